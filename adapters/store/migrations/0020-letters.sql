-- Letters: in which area a row of channel paper is printed (null: nobody has looked yet; empty: nobody knows), and in which bundle it is.
alter table outbox add column area text, add column bundle text;
create index outbox_letters on outbox (due_at, id) where channel = 'paper' and sent_at is null and dead_at is null and bundle is null;
create index outbox_bundle on outbox (bundle) where bundle is not null;

-- What happens to a bundle of letters is a stream of its own.
alter table log_entry drop constraint log_entry_stream_check;
alter table log_entry add constraint log_entry_stream_check check (stream ~ '^(case/[^/]+|run|audit|batch|account|letters)/.+$');

-- Letters that were taken together, a read model of the streams letters/<id>. Nobody is named in it: whom the letters are to stands in
-- the rows of the outbox.
create table letter_bundle (
  id text collate "C" primary key,
  sequence integer not null,
  -- The areas of whoever took it; none: the whole city.
  areas text[] not null,
  taken_by text not null,
  taken_at timestamptz not null,
  posted_on date,
  -- When it was posted or given back; null: it is with whoever took it.
  ended_at timestamptz,
  check (posted_on is null or ended_at is not null)
);
create index letter_bundle_open on letter_bundle (taken_at) where ended_at is null;
create index letter_bundle_posted on letter_bundle (ended_at desc) where posted_on is not null;

alter table letter_bundle enable row level security;
alter table letter_bundle force row level security;
do $$
begin
  execute format('create policy owner on letter_bundle to %I using (minsheng.is_owner()) with check (minsheng.is_owner())', current_user);
end $$;
create policy system on letter_bundle to minsheng_system using ((select minsheng.claim('kind')) = 'system') with check ((select minsheng.claim('kind')) = 'system');
grant select, insert, update, delete on letter_bundle to minsheng_system;
grant select on letter_bundle to minsheng_app;
drop policy if exists staff_reads on letter_bundle;
create policy staff_reads on letter_bundle for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'staff' and (select minsheng.claim_list('roles'))::text[] && array['window-clerk']::text[] and (select bool_and(minsheng.covers((select minsheng.claim_list('areas'))::text[], area)) from unnest(case when cardinality(areas) = 0 then array['']::text[] else areas end) area));
