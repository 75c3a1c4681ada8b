-- What residents say: ratings, complaints, suggestions. Their own stream is `case/voice/<person>`; what a department has to
-- do about it is a stream of its own, `case/matter/<id>`, whose subject is the matter, so that staff who work on it do not
-- learn whose it is. Only voice_link says that, and only to the resident.
create table voice_link (
  id text collate "C" primary key check (id ~ '^[0-9a-z]{6,32}$'),
  subject_key text collate "C" not null,
  -- The entry of their own stream that says so.
  sequence integer not null
);
create index voice_link_subject on voice_link (subject_key);

-- A fold of the entries `rating-*` of a resident's stream.
create table voice_rating (
  subject_key text collate "C" not null,
  number integer not null,
  sequence integer not null,
  -- The contact: kind, stream and number, a line each.
  contact text collate "C" not null,
  service text,
  department text not null,
  level text not null,
  given_on date not null,
  matter text,
  primary key (subject_key, number),
  -- One contact, one rating.
  unique (subject_key, contact)
);
create index voice_rating_month on voice_rating (given_on);

-- A fold of the stream of a matter. It names nobody.
create table voice_matter (
  id text collate "C" primary key,
  sequence integer not null,
  kind text not null,
  service text,
  category text,
  area text not null,
  raised_on date not null,
  word_on date,
  state text not null,
  solved_by text,
  -- Where it waits for the resident's word: the day after which another department looks.
  check_on date,
  answers integer not null,
  -- Of the first answer; null: none yet.
  in_time boolean,
  reopened integer not null
);
create index voice_matter_waiting on voice_matter (check_on) where state in ('answered', 'unsolved');

-- The picture of a matter, sealed; its digest stands in the log.
create table voice_photo (
  matter text collate "C" primary key,
  media text not null check (media in ('image/jpeg', 'image/png')),
  body bytea not null
);

-- What somebody has begun to write, sealed. It is no entry of the log: it was not said yet.
create table voice_draft (
  subject_key text collate "C" primary key,
  id text not null,
  form integer not null,
  body bytea not null,
  photo bytea,
  changed_at timestamptz not null
);

do $$
declare name text;
begin
  foreach name in array array['voice_link', 'voice_rating', 'voice_matter', 'voice_photo', 'voice_draft'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy owner on %I to %I using (minsheng.is_owner()) with check (minsheng.is_owner())', name, current_user);
    execute format('create policy system on %I to minsheng_system using ((select minsheng.claim(''kind'')) = ''system'') with check ((select minsheng.claim(''kind'')) = ''system'')', name);
  end loop;
end $$;

grant select, delete on voice_link, voice_rating, voice_matter, voice_photo, voice_draft to minsheng_system;
grant select on voice_link, voice_rating, voice_matter, voice_photo to minsheng_app;
grant insert on voice_photo to minsheng_app;
grant select, insert, update, delete on voice_draft to minsheng_app;

-- A resident: what they said, and the matters that are theirs.
create policy person_reads on voice_link for select to minsheng_app using (subject_key = any ((select minsheng.claim_list('subjects'))::text[]));
create policy person_reads on voice_rating for select to minsheng_app using (subject_key = any ((select minsheng.claim_list('subjects'))::text[]));
create policy person_reads on voice_matter for select to minsheng_app using (exists (select 1 from voice_link l where l.id = voice_matter.id));
create policy person_reads on voice_photo for select to minsheng_app using (exists (select 1 from voice_link l where l.id = voice_photo.matter));
create policy person_sends on voice_photo for insert to minsheng_app with check (exists (select 1 from voice_link l where l.id = voice_photo.matter));
create policy person_writes on voice_draft to minsheng_app
  using ((select minsheng.claim('kind')) = 'person' and subject_key = (select minsheng.claim('id')))
  with check ((select minsheng.claim('kind')) = 'person' and subject_key = (select minsheng.claim('id')));
create policy resident_reads on log_entry for select to minsheng_app using (stream like 'case/matter/%' and exists (select 1 from voice_link l where l.id = log_entry.subject_key));
create policy resident_reads on log_payload for select to minsheng_app using (stream like 'case/matter/%' and exists (select 1 from voice_link l where l.id = log_payload.subject_key));
create policy resident_reads on task for select to minsheng_app using (stream like 'case/matter/%' and exists (select 1 from voice_link l where l.id = task.subject_key));

-- Staff: the matters of which they have an open task.
drop policy if exists staff_reads on voice_matter;
create policy staff_reads on voice_matter for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'staff' and (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] and exists (select 1 from task where task.stream = 'case/matter/' || voice_matter.id and task.state <> 'done'));
drop policy if exists staff_reads on voice_photo;
create policy staff_reads on voice_photo for select to minsheng_app using (
  (select minsheng.claim('kind')) = 'staff' and (select minsheng.claim_list('roles'))::text[] && array['window-clerk', 'case-officer', 'department-head']::text[] and exists (select 1 from task where task.stream = 'case/matter/' || voice_photo.matter and task.state <> 'done'));

-- On the stream of a matter a resident acts as `resident`, for its entries are read by those who must not know whose it is.
create policy resident_appends on log_entry for insert to minsheng_app with check (
  (select minsheng.claim('kind')) = 'person' and actor = 'resident' and stream like 'case/matter/%' and exists (select 1 from voice_link l where l.id = log_entry.subject_key));
create policy resident_appends on log_payload for insert to minsheng_app with check (
  (select minsheng.claim('kind')) = 'person' and stream like 'case/matter/%' and exists (select 1 from voice_link l where l.id = log_payload.subject_key));
-- A member of staff whose id were that word would not speak for residents either.
create policy resident_alone on log_entry as restrictive for insert to minsheng_app with check (actor <> 'resident' or (select minsheng.claim('kind')) = 'person');

-- As before, and: an entry by `resident` is that of the person whose matter it is.
create or replace function minsheng.must_stand_on_log(streams text[], sequences integer[]) returns void
language plpgsql stable as $$
declare
  who jsonb := minsheng.claims();
begin
  if exists (
    select 1 from unnest(streams, sequences) r (stream, sequence)
    left join public.log_entry e on e.stream = r.stream and e.sequence = r.sequence
    where e.stream is null or not coalesce(
      who ->> 'kind' = 'system' or e.actor = who ->> 'id'
      or (e.actor = 'resident' and who ->> 'kind' = 'person' and e.stream like 'case/matter/%'
        and exists (select 1 from public.voice_link l where l.id = e.subject_key and l.subject_key = who ->> 'id')), false)
  ) then
    raise insufficient_privilege using message = 'a read model changes only with an entry of the log';
  end if;
end $$;

create function minsheng.put_voice_links(rows jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform minsheng.act_as_owner(true);
  perform minsheng.must_stand_on_log(array_agg('case/voice/' || r.subject_key), array_agg(r.sequence)) from jsonb_populate_recordset(null::voice_link, rows) r;
  -- Whose a matter is never changes.
  insert into voice_link select * from jsonb_populate_recordset(null::voice_link, rows) on conflict (id) do nothing;
  perform minsheng.act_as_owner(false);
end $$;

create function minsheng.put_voice_ratings(rows jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform minsheng.act_as_owner(true);
  perform minsheng.must_stand_on_log(array_agg('case/voice/' || r.subject_key), array_agg(r.sequence)) from jsonb_populate_recordset(null::voice_rating, rows) r;
  insert into voice_rating select * from jsonb_populate_recordset(null::voice_rating, rows)
  on conflict (subject_key, number) do update set sequence = excluded.sequence, level = excluded.level, matter = excluded.matter;
  perform minsheng.act_as_owner(false);
end $$;

create function minsheng.put_voice_matters(rows jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform minsheng.act_as_owner(true);
  perform minsheng.must_stand_on_log(array_agg('case/matter/' || r.id), array_agg(r.sequence)) from jsonb_populate_recordset(null::voice_matter, rows) r;
  insert into voice_matter select * from jsonb_populate_recordset(null::voice_matter, rows)
  on conflict (id) do update set sequence = excluded.sequence, word_on = excluded.word_on, state = excluded.state, solved_by = excluded.solved_by,
    check_on = excluded.check_on, answers = excluded.answers, in_time = excluded.in_time, reopened = excluded.reopened;
  perform minsheng.act_as_owner(false);
end $$;
