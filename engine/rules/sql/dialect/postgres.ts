import { digits, quotedWith } from './dialect.ts';
import type { Dialect } from './dialect.ts';

/** PostgreSQL 15 and later, PGlite, and what speaks their language; `standard_conforming_strings` on, as it is by default. */
export const POSTGRES: Dialect = {
  id: 'postgres',
  quote: (name) => quotedWith('"', name),
  text: (value) => quotedWith("'", value),
  big: (value) => `${digits(value)}::BIGINT`,
  division: '/',
  textType: 'TEXT',
  stage: (name, select) => `CREATE TEMP TABLE ${name} AS\n${select}`,
  view: (name, select) => `CREATE TEMP VIEW ${name} AS\n${select}`,
  drop: (name, made) => `DROP ${made === 'stage' ? 'TABLE' : 'VIEW'} IF EXISTS ${name}`,
};
