-- Members of staff who may sign in. What may be known of an account stands in the table; what opens it is sealed, or a digest.
create table staff_account (
  id text collate "C" primary key check (id ~ '^[a-z][a-z0-9.-]{1,39}$'),
  -- What they are called, sealed.
  name bytea not null,
  department text not null,
  -- Codes of divisions that cover what begins with them; none: the whole city.
  areas text[] not null,
  roles text[] not null,
  -- Of a demonstration: signed in by one click, and nobody in production.
  is_test boolean not null,
  -- Argon2id with its parameters; null until the person has enrolled.
  password_hash text,
  -- The key of their codes, sealed; null until they have enrolled.
  totp_secret bytea,
  -- The last step of time whose code was taken: none is taken twice.
  totp_step bigint not null default 0,
  -- The digest of the enrolment code that they were given, and how long it is good.
  enrol_hash text,
  enrol_until timestamptz,
  made_at timestamptz not null,
  enrolled_at timestamptz,
  disabled_at timestamptz,
  -- A member of staff is no subject.
  subject_key text check (subject_key is null)
);
create unique index staff_account_enrol on staff_account (enrol_hash) where enrol_hash is not null;

-- Attempts that failed, by a digest of the account that was named or of the address that they came from.
create table sign_in_attempt (
  key text collate "C" primary key,
  failures integer not null,
  last_at timestamptz not null,
  -- Until then nothing is tried.
  closed_until timestamptz
);

do $$
declare name text;
begin
  foreach name in array array['staff_account', 'sign_in_attempt'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy owner on %I to %I using (minsheng.is_owner()) with check (minsheng.is_owner())', name, current_user);
    execute format('create policy system on %I to minsheng_system using ((select minsheng.claim(''kind'')) = ''system'') with check ((select minsheng.claim(''kind'')) = ''system'')', name);
  end loop;
end $$;
grant select, insert, update on staff_account to minsheng_system;
grant select, insert, update, delete on sign_in_attempt to minsheng_system;
-- Of an account staff read who it is and what it may, never what opens it.
grant select (id, department, areas, roles, is_test, made_at, enrolled_at, disabled_at) on staff_account to minsheng_app;

-- What happens to an account is a stream of its own.
alter table log_entry drop constraint log_entry_stream_check;
alter table log_entry add constraint log_entry_stream_check check (stream ~ '^(case/[^/]+|run|audit|batch|account)/.+$');

-- The policies that let staff in, as engine/permission generates them from its table. They take the place of those of 0002
-- and 0003, which asked for no role.
drop policy if exists staff_reads on task;
create policy staff_reads on task for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'staff' and (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] and department = (select minsheng.claim('department')) and minsheng.covers((select minsheng.claim_list('areas'))::text[], area));
drop policy if exists staff_reads on log_entry;
create policy staff_reads on log_entry for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'staff' and (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] and exists (select 1 from task where task.stream = log_entry.stream and task.state <> 'done'));
drop policy if exists staff_reads on log_payload;
create policy staff_reads on log_payload for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'staff' and (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] and exists (select 1 from task where task.stream = log_payload.stream and task.state <> 'done'));
drop policy if exists staff_reads on notice;
create policy staff_reads on notice for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'staff' and (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] and exists (select 1 from task where task.stream = notice.stream and task.state <> 'done'));
drop policy if exists staff_reads on benefit_grant;
create policy staff_reads on benefit_grant for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'staff' and (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] and exists (select 1 from task where task.stream = 'case/' || benefit_grant.service || '/' || benefit_grant.subject_key and task.state <> 'done'));
drop policy if exists staff_reads on ledger_line;
create policy staff_reads on ledger_line for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'staff' and (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] and exists (select 1 from task where task.stream = 'case/' || ledger_line.service || '/' || ledger_line.subject_key and task.state <> 'done'));
drop policy if exists staff_reads on recovery;
create policy staff_reads on recovery for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'staff' and (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] and exists (select 1 from task where task.stream = 'case/' || recovery.service || '/' || recovery.subject_key and task.state <> 'done'));
drop policy if exists payments_read on payment_batch;
create policy payments_read on payment_batch for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'staff' and (select minsheng.claim_list('roles'))::text[] && array['payments-preparer', 'payments-approver']::text[] and minsheng.covers((select minsheng.claim_list('areas'))::text[], case when payer like 'county:%' then substring(payer from 8) else '' end));
drop policy if exists payments_read on payment_item;
create policy payments_read on payment_item for select to minsheng_app using (
  exists (select 1 from payment_batch where payment_batch.id = payment_item.batch));
drop policy if exists auditor_reads on access_log;
create policy auditor_reads on access_log for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'staff' and (select minsheng.claim_list('roles'))::text[] && array['auditor']::text[]);
drop policy if exists staff_reads on staff_account;
create policy staff_reads on staff_account for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'staff' and (id = (select minsheng.claim('id')) or (select minsheng.claim_list('roles'))::text[] && array['auditor', 'platform-administrator']::text[]));
drop policy if exists staff_appends on log_entry;
create policy staff_appends on log_entry for insert to minsheng_app with check (
  (select minsheng.claim('kind')) = 'staff' and actor = (select minsheng.claim('id')) and (case kind when 'task-claimed' then (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] when 'task-completed' then (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] when 'task-handed-over' then (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] when 'task-reopened' then (select minsheng.claim_list('roles'))::text[] && array['department-head']::text[] else (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] end) and exists (select 1 from task where task.stream = log_entry.stream));
drop policy if exists staff_appends on log_payload;
create policy staff_appends on log_payload for insert to minsheng_app with check (
  (select minsheng.claim('kind')) = 'staff' and (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] and exists (select 1 from task where task.stream = log_payload.stream));

-- Which kinds of tasks the one who acts may end, as engine/permission generates it.
create function minsheng.may_complete(task_kind text) returns boolean
language sql stable as $$
  select minsheng.claims() ->> 'kind' is distinct from 'staff' or case task_kind when 'account' then (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] when 'complaint' then (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] when 'correction' then (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] when 'data-request' then (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] when 'rating' then (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] when 'recovery' then (select minsheng.claim_list('roles'))::text[] && array['case-officer', 'department-head']::text[] when 'review' then (select minsheng.claim_list('roles'))::text[] && array['case-officer', 'department-head']::text[] when 'solved-check' then (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] when 'suggestion' then (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] else false end
$$;

create or replace function minsheng.put_tasks(rows jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform minsheng.act_as_owner(true);
  perform minsheng.must_stand_on_log(array_agg(r.stream), array_agg(r.sequence)) from jsonb_populate_recordset(null::task, rows) r;
  if exists (select 1 from jsonb_populate_recordset(null::task, rows) r left join task t using (stream, number) where r.state = 'done' and not minsheng.may_complete(coalesce(t.kind, r.kind))) then
    raise insufficient_privilege using message = 'a task of this kind is ended by others';
  end if;
  insert into task select * from jsonb_populate_recordset(null::task, rows)
  on conflict (stream, number) do update set sequence = excluded.sequence, department = excluded.department, area = excluded.area,
    due_on = excluded.due_on, due_counted = excluded.due_counted, state = excluded.state, state_by = excluded.state_by,
    state_at = excluded.state_at, outcome = excluded.outcome, handed_from = excluded.handed_from;
  perform minsheng.act_as_owner(false);
end $$;
