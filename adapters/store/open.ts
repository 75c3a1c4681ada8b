import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbedded } from './embedded.ts';
import { lockFolder } from './lock.ts';
import type { Holder } from './lock.ts';
import { migrate } from './migrate.ts';
import type { MigrationRefusal } from './migrate.ts';
import { openPostgres } from './postgres.ts';
import type { Database } from './database.ts';

/** Where the store is: a PostgreSQL, or the data folder. */
export interface StoreLocation {
  /** Kept for the lock, the socket and, without a PostgreSQL, the embedded database. */
  readonly folder: string;
  readonly databaseUrl?: string | undefined;
}

export type StoreRefusal =
  | MigrationRefusal
  | { readonly kind: 'folder-taken'; readonly folder: string; readonly by: Holder }
  | { readonly kind: 'folder-unwritable'; readonly folder: string; readonly problem: string }
  | { readonly kind: 'database-unreachable'; readonly problem: string };

export type StoreOpening = { readonly kind: 'open'; readonly database: Database } | { readonly kind: 'refused'; readonly refusal: StoreRefusal };

/** Opens the store under the lock of its data folder and brings it to the schema of this code. */
export async function openStore({ folder, databaseUrl }: StoreLocation, now: string): Promise<StoreOpening> {
  const refused = (refusal: StoreRefusal): StoreOpening => ({ kind: 'refused', refusal });
  let lock;
  try {
    lock = lockFolder(folder);
    if (databaseUrl === undefined) mkdirSync(join(folder, 'database'), { recursive: true });
  } catch (error) {
    return refused({ kind: 'folder-unwritable', folder, problem: problemOf(error) });
  }
  if (lock.kind === 'taken') return refused({ kind: 'folder-taken', folder, by: lock.by });
  const { release } = lock;
  let inner: Database | undefined;
  try {
    inner = databaseUrl === undefined ? await openEmbedded(join(folder, 'database')) : openPostgres(databaseUrl);
    const refusal = await migrate(inner, now);
    if (refusal) {
      await inner.close();
      release();
      return refused(refusal);
    }
  } catch (error) {
    await inner?.close().catch(() => undefined);
    release();
    return refused({ kind: 'database-unreachable', problem: problemOf(error) });
  }
  const opened = inner;
  return { kind: 'open', database: { ...opened, close: () => opened.close().finally(release) } };
}

/** The cause of a fault in words that hold no password: messages of PostgreSQL and of the system name neither. */
function problemOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(problemOf).join('; ');
  return error instanceof Error ? (error.message || ((error as NodeJS.ErrnoException).code ?? error.name)) : 'unknown';
}
