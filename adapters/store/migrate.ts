import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database, Session } from './database.ts';

/** Why a database cannot be used as it is. */
export type MigrationRefusal =
  | { readonly kind: 'server-too-old'; readonly version: string }
  | { readonly kind: 'database-newer'; readonly database: number; readonly code: number }
  | { readonly kind: 'migration-changed'; readonly number: number };

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

/** Any number will do as long as nobody else takes it: only one process migrates at a time. */
const ADVISORY_LOCK = 7_310_530_001;
const OLDEST_SERVER = 150_000;

/** The migrations of this code in order. */
export function migrations(): readonly Migration[] {
  const folder = join(import.meta.dirname, 'migrations');
  return readdirSync(folder).filter((file) => file.endsWith('.sql')).sort().map((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    return { number: Number(file.slice(0, 4)), name: file.slice(5, -4), sql: text, sha256: createHash('sha256').update(text).digest('hex') };
  });
}

/**
 * Brings a database to the schema of this code, forward only; undefined when it is there.
 *
 * All of it is one transaction under a lock, so that two processes that start at once do not meet and a failed
 * migration leaves nothing behind.
 */
export async function migrate(database: Database, now: string, all: readonly Migration[] = migrations()): Promise<MigrationRefusal | undefined> {
  return database.owner(async (session) => {
    const server = await serverVersion(session);
    if (server.number < OLDEST_SERVER) return { kind: 'server-too-old', version: server.text };
    await sql`select pg_advisory_xact_lock(${ADVISORY_LOCK})`.execute(session);
    await sql`create table if not exists schema_migration (number integer primary key, name text not null, sha256 text not null, applied_at timestamptz not null)`.execute(session);
    const applied = new Map((await session.selectFrom('schema_migration').selectAll().execute()).map((row) => [row.number, row.sha256]));
    const newest = Math.max(0, ...applied.keys());
    const code = all.at(-1)?.number ?? 0;
    if (newest > code) return { kind: 'database-newer', database: newest, code };
    for (const migration of all) {
      const before = applied.get(migration.number);
      if (before === migration.sha256) continue;
      if (before !== undefined) return { kind: 'migration-changed', number: migration.number };
      await sql.raw(migration.sql).execute(session);
      await session.insertInto('schema_migration').values({ number: migration.number, name: migration.name, sha256: migration.sha256, applied_at: now }).execute();
    }
    return undefined;
  });
}

async function serverVersion(session: Session): Promise<{ readonly number: number; readonly text: string }> {
  const { rows } = await sql<{ number: string; text: string }>`select current_setting('server_version_num') as number, current_setting('server_version') as text`.execute(session);
  return { number: Number(rows[0]?.number), text: rows[0]?.text ?? '' };
}
