-- What each subject has of each service: a fold of the entries `grant-*` of its case. A read model: dropped and rebuilt
-- at will.
create table benefit_grant (
  service text collate "C" not null,
  subject_key text collate "C" not null,
  household_key text,
  -- The last entry that changed it.
  sequence integer not null,
  -- From each month on a right, or none.
  steps jsonb not null,
  ground text,
  proposal jsonb,
  refused boolean not null,
  held text,
  primary key (subject_key, service)
);
create index benefit_grant_service on benefit_grant (service);

-- Money, line by line: never changed, only added to. What a payer still owes of a period is the sum of its lines.
create table ledger_line (
  line bigint generated always as identity,
  service text collate "C" not null,
  subject_key text collate "C" not null,
  household_key text,
  -- yyyymm, yyyy, or 0 for what is paid once.
  period integer not null,
  payer text collate "C" not null,
  kind text not null check (kind in ('due', 'paid', 'returned', 'settled', 'repaid', 'waived')),
  amount_fen bigint not null check (amount_fen <> 0),
  -- What booked it: `book/<month>`, `batch/<id>`, `case/…`.
  cause text not null,
  booked_at timestamptz not null,
  primary key (subject_key, line)
);
create index ledger_line_grant on ledger_line (subject_key, service, period);
create index ledger_line_cause on ledger_line (cause);

-- What one payer pays out: a fold of the stream `batch/<id>`, with its items.
create table payment_batch (
  id text collate "C" primary key,
  sequence integer not null,
  payer text not null,
  month integer not null,
  items integer not null,
  total_fen bigint not null,
  stage text not null,
  prepared_by text not null,
  approved_by text,
  released_by text,
  changed_at timestamptz not null
);

-- The items of a batch. Those of a batch that is not in payment_batch were being collected when something stopped.
create table payment_item (
  batch text collate "C" not null,
  service text collate "C" not null,
  subject_key text collate "C" not null,
  household_key text,
  amount_fen bigint not null check (amount_fen > 0),
  periods jsonb not null,
  -- Why the bank gave it back.
  returned text,
  primary key (batch, subject_key, service)
);
create index payment_item_subject on payment_item (subject_key);

-- Money paid without being due: a fold of the entries `recovery-*` of the case.
create table recovery (
  service text collate "C" not null,
  subject_key text collate "C" not null,
  household_key text,
  sequence integer not null,
  open_fen bigint not null,
  repaid_fen bigint not null,
  waived_fen bigint not null,
  objection text,
  parts jsonb not null,
  primary key (subject_key, service)
);

-- How far a run has been acted on: a piece is done with everything in it, or not at all.
create table act_piece (
  run text collate "C" not null,
  piece integer not null,
  acted_at timestamptz not null,
  -- How many of each kind of act.
  counts jsonb not null,
  primary key (run, piece)
);

do $$
declare name text;
begin
  foreach name in array array['benefit_grant', 'ledger_line', 'payment_batch', 'payment_item', 'recovery', 'act_piece'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy owner on %I to %I using (minsheng.is_owner()) with check (minsheng.is_owner())', name, current_user);
    execute format('create policy system on %I to minsheng_system using ((select minsheng.claim(''kind'')) = ''system'') with check ((select minsheng.claim(''kind'')) = ''system'')', name);
  end loop;
end $$;

grant select, insert on ledger_line, act_piece to minsheng_system;
grant select, delete on benefit_grant, recovery to minsheng_system;
grant select, insert, update, delete on payment_batch, payment_item to minsheng_system;
grant update on act_piece to minsheng_system;
grant select on benefit_grant, ledger_line, payment_batch, payment_item, recovery to minsheng_app;

-- A person: what their own subjects have, are owed, were paid, and owe.
create policy person_reads on benefit_grant for select to minsheng_app using (subject_key = any ((select minsheng.claim_list('subjects'))::text[]));
create policy person_reads on ledger_line for select to minsheng_app using (subject_key = any ((select minsheng.claim_list('subjects'))::text[]));
create policy person_reads on payment_item for select to minsheng_app using (subject_key = any ((select minsheng.claim_list('subjects'))::text[]));
create policy person_reads on recovery for select to minsheng_app using (subject_key = any ((select minsheng.claim_list('subjects'))::text[]));

-- Staff: the cases of which they have an open task.
create policy staff_reads on benefit_grant for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'staff' and exists (select 1 from task where task.stream = 'case/' || benefit_grant.service || '/' || benefit_grant.subject_key and task.state <> 'done'));
create policy staff_reads on ledger_line for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'staff' and exists (select 1 from task where task.stream = 'case/' || ledger_line.service || '/' || ledger_line.subject_key and task.state <> 'done'));
create policy staff_reads on recovery for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'staff' and exists (select 1 from task where task.stream = 'case/' || recovery.service || '/' || recovery.subject_key and task.state <> 'done'));

-- Who handles payments: batches and their items, of the counties they cover; what is no county's needs the whole city.
create policy payments_read on payment_batch for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'staff' and 'payments' = any ((select minsheng.claim_list('roles'))::text[])
  and minsheng.covers((select minsheng.claim_list('areas'))::text[], case when payer like 'county:%' then substring(payer from 8) else '' end));
create policy payments_read on payment_item for select to minsheng_app using (
  exists (select 1 from payment_batch where payment_batch.id = payment_item.batch));

-- A read model changes only with an entry of the log that the one who acts has made: a resident who refuses, a member of
-- staff who decides an objection.
create function minsheng.put_grants(rows jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform minsheng.act_as_owner(true);
  perform minsheng.must_stand_on_log(array_agg('case/' || r.service || '/' || r.subject_key), array_agg(r.sequence)) from jsonb_populate_recordset(null::benefit_grant, rows) r;
  insert into benefit_grant select * from jsonb_populate_recordset(null::benefit_grant, rows)
  on conflict (subject_key, service) do update set household_key = excluded.household_key, sequence = excluded.sequence, steps = excluded.steps,
    ground = excluded.ground, proposal = excluded.proposal, refused = excluded.refused, held = excluded.held;
  perform minsheng.act_as_owner(false);
end $$;

create function minsheng.put_recoveries(rows jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform minsheng.act_as_owner(true);
  perform minsheng.must_stand_on_log(array_agg('case/' || r.service || '/' || r.subject_key), array_agg(r.sequence)) from jsonb_populate_recordset(null::recovery, rows) r;
  insert into recovery select * from jsonb_populate_recordset(null::recovery, rows)
  on conflict (subject_key, service) do update set household_key = excluded.household_key, sequence = excluded.sequence, open_fen = excluded.open_fen,
    repaid_fen = excluded.repaid_fen, waived_fen = excluded.waived_fen, objection = excluded.objection, parts = excluded.parts;
  perform minsheng.act_as_owner(false);
end $$;
