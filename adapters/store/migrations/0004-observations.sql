-- What indicators were found to be, month by month; only added to. It names nobody.
create table observation (
  number bigint generated always as identity primary key,
  indicator text not null,
  month integer not null,
  -- The run that says who is entitled.
  run text not null,
  numerator bigint not null,
  denominator bigint not null,
  -- As a decimal numeral; null where there is none.
  value text,
  formula text not null,
  -- By service who is entitled and who receives.
  reached jsonb not null,
  observed_at timestamptz not null
);
create index observation_indicator on observation (indicator, month);
grant select, insert on observation to minsheng_system;
grant select on observation to minsheng_app;
