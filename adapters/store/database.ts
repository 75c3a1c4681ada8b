import { AsyncLocalStorage } from 'node:async_hooks';
import { Kysely, sql } from 'kysely';
import type { Dialect, RawBuilder, Transaction } from 'kysely';
import { StoreUnreachable } from '#engine/ports.ts';
import type { Principal } from '#engine/ports.ts';
import { ROLE_GUARD } from './role-guard.ts';
import type { Schema } from './schema.ts';

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
  /**
   * A transaction for a person and a purpose; everything in it happens or nothing does. It sees the store as it was when
   * it began: where somebody else was quicker with what it read, nothing of it is kept and it is done again, some times.
   */
  write<T>(principal: Principal, purpose: string, fn: (session: Session) => Promise<T>): Promise<T>;
  /** A transaction of the system itself; the reason is why no person stands behind it. */
  system<T>(reason: string, fn: (session: Session) => Promise<T>): Promise<T>;
  /** A transaction as the owner of the tables: migrations, backup and restore only. */
  owner<T>(fn: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const inside = new AsyncLocalStorage<true>();

/** Whether this runs inside a transaction of the store: another one would wait for it. */
export function isInsideStoreCall(): boolean {
  return inside.getStore() === true;
}

/** The database over a dialect of Kysely; `release` ends what the dialect does not own. */
export function databaseOf(kind: Database['kind'], dialect: Dialect, release: () => Promise<void> = async () => undefined): Database {
  const db = new Kysely<Schema>({ dialect });
  const run = <T>(mode: 'read only' | 'read write', enter: RawBuilder<unknown>, fn: (session: Session) => Promise<T>, isolation: 'read committed' | 'repeatable read' = 'read committed'): Promise<T> => {
    if (isInsideStoreCall()) throw new Error('a store call inside a store call would wait for itself');
    return inside.run(true, () => db.transaction().setAccessMode(mode).setIsolationLevel(isolation).execute(async (session) => {
      await enter.execute(session);
      return fn(session);
    }).catch((error: unknown) => { throw isOutOfReach(error) ? new StoreUnreachable('the store does not answer', { cause: error }) : error; }));
  };
  const guarded = <T>(fn: (session: Session) => Promise<T>) => (session: Session): Promise<T> => fn(session.withPlugin(ROLE_GUARD));
  return {
    kind,
    read: (principal, purpose, fn) => run('read only', entering(principal, purpose), guarded(fn)),
    write: (principal, purpose, fn) => again(() => run('read write', entering(principal, purpose), guarded(fn), 'repeatable read')),
    system: (reason, fn) => run('read write', entering({ kind: 'system', id: 'system' }, reason), guarded(fn)),
    owner: (fn) => run('read write', sql`set local app.mode = 'owner'`, fn),
    close: async () => {
      await db.destroy();
      await release();
    },
  };
}

const ATTEMPTS = 5;
const SERIALIZATION_FAILURE = '40001';

/** Does again what somebody else was before; after so many times the conflict is the result. */
async function again<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- once more only where it failed
      return await transaction();
    } catch (error) {
      if (attempt >= ATTEMPTS || !isConflict(error)) throw error;
    }
  }
}

/** A stream that was continued meanwhile, or a row that was changed. */
function isConflict(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('kind' in error && error.kind === 'log-conflict') || ('code' in error && error.code === SERIALIZATION_FAILURE);
}

/** By SQLSTATE: connections lost or refused, a server that stops or starts, no room, a disk that fails; by what the system says of sockets and disks. */
const OUT_OF_REACH = /^(?:08...|53[13]00|57P0[123]|58030|E(?:CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|NOTFOUND|AI_AGAIN|NOSPC|HOSTUNREACH))$/;
/** What drivers say without a code. */
const SAID = /connection terminated|timeout exceeded when trying to connect|connection error and is not queryable|the embedded database has ended/i;

function isOutOfReach(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isOutOfReach);
  if (!(error instanceof Error)) return false;
  return ('code' in error && typeof error.code === 'string' && OUT_OF_REACH.test(error.code)) || SAID.test(error.message);
}

/** The statement after which a transaction sees what its principal may see. */
function entering(who: Principal | { readonly kind: 'system'; readonly id: string }, purpose: string): RawBuilder<unknown> {
  const role = who.kind === 'system' ? 'minsheng_system' : 'minsheng_app';
  return sql`select minsheng.enter(${JSON.stringify({ ...who, purpose })}, ${role})`;
}
