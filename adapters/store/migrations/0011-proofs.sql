-- Proofs given out on paper, found by the digest of their code: a row for each entry proof-given of case/proof/<subject>.
create table proof (
  code_hash text collate "C" primary key,
  stream text collate "C" not null,
  sequence integer not null,
  subject_key text collate "C" not null,
  household_key text,
  given_at timestamptz not null,
  until date not null,
  unique (stream, sequence)
);
do $$
begin
  alter table proof enable row level security;
  alter table proof force row level security;
  execute format('create policy owner on proof to %I using (minsheng.is_owner()) with check (minsheng.is_owner())', current_user);
  create policy system on proof to minsheng_system using ((select minsheng.claim('kind')) = 'system') with check ((select minsheng.claim('kind')) = 'system');
end $$;
grant select, delete on proof to minsheng_system;
grant select on proof to minsheng_app;
create policy person_reads on proof for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'person' and subject_key = any ((select minsheng.claim_list('subjects'))::text[]));

create function minsheng.put_proofs(rows jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform minsheng.act_as_owner(true);
  perform minsheng.must_stand_on_log(array_agg(r.stream), array_agg(r.sequence)) from jsonb_populate_recordset(null::proof, rows) r;
  insert into proof select * from jsonb_populate_recordset(null::proof, rows) on conflict (stream, sequence) do nothing;
  perform minsheng.act_as_owner(false);
end $$;
