import { PostgresDialect } from 'kysely';
import pg from 'pg';
import { databaseOf } from './database.ts';
import type { Database } from './database.ts';
import { VALUE_PARSERS } from './parse-value.ts';

/** PostgreSQL at a connection string, through a pool. Values arrive in the same form as from the embedded one. */
export function openPostgres(connectionString: string): Database {
  const types = new pg.TypeOverrides();
  for (const [oid, parse] of Object.entries(VALUE_PARSERS)) types.setTypeParser(Number(oid), parse);
  const pool = new pg.Pool({ connectionString, types, max: 10, connectionTimeoutMillis: 5000 });
  // A connection that dies while idle is replaced by the pool; the error belongs to nobody's request.
  pool.on('error', () => undefined);
  // One that dies between two statements of a transaction: the next statement tells whose it was.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return databaseOf('postgres', new PostgresDialect({ pool }));
}
