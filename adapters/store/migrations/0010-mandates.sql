-- Who may look or act for another: a fold of the streams case/mandate/<who gives it>. A read model.
create table mandate (
  stream text collate "C" not null,
  number integer not null,
  sequence integer not null,
  subject_key text collate "C" not null,
  household_key text,
  scope text not null check (scope in ('look', 'act')),
  until date not null,
  -- The digest of the code while it is offered; null: it was taken or revoked.
  code_hash text,
  offer_ends timestamptz,
  taken_by text,
  primary key (stream, number)
);
create index mandate_subject on mandate (subject_key);
create index mandate_taken on mandate (taken_by) where taken_by is not null;
create unique index mandate_code on mandate (code_hash) where code_hash is not null;

do $$
begin
  alter table mandate enable row level security;
  alter table mandate force row level security;
  execute format('create policy owner on mandate to %I using (minsheng.is_owner()) with check (minsheng.is_owner())', current_user);
  create policy system on mandate to minsheng_system using ((select minsheng.claim('kind')) = 'system') with check ((select minsheng.claim('kind')) = 'system');
end $$;
grant select, delete on mandate to minsheng_system;
grant select on mandate to minsheng_app;
-- Whoever gave it, and whoever holds it.
create policy person_reads on mandate for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'person' and (subject_key = (select minsheng.claim('id')) or taken_by = (select minsheng.claim('id'))));

create function minsheng.put_mandates(rows jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform minsheng.act_as_owner(true);
  perform minsheng.must_stand_on_log(array_agg(r.stream), array_agg(r.sequence)) from jsonb_populate_recordset(null::mandate, rows) r;
  insert into mandate select * from jsonb_populate_recordset(null::mandate, rows)
  on conflict (stream, number) do update set sequence = excluded.sequence, code_hash = excluded.code_hash, offer_ends = excluded.offer_ends, taken_by = excluded.taken_by;
  perform minsheng.act_as_owner(false);
end $$;

-- A session may be spent for somebody else; whether it still may is asked anew each time.
alter table session add column acting_for text;

-- Whoever may only look appends nothing for another.
drop policy person_appends on log_entry;
drop policy person_appends on log_payload;
create policy person_appends on log_entry for insert to minsheng_app with check (
  (select minsheng.claim('kind')) = 'person' and (select minsheng.claim('only')) is null and actor = (select minsheng.claim('id')) and subject_key = any ((select minsheng.claim_list('subjects'))::text[]));
create policy person_appends on log_payload for insert to minsheng_app with check (
  (select minsheng.claim('kind')) = 'person' and (select minsheng.claim('only')) is null and subject_key = any ((select minsheng.claim_list('subjects'))::text[]));
