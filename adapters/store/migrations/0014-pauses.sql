-- Months that somebody does without: nothing is due for them.
alter table benefit_grant add column pauses jsonb not null default '[]';

create or replace function minsheng.put_grants(rows jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform minsheng.act_as_owner(true);
  perform minsheng.must_stand_on_log(array_agg('case/' || r.service || '/' || r.subject_key), array_agg(r.sequence)) from jsonb_populate_recordset(null::benefit_grant, rows) r;
  insert into benefit_grant select * from jsonb_populate_recordset(null::benefit_grant, rows)
  on conflict (subject_key, service) do update set household_key = excluded.household_key, sequence = excluded.sequence, steps = excluded.steps,
    ground = excluded.ground, proposal = excluded.proposal, refused = excluded.refused, held = excluded.held, pauses = excluded.pauses;
  perform minsheng.act_as_owner(false);
end $$;
