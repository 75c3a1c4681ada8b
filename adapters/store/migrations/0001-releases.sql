-- Roles are of the whole cluster: another database of it may have made them already.
do $$
begin
  create role minsheng_app nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$
begin
  create role minsheng_system nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$
begin
  execute format('grant minsheng_app, minsheng_system to %I', current_user);
end $$;

grant usage on schema public to minsheng_app, minsheng_system;

-- One row: the plan this database belongs to.
create table city (
  only_row boolean primary key default true check (only_row),
  plan_id text not null,
  created_at timestamptz not null
);

-- Packs by their SHA-256, as bytes. A determination names the digest it was made under, so none is ever changed.
create table pack_release (
  digest text primary key check (digest ~ '^[0-9a-f]{64}$'),
  plan_id text not null,
  bytes bytea not null,
  stored_at timestamptz not null
);

create table pack_activation (
  number integer primary key check (number > 0),
  digest text not null references pack_release,
  activated_at timestamptz not null
);

grant select on city, pack_release, pack_activation to minsheng_app;
grant select, insert on city, pack_release, pack_activation to minsheng_system;
