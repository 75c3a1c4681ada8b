-- What is kept no longer than the table of engine/record/retention.ts says is removed by the system. An entry of the log stays
-- in any case.
grant delete on session to minsheng_system;

-- Looks at somebody's data are removed by nobody, but for those older than three years, by the clock of the database: code
-- that asks for more is refused.
create function minsheng.forget_looks(before timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  gone integer;
begin
  if minsheng.claim('kind') is distinct from 'system' or before > now() - interval '3 years' then
    raise insufficient_privilege using message = 'looks are kept for three years';
  end if;
  perform minsheng.act_as_owner(true);
  delete from access_log where at < before;
  get diagnostics gone = row_count;
  perform minsheng.act_as_owner(false);
  return gone;
end $$;
