-- Who is signed in: a row for each sign-in, found by the digest of the secret in the cookie. The secret itself is nowhere.
create table session (
  token_hash text collate "C" primary key check (token_hash ~ '^[0-9a-f]{64}$'),
  kind text not null check (kind in ('person', 'staff')),
  -- The key of a resident, or the id of a member of staff.
  holder text not null,
  -- What they are called, sealed.
  name bytea not null,
  opened_at timestamptz not null,
  seen_at timestamptz not null,
  -- When they last proved who they are: at the sign-in, and again before what asks for it.
  proven_at timestamptz not null,
  ended_at timestamptz,
  -- Null: a member of staff, who is no subject.
  subject_key text
);
create index session_holder on session (kind, holder) where ended_at is null;

do $$
begin
  alter table session enable row level security;
  alter table session force row level security;
  execute format('create policy owner on session to %I using (minsheng.is_owner()) with check (minsheng.is_owner())', current_user);
  create policy system on session to minsheng_system using ((select minsheng.claim('kind')) = 'system') with check ((select minsheng.claim('kind')) = 'system');
end $$;
grant select, insert, update on session to minsheng_system;

-- A person sees where they are signed in; of the digest nothing is to be had but what they hold already.
grant select (kind, holder, opened_at, seen_at, ended_at, subject_key) on session to minsheng_app;
create policy person_reads on session for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'person' and kind = 'person' and holder = (select minsheng.claim('id')));
