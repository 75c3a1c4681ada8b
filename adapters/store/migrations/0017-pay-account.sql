-- To where the money of a person goes: a row for each choice, the newest holds. What was typed is sealed; of the number
-- only a keyed index stands beside it, so that one account that many have chosen is found. It is no read model: the log says
-- that somebody chose, never what.
create table pay_account (
  -- Who chose, and for whom: nobody chooses for another.
  subject_key text collate "C" not null,
  -- The entry `account-chosen` of case/account/<who chose>.
  sequence integer not null,
  chosen_at timestamptz not null,
  -- Null: the social security card, whose number is not known here.
  body bytea,
  number_index bytea,
  primary key (subject_key, sequence),
  check ((body is null) = (number_index is null))
);
create index pay_account_number on pay_account (number_index) where number_index is not null;

do $$
begin
  alter table pay_account enable row level security;
  alter table pay_account force row level security;
  execute format('create policy owner on pay_account to %I using (minsheng.is_owner()) with check (minsheng.is_owner())', current_user);
  create policy system on pay_account to minsheng_system using ((select minsheng.claim('kind')) = 'system') with check ((select minsheng.claim('kind')) = 'system');
end $$;
grant select, delete on pay_account to minsheng_system;
grant select on pay_account to minsheng_app;

-- The person themselves: not whoever looks or acts for them, although the row is about one of their subjects, and no staff.
create policy person_reads on pay_account for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'person' and subject_key = (select minsheng.claim('id')));

create function minsheng.put_pay_accounts(rows jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  who text := case when minsheng.claim('kind') = 'person' and minsheng.claim('only') is null then minsheng.claim('id') end;
begin
  perform minsheng.act_as_owner(true);
  perform minsheng.must_stand_on_log(array_agg('case/account/' || (r ->> 'subject_key')), array_agg((r ->> 'sequence')::integer)) from jsonb_array_elements(rows) r;
  if exists (
    select 1 from jsonb_array_elements(rows) r
    join log_entry e on e.stream = 'case/account/' || (r ->> 'subject_key') and e.sequence = (r ->> 'sequence')::integer
    where e.kind <> 'account-chosen' or who is null or r ->> 'subject_key' <> who
  ) then
    raise insufficient_privilege using message = 'nobody chooses an account for another';
  end if;
  insert into pay_account (subject_key, sequence, chosen_at, body, number_index)
    select r ->> 'subject_key', (r ->> 'sequence')::integer, (r ->> 'chosen_at')::timestamptz, decode(r ->> 'body', 'base64'), decode(r ->> 'number_index', 'base64') from jsonb_array_elements(rows) r;
  perform minsheng.act_as_owner(false);
end $$;

-- To which choice of its subject an item goes; null: to the social security card.
alter table payment_item add column account integer;
