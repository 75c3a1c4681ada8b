import type { Dialect, DialectId } from './dialect.ts';
import { DUCKDB } from './duckdb.ts';
import { POSTGRES } from './postgres.ts';
import { SPARK } from './spark.ts';

export { DIALECTS } from './dialect.ts';
export type { Dialect, DialectId } from './dialect.ts';

export const DIALECT: Readonly<Record<DialectId, Dialect>> = { duckdb: DUCKDB, postgres: POSTGRES, spark: SPARK };
