-- Addresses that were in force when somebody changed how they hear, each until the warning about the change has left for it. No
-- read model: an address lies here alone, sealed as it lay in contact; the log holds that there is a warning, and no address.
create table contact_warned (
  subject_key text collate "C" not null,
  -- The notice that warns.
  number integer not null,
  channel text not null check (channel in ('email', 'sms')),
  household_key text,
  stream text collate "C" not null,
  locale text not null check (locale in ('zh', 'en')),
  address bytea not null,
  primary key (subject_key, number, channel),
  check (stream = 'case/contact/' || subject_key)
);
alter table contact_warned enable row level security;
alter table contact_warned force row level security;
do $$
begin
  execute format('create policy owner on contact_warned to %I using (minsheng.is_owner()) with check (minsheng.is_owner())', current_user);
end $$;
create policy system on contact_warned to minsheng_system using ((select minsheng.claim('kind')) = 'system') with check ((select minsheng.claim('kind')) = 'system');
-- The person leaves one beside an entry of their own, and takes none away: whoever has got hold of their session must not either.
create policy person_leaves on contact_warned for insert to minsheng_app with check (
  (select minsheng.claim('kind')) = 'person' and (select minsheng.claim('only')) is null and subject_key = (select minsheng.claim('id'))
  and exists (select 1 from log_entry e where e.stream = contact_warned.stream and e.sequence = contact_warned.number and e.actor = (select minsheng.claim('id'))));
grant select, delete on contact_warned to minsheng_system;
grant insert on contact_warned to minsheng_app;
