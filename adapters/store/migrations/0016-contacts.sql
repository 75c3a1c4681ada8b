-- How residents want to hear of what the city tells them: a row for each address that was proven, and one without an address for
-- whoever wants paper besides. Not a read model: addresses lie here alone, sealed; the log holds that there is one, and no address.
create table contact (
  subject_key text collate "C" not null,
  channel text not null check (channel in ('email', 'sms', 'paper')),
  household_key text,
  stream text collate "C" not null,
  -- The entry of the person that put it in force.
  number integer not null,
  -- In which language they are written to.
  locale text not null check (locale in ('zh', 'en')),
  address bytea,
  primary key (subject_key, channel),
  check (stream = 'case/contact/' || subject_key),
  check ((address is null) = (channel = 'paper'))
);

-- An address that is not proven yet, with the code that went to it; one at a time for each channel.
create table contact_proof (
  subject_key text collate "C" not null,
  channel text not null check (channel in ('email', 'sms')),
  household_key text,
  stream text collate "C" not null,
  -- The entry that asked for the code.
  number integer not null,
  locale text not null check (locale in ('zh', 'en')),
  address bytea not null,
  code bytea not null,
  until timestamptz not null,
  tries integer not null default 0,
  primary key (subject_key, channel),
  check (stream = 'case/contact/' || subject_key)
);

do $$
declare name text;
begin
  foreach name in array array['contact', 'contact_proof'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy owner on %I to %I using (minsheng.is_owner()) with check (minsheng.is_owner())', name, current_user);
    execute format('create policy system on %I to minsheng_system using ((select minsheng.claim(''kind'')) = ''system'') with check ((select minsheng.claim(''kind'')) = ''system'')', name);
    -- The person alone: nobody who looks or acts for them, for whoever changes where somebody hears from keeps them from hearing. Each
    -- row stands on an entry of their own.
    execute format('create policy person_keeps on %1$I to minsheng_app
      using ((select minsheng.claim(''kind'')) = ''person'' and subject_key = (select minsheng.claim(''id'')))
      with check ((select minsheng.claim(''kind'')) = ''person'' and (select minsheng.claim(''only'')) is null and subject_key = (select minsheng.claim(''id''))
        and exists (select 1 from log_entry e where e.stream = %1$I.stream and e.sequence = %1$I.number and e.actor = (select minsheng.claim(''id''))))', name);
  end loop;
end $$;
grant select, delete on contact, contact_proof to minsheng_system;
grant select, insert, update, delete on contact, contact_proof to minsheng_app;

-- What happens to an address is said by the person themselves, whoever else may write on their other streams.
create policy contact_alone on log_entry as restrictive for insert to minsheng_app with check (
  stream not like 'case/contact/%' or stream = 'case/contact/' || (select minsheng.claim('id')));

-- On which ways notices leave: asked by whoever gives one, and no more is told than the word for each way. A person asks of those
-- about whom they write, staff of those of whom their department has or had a task.
create function minsheng.channels_of(keys text[]) returns table (key text, channel text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  who jsonb := minsheng.claims();
  own text[] := minsheng.claim_list('subjects');
begin
  perform minsheng.act_as_owner(true);
  return query select c.subject_key, c.channel from contact c where c.subject_key = any (keys) and (
    who ->> 'kind' = 'system'
    or (who ->> 'kind' = 'person' and c.subject_key = any (own))
    or (who ->> 'kind' = 'staff' and exists (select 1 from task t where t.subject_key = c.subject_key and t.department = who ->> 'department')))
    order by c.subject_key, c.channel;
  perform minsheng.act_as_owner(false);
end $$;

-- Delivery asks for what waits on the ways that it has.
drop index outbox_waiting;
create index outbox_waiting on outbox (channel, due_at) where sent_at is null and dead_at is null;
-- The readable outbox of a demonstration.
create index outbox_newest on outbox (created_at desc, id) where channel <> 'paper';
