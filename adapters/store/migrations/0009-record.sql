-- In which department whoever looked at somebody's data works; null: the person, their family or the machine. It is
-- part of what the entry of the access says.
alter table access_log add column department text;

-- What somebody brings as evidence: sealed, beside the log, which holds its digest in the entry that kept it.
create table evidence (
  stream text collate "C" not null,
  -- The entry that kept it.
  number integer not null,
  subject_key text not null,
  household_key text,
  sha256 bytea not null check (length(sha256) = 32),
  -- What its first bytes say it is.
  media_type text not null check (media_type in ('image/png', 'image/jpeg', 'application/pdf')),
  size integer not null check (size > 0 and size <= 8388608),
  body bytea not null,
  primary key (stream, number),
  -- Nobody puts a file into the case of another.
  check (substring(stream from '^case/[^/]+/(.+)$') is not distinct from subject_key)
);
create index evidence_subject on evidence (subject_key);

do $$
begin
  alter table evidence enable row level security;
  alter table evidence force row level security;
  execute format('create policy owner on evidence to %I using (minsheng.is_owner()) with check (minsheng.is_owner())', current_user);
  execute format('create policy system on evidence to minsheng_system using ((select minsheng.claim(''kind'')) = ''system'') with check ((select minsheng.claim(''kind'')) = ''system'')');
end $$;
grant select, insert, delete on evidence to minsheng_system;
grant select, insert on evidence to minsheng_app;

-- A person: their own, with an entry of the log that they have made; staff: that of the cases in which they have an open task.
create policy person_reads on evidence for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'person' and subject_key = any ((select minsheng.claim_list('subjects'))::text[]));
create policy person_keeps on evidence for insert to minsheng_app with check (
  (select minsheng.claim('kind')) = 'person' and subject_key = any ((select minsheng.claim_list('subjects'))::text[])
  and exists (select 1 from log_entry where log_entry.stream = evidence.stream and log_entry.sequence = evidence.number and log_entry.actor = (select minsheng.claim('id'))));
drop policy if exists staff_reads on evidence;
create policy staff_reads on evidence for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'staff' and (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] and exists (select 1 from task where task.stream = evidence.stream and task.state <> 'done'));
