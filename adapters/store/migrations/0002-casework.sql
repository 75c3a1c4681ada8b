-- What belongs to the database itself and to no city: it is in no archive.
create schema minsheng;
grant usage on schema minsheng to minsheng_app, minsheng_system;

-- Who a transaction acts for. The claims are a setting, and anyone may set a setting: so they carry a seal that only
-- the owner can make, bound to the connection and the transaction. Claims without their seal are no claims.
create table minsheng.seal_secret (
  only_row boolean primary key default true check (only_row),
  secret bytea not null
);
insert into minsheng.seal_secret (secret)
select sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'));

create function minsheng.seal(claims text) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select encode(sha256(secret || convert_to(claims || '/' || pg_backend_pid()::text || '/' || transaction_timestamp()::text, 'UTF8') || secret), 'hex')
  from minsheng.seal_secret
$$;

-- The role comes last: after it nothing of this may be called again.
create function minsheng.enter(claims text, role text) returns void
language plpgsql as $$
begin
  perform set_config('app.claims', claims, true);
  perform set_config('app.seal', minsheng.seal(claims), true);
  perform set_config('role', role, true);
end $$;
revoke execute on function minsheng.seal(text), minsheng.enter(text, text) from public;

create function minsheng.claims() returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select case when current_setting('app.seal', true) = minsheng.seal(current_setting('app.claims', true)) then current_setting('app.claims', true)::jsonb end
$$;

-- Null where the principal has no such claim.
create function minsheng.claim(name text) returns text
language sql stable as $$ select minsheng.claims() ->> name $$;

-- Empty where the principal has no such list.
create function minsheng.claim_list(name text) returns text[]
language sql stable as $$
  select coalesce((select array_agg(item) from jsonb_array_elements_text(minsheng.claims() -> name) item), '{}')
$$;

-- An area is covered by its own code and by the codes that it begins with (a county and its townships); no area: everything.
create function minsheng.covers(areas text[], area text) returns boolean
language sql immutable as $$
  select cardinality(areas) = 0 or exists (select 1 from unnest(areas) covered where starts_with(area, covered))
$$;

-- The owner sees rows only where it says that it acts as the owner: a forgotten role sees nothing.
create function minsheng.is_owner() returns boolean
language sql stable as $$ select current_setting('app.mode', true) = 'owner' $$;

-- The log. An entry is never changed: nobody but the owner has the right.
create table log_entry (
  stream text collate "C" not null check (stream ~ '^(case/[^/]+|run|audit|batch)/.+$'),
  sequence integer not null check (sequence > 0),
  kind text not null,
  at timestamptz not null check (at = date_trunc('milliseconds', at)),
  actor text not null,
  payload_hash bytea not null check (length(payload_hash) = 32),
  previous bytea not null check (length(previous) = 32),
  hash bytea not null check (length(hash) = 32),
  -- Null: about nobody in particular.
  subject_key text,
  household_key text,
  primary key (stream, sequence),
  -- Nobody opens a stream in the name of another.
  check (stream not like 'case/%' or substring(stream from '^case/[^/]+/(.+)$') is not distinct from subject_key)
);
create index log_entry_subject on log_entry (subject_key, at);

-- What an entry says, encrypted, with the salt of its digest. Erasing is deleting the row.
create table log_payload (
  stream text collate "C" not null,
  sequence integer not null,
  salt bytea not null,
  body bytea not null,
  subject_key text,
  household_key text,
  primary key (stream, sequence)
);

-- Read models: folds of the log, each row with the place in the log that it stands on. Dropped and rebuilt at will.
create table task (
  stream text collate "C" not null,
  -- The entry that opened it.
  number integer not null,
  -- The last entry that changed it.
  sequence integer not null,
  kind text not null,
  department text not null,
  area text not null,
  service text,
  subject_key text,
  household_key text,
  opened_at timestamptz not null,
  due_on date not null,
  due_counted text not null,
  state text not null,
  state_by text not null,
  state_at timestamptz not null,
  outcome text,
  handed_from text,
  primary key (stream, number)
);
create index task_queue on task (department, due_on) where state <> 'done';
create index task_subject on task (subject_key);

create table notice (
  stream text collate "C" not null,
  number integer not null,
  sequence integer not null,
  kind text not null,
  template text not null,
  service text,
  subject_key text not null,
  household_key text,
  given_at timestamptz not null,
  respond_by date,
  reply text,
  replied_at timestamptz,
  replied_by text,
  primary key (stream, number)
);
create index notice_subject on notice (subject_key, given_at);

-- What is to leave the house: a row for each notice and channel, kept until it is known to have left.
create table outbox (
  -- The same for every attempt, so that a receiver can tell a second copy.
  id text primary key,
  stream text collate "C" not null,
  number integer not null,
  channel text not null,
  subject_key text not null,
  household_key text,
  created_at timestamptz not null,
  due_at timestamptz not null,
  attempts integer not null default 0,
  claimed_until timestamptz,
  sent_at timestamptz,
  dead_at timestamptz,
  problem text,
  unique (stream, number, channel)
);
create index outbox_waiting on outbox (due_at) where sent_at is null and dead_at is null;
create index outbox_subject on outbox (subject_key);

-- Who looked at whose data: the payloads of the streams audit/<shard>, readable by those they are about.
create table access_log (
  stream text collate "C" not null,
  sequence integer not null,
  at timestamptz not null,
  actor text not null,
  purpose text not null,
  through text not null,
  subject_key text,
  household_key text,
  -- A run over everybody: every resident may see it.
  batch text,
  columns text[] not null,
  salt bytea not null,
  primary key (stream, sequence),
  check ((subject_key is null) <> (batch is null))
);
create index access_log_subject on access_log (subject_key, at);
create index access_log_batch on access_log (at) where batch is not null;

-- The owner and the system itself, alike for every table.
do $$
declare name text;
begin
  foreach name in array array['log_entry', 'log_payload', 'task', 'notice', 'outbox', 'access_log'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy owner on %I to %I using (minsheng.is_owner()) with check (minsheng.is_owner())', name, current_user);
    execute format('create policy system on %I to minsheng_system using ((select minsheng.claim(''kind'')) = ''system'') with check ((select minsheng.claim(''kind'')) = ''system'')', name);
  end loop;
end $$;

grant select, insert on log_entry, access_log to minsheng_system;
grant select, insert, delete on log_payload to minsheng_system;
grant select, insert, update, delete on task, notice, outbox to minsheng_system;
grant select on log_entry, log_payload, task, notice, outbox, access_log to minsheng_app;
grant insert on log_entry, log_payload to minsheng_app;

-- A person: the rows about their own subjects, and who ran something over everybody.
create policy person_reads on log_entry for select to minsheng_app using (subject_key = any ((select minsheng.claim_list('subjects'))::text[]));
create policy person_reads on log_payload for select to minsheng_app using (subject_key = any ((select minsheng.claim_list('subjects'))::text[]));
create policy person_reads on task for select to minsheng_app using (subject_key = any ((select minsheng.claim_list('subjects'))::text[]));
create policy person_reads on notice for select to minsheng_app using (subject_key = any ((select minsheng.claim_list('subjects'))::text[]));
create policy person_reads on outbox for select to minsheng_app using (subject_key = any ((select minsheng.claim_list('subjects'))::text[]));
create policy person_reads on access_log for select to minsheng_app using ((select minsheng.claim('kind')) = 'person' and (subject_key = any ((select minsheng.claim_list('subjects'))::text[]) or batch is not null));

-- Staff: the tasks of their department and area, and the streams where one of these is open.
create policy staff_reads on task for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'staff' and department = (select minsheng.claim('department')) and minsheng.covers((select minsheng.claim_list('areas'))::text[], area));
create policy staff_reads on log_entry for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'staff' and exists (select 1 from task where task.stream = log_entry.stream and task.state <> 'done'));
create policy staff_reads on log_payload for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'staff' and exists (select 1 from task where task.stream = log_payload.stream and task.state <> 'done'));
create policy staff_reads on notice for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'staff' and exists (select 1 from task where task.stream = notice.stream and task.state <> 'done'));

-- Both append only in their own name: a person about themselves, staff where their department has or had a task.
create policy person_appends on log_entry for insert to minsheng_app with check (
  (select minsheng.claim('kind')) = 'person' and actor = (select minsheng.claim('id')) and subject_key = any ((select minsheng.claim_list('subjects'))::text[]));
create policy person_appends on log_payload for insert to minsheng_app with check (
  (select minsheng.claim('kind')) = 'person' and subject_key = any ((select minsheng.claim_list('subjects'))::text[]));
create policy staff_appends on log_entry for insert to minsheng_app with check (
  (select minsheng.claim('kind')) = 'staff' and actor = (select minsheng.claim('id')) and exists (select 1 from task where task.stream = log_entry.stream));
create policy staff_appends on log_payload for insert to minsheng_app with check (
  (select minsheng.claim('kind')) = 'staff' and exists (select 1 from task where task.stream = log_payload.stream));

-- Functions that do for a principal what they may not do themselves act as the owner while they run.
create function minsheng.act_as_owner(is_owner boolean) returns void
language sql as $$ select set_config('app.mode', case when is_owner then 'owner' else '' end, true) $$;

-- Whoever may append must know where a stream ends, also where they may not read it; a digest tells nothing.
create function minsheng.log_heads(streams text[]) returns table (stream text, sequence integer, hash text)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform minsheng.act_as_owner(true);
  return query select wanted.name, last.sequence, encode(last.hash, 'hex')
    from unnest(streams) wanted (name)
    cross join lateral (select e.sequence, e.hash from log_entry e where e.stream = wanted.name order by e.sequence desc limit 1) last;
  perform minsheng.act_as_owner(false);
end $$;

-- A read model changes only with an entry of the log that the one who acts has made: a hand-over moves a task out of
-- their own sight, so this is done for them.
create function minsheng.must_stand_on_log(streams text[], sequences integer[]) returns void
language plpgsql stable as $$
declare
  who jsonb := minsheng.claims();
begin
  if exists (
    select 1 from unnest(streams, sequences) r (stream, sequence)
    left join public.log_entry e on e.stream = r.stream and e.sequence = r.sequence
    where e.stream is null or not coalesce(who ->> 'kind' = 'system' or e.actor = who ->> 'id', false)
  ) then
    raise insufficient_privilege using message = 'a read model changes only with an entry of the log';
  end if;
end $$;
revoke execute on function minsheng.must_stand_on_log(text[], integer[]) from public;

create function minsheng.put_tasks(rows jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform minsheng.act_as_owner(true);
  perform minsheng.must_stand_on_log(array_agg(r.stream), array_agg(r.sequence)) from jsonb_populate_recordset(null::task, rows) r;
  insert into task select * from jsonb_populate_recordset(null::task, rows)
  on conflict (stream, number) do update set sequence = excluded.sequence, department = excluded.department, area = excluded.area,
    due_on = excluded.due_on, due_counted = excluded.due_counted, state = excluded.state, state_by = excluded.state_by,
    state_at = excluded.state_at, outcome = excluded.outcome, handed_from = excluded.handed_from;
  perform minsheng.act_as_owner(false);
end $$;

create function minsheng.put_notices(rows jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform minsheng.act_as_owner(true);
  perform minsheng.must_stand_on_log(array_agg(r.stream), array_agg(r.sequence)) from jsonb_populate_recordset(null::notice, rows) r;
  insert into notice select * from jsonb_populate_recordset(null::notice, rows)
  on conflict (stream, number) do update set sequence = excluded.sequence, reply = excluded.reply, replied_at = excluded.replied_at, replied_by = excluded.replied_by;
  perform minsheng.act_as_owner(false);
end $$;

create function minsheng.put_outbox(rows jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform minsheng.act_as_owner(true);
  perform minsheng.must_stand_on_log(array_agg(r.stream), array_agg(r.number)) from jsonb_populate_recordset(null::outbox, rows) r;
  insert into outbox select * from jsonb_populate_recordset(null::outbox, rows) on conflict do nothing;
  perform minsheng.act_as_owner(false);
end $$;
