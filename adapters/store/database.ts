import { AsyncLocalStorage } from 'node:async_hooks';
import { Kysely, sql } from 'kysely';
import type { Dialect, Transaction } from 'kysely';
import type { Schema } from './schema.ts';

/** Who acts: the id under which an act is logged and by which the policies of the tables decide. */
export interface Principal {
  readonly id: string;
}

/** One transaction of the store. */
export type Session = Transaction<Schema>;

/**
 * The store. Each call is one transaction under an unprivileged role: row-level security is the floor below
 * every check of the code. A call inside another throws at once: it would wait for itself.
 */
export interface Database {
  readonly kind: 'embedded' | 'postgres';
  /** A read-only transaction for a person and a purpose. */
  read<T>(principal: Principal, purpose: string, fn: (session: Session) => Promise<T>): Promise<T>;
  /** A transaction for a person and a purpose; everything in it happens or nothing does. */
  write<T>(principal: Principal, purpose: string, fn: (session: Session) => Promise<T>): Promise<T>;
  /** A transaction of the system itself; the reason is why no person stands behind it. */
  system<T>(reason: string, fn: (session: Session) => Promise<T>): Promise<T>;
  /** A transaction as the owner of the tables: migrations, backup and restore only. */
  owner<T>(fn: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const inside = new AsyncLocalStorage<true>();

/** The database over a dialect of Kysely; `release` ends what the dialect does not own. */
export function databaseOf(kind: Database['kind'], dialect: Dialect, release: () => Promise<void> = async () => undefined): Database {
  const db = new Kysely<Schema>({ dialect });
  const run = <T>(mode: 'read only' | 'read write', settings: readonly (readonly [string, string])[], fn: (session: Session) => Promise<T>): Promise<T> => {
    if (inside.getStore()) throw new Error('a store call inside a store call would wait for itself');
    return inside.run(true, () => db.transaction().setAccessMode(mode).execute(async (session) => {
      // The role comes last: after it the session may set nothing that would widen what it sees.
      for (const [name, value] of settings) await sql`select set_config(${name}, ${value}, true)`.execute(session);
      return fn(session);
    }));
  };
  const as = (role: string, principal: string, purpose: string): readonly (readonly [string, string])[] => [['app.principal', principal], ['app.purpose', purpose], ['role', role]];
  return {
    kind,
    read: (principal, purpose, fn) => run('read only', as('minsheng_app', principal.id, purpose), fn),
    write: (principal, purpose, fn) => run('read write', as('minsheng_app', principal.id, purpose), fn),
    system: (reason, fn) => run('read write', as('minsheng_system', 'system', reason), fn),
    owner: (fn) => run('read write', [], fn),
    close: async () => {
      await db.destroy();
      await release();
    },
  };
}
