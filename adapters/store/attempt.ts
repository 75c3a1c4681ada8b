import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database, Session } from './database.ts';

/** By what attempts are counted: an account that was named, whether there is one or not, or an address. */
export interface AttemptOf {
  readonly kind: 'account' | 'address';
  readonly of: string;
}

/**
 * How many may fail before trying is closed for a while, which doubles with each more; and after how long without one they
 * are forgotten. Many people may come from one address, so it is let try longer and is closed for less.
 */
export const ATTEMPT_LIMITS = {
  account: { free: 5, firstSeconds: 30, mostSeconds: 3_600, forgottenSeconds: 86_400 },
  address: { free: 30, firstSeconds: 10, mostSeconds: 300, forgottenSeconds: 900 },
} as const satisfies Record<AttemptOf['kind'], { readonly free: number; readonly firstSeconds: number; readonly mostSeconds: number; readonly forgottenSeconds: number }>;

const keyOf = ({ kind, of }: AttemptOf): string => createHash('sha256').update(`${kind}\n${of}`).digest('hex');

/**
 * Counts an attempt as failed before it is looked at, so that none of many at once goes uncounted; gives how many seconds
 * nothing is tried for, 0 where this one may be. The first that is closed ends it: an account is not held to account for
 * what comes from a closed address.
 */
export async function countAttempt(database: Database, counted: readonly AttemptOf[], now: string): Promise<number> {
  return database.system('count an attempt', async (session) => {
    for (const one of inOrder(counted)) {
      // oxlint-disable-next-line no-await-in-loop -- one transaction runs one statement at a time
      const closed = await countOne(session, one, now);
      if (closed > 0) return closed;
    }
    return 0;
  });
}

/** Forgets what failed before: this one did not. Of an address only the last is taken back. */
export async function forgiveAttempt(database: Database, counted: readonly AttemptOf[]): Promise<void> {
  await database.system('an attempt was good', async (session) => {
    for (const one of counted) {
      // oxlint-disable-next-line no-await-in-loop -- one transaction runs one statement at a time
      await (one.kind === 'account' ? sql`delete from sign_in_attempt where key = ${keyOf(one)}` : sql`update sign_in_attempt set failures = greatest(failures - 1, 0), closed_until = null where key = ${keyOf(one)}`).execute(session);
    }
  });
}

/** Addresses before accounts: rows are locked in one order, so that two attempts never wait for one another. */
function inOrder(counted: readonly AttemptOf[]): readonly AttemptOf[] {
  return [...counted].sort((a, b) => (a.kind === b.kind ? 0 : a.kind === 'address' ? -1 : 1));
}

/** Takes the row, so that whoever tries at the same time waits; one that is closed is left as it is. */
async function countOne(session: Session, one: AttemptOf, now: string): Promise<number> {
  const { free, firstSeconds, mostSeconds, forgottenSeconds } = ATTEMPT_LIMITS[one.kind];
  const { rows: [found] } = await sql<{ failures: number; closed_seconds: number }>`
    insert into sign_in_attempt as a (key, failures, last_at) values (${keyOf(one)}, 1, ${now}::timestamptz)
    on conflict (key) do update set
      failures = case when a.closed_until > excluded.last_at then a.failures when a.last_at < excluded.last_at - make_interval(secs => ${forgottenSeconds}::integer) then 1 else a.failures + 1 end,
      last_at = case when a.closed_until > excluded.last_at then a.last_at else excluded.last_at end
    returning failures, greatest(0, ceil(coalesce(extract(epoch from closed_until - ${now}::timestamptz), 0)))::integer as closed_seconds`.execute(session);
  if (!found || found.closed_seconds > 0) return found?.closed_seconds ?? 0;
  const over = found.failures - free;
  if (over < 0) return 0;
  const seconds = Math.min(mostSeconds, firstSeconds * 2 ** Math.min(over, 20));
  await sql`update sign_in_attempt set closed_until = ${now}::timestamptz + make_interval(secs => ${seconds}::integer) where key = ${keyOf(one)}`.execute(session);
  return 0;
}
