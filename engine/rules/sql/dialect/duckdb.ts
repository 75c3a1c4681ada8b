import { digits, quotedWith } from './dialect.ts';
import type { Dialect } from './dialect.ts';

export const DUCKDB: Dialect = {
  id: 'duckdb',
  quote: (name) => quotedWith('"', name),
  text: (value) => quotedWith("'", value),
  big: (value) => `${digits(value)}::BIGINT`,
  division: '//',
  textType: 'VARCHAR',
  stage: (name, select) => `CREATE TEMP TABLE ${name} AS\n${select}`,
  view: (name, select) => `CREATE TEMP VIEW ${name} AS\n${select}`,
  drop: (name, made) => `DROP ${made === 'stage' ? 'TABLE' : 'VIEW'} IF EXISTS ${name}`,
};
