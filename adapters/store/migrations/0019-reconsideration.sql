-- Reconsideration: more time is given by whoever the table of permissions lets, and its tasks are ended by them too.
drop policy if exists staff_appends on log_entry;
create policy staff_appends on log_entry for insert to minsheng_app with check (
  (select minsheng.claim('kind')) = 'staff' and actor = (select minsheng.claim('id')) and (case kind when 'task-claimed' then (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] when 'task-completed' then (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] when 'task-handed-over' then (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] when 'task-reopened' then (select minsheng.claim_list('roles'))::text[] && array['department-head']::text[] when 'reconsideration-extended' then (select minsheng.claim_list('roles'))::text[] && array['department-head']::text[] else (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] end) and exists (select 1 from task where task.stream = log_entry.stream));

create or replace function minsheng.may_complete(task_kind text) returns boolean
language sql stable as $$
  select minsheng.claims() ->> 'kind' is distinct from 'staff' or case task_kind when 'account' then (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] when 'complaint' then (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] when 'correction' then (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] when 'data-request' then (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] when 'rating' then (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] when 'reconsideration-decision' then (select minsheng.claim_list('roles'))::text[] && array['case-officer', 'department-head']::text[] when 'reconsideration-intake' then (select minsheng.claim_list('roles'))::text[] && array['case-officer', 'department-head']::text[] when 'reconsideration-reply' then (select minsheng.claim_list('roles'))::text[] && array['case-officer', 'department-head']::text[] when 'recovery' then (select minsheng.claim_list('roles'))::text[] && array['case-officer', 'department-head']::text[] when 'review' then (select minsheng.claim_list('roles'))::text[] && array['case-officer', 'department-head']::text[] when 'solved-check' then (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] when 'suggestion' then (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] when 'whereabouts' then (select minsheng.claim_list('roles'))::text[] && array['case-officer', 'department-head']::text[] else false end
$$;

-- Whether the one who acts has worked on a case that an application in this stream challenges: one of the same person, or of
-- their household, about the service of an open task of it. It says yes or no and shows nothing of that case.
create function minsheng.has_worked_on(of_stream text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found boolean;
begin
  perform minsheng.act_as_owner(true);
  select exists (
    select 1 from task t
    join log_entry e on e.stream like 'case/%' and split_part(e.stream, '/', 2) = t.service
      and (e.subject_key = t.subject_key or e.household_key = t.household_key or e.subject_key = t.household_key)
    where t.stream = of_stream and t.kind like 'reconsideration-%' and t.state <> 'done' and e.actor = minsheng.claims() ->> 'id'
  ) into found;
  perform minsheng.act_as_owner(false);
  return found;
end $$;

-- A step of a reconsideration is the word of whoever has the task for it: the organ examines and decides, the department that
-- decided answers, and nobody who worked on the case decides about it. Only narrows what the other policies let in.
create policy reconsidered_by_others on log_entry as restrictive for insert to minsheng_app with check (
  kind not like 'reconsideration-%' or (select minsheng.claim('kind')) = 'person' or case
    when kind = 'reconsideration-replied' then exists (select 1 from task where task.stream = log_entry.stream and task.kind = 'reconsideration-reply' and task.state <> 'done')
    when kind in ('reconsideration-returned', 'reconsideration-accepted', 'reconsideration-not-accepted')
      then exists (select 1 from task where task.stream = log_entry.stream and task.kind = 'reconsideration-intake' and task.state <> 'done') and not minsheng.has_worked_on(log_entry.stream)
    when kind in ('reconsideration-extended', 'reconsideration-decided', 'reconsideration-withdrawn')
      then exists (select 1 from task where task.stream = log_entry.stream and task.kind = 'reconsideration-decision' and task.state <> 'done') and not minsheng.has_worked_on(log_entry.stream)
    else false end);
-- And a person does not decide their own.
create policy reconsidered_not_by_applicant on log_entry as restrictive for insert to minsheng_app with check (
  (select minsheng.claim('kind')) <> 'person'
  or kind not in ('reconsideration-returned', 'reconsideration-accepted', 'reconsideration-not-accepted', 'reconsideration-replied', 'reconsideration-extended', 'reconsideration-decided'));
