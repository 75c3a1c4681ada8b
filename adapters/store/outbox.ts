import { sql } from 'kysely';
import { eventOf, NOTICE_EVENTS } from '#engine/casework/index.ts';
import type { NoticeEvent } from '#engine/casework/index.ts';
import type { Database } from './database.ts';
import { openPayload } from './log.ts';
import type { Schema } from './schema.ts';
import type { Vault } from './vault.ts';

/** A notice on its way out through one channel. */
export interface Outgoing {
  /** The same at every attempt: a receiver that has it already drops the copy. */
  readonly id: string;
  readonly channel: string;
  readonly subjectKey: string;
  readonly notice: Extract<NoticeEvent, { kind: 'notice-given' }>['payload'];
}

/** What became of an attempt. The problem is a word for operators and holds nothing personal. */
export type Sending = { readonly kind: 'sent' } | { readonly kind: 'failed' | 'impossible'; readonly problem: string };

/** Sends one message; a thrown error is a failed attempt. */
export type Send = (message: Outgoing) => Promise<Sending>;

/** How many were sent, will be tried again, and were given up. */
export interface Delivery {
  readonly sent: number;
  readonly later: number;
  readonly dead: number;
}

/** Seconds until the next attempt, after the first, the second …; after the last a message is dead and somebody has to look. */
const DELAYS_SECONDS = [60, 300, 1_800, 7_200, 21_600];
/** A sender that has not said anything for so long has died: its rows are free again. */
const LEASE_SECONDS = 300;
const ROWS_AT_ONCE = 100;

/**
 * Sends what is due, once through. Each message is sent at least once: who dies between sending and noting it leaves
 * it to be sent again, under the same id. Any number of processes may deliver at once; none waits for another.
 */
export async function deliver(database: Database, vault: Vault, send: Send, now: () => string): Promise<Delivery> {
  const done = { sent: 0, later: 0, dead: 0 };
  for (let claimed = await claim(database, now()); claimed.length > 0; claimed = await claim(database, now())) {
    for (const row of claimed) {
      const outcome = await attempt(row, vault, send);
      done[await note(database, row, outcome, now())] += 1;
    }
  }
  return done;
}

type Claimed = Schema['outbox'] & { readonly body: Uint8Array | null };

/** Takes rows that are due and nobody has, for as long as the lease, and counts the attempt before it is made. */
function claim(database: Database, now: string): Promise<readonly Claimed[]> {
  return database.system('deliver notices', async (session) => {
    const { rows } = await sql<Claimed>`
      update outbox o set attempts = o.attempts + 1, claimed_until = ${now}::timestamptz + make_interval(secs => ${LEASE_SECONDS})
      from (select id from outbox where sent_at is null and dead_at is null and due_at <= ${now} and (claimed_until is null or claimed_until <= ${now})
        order by due_at, id limit ${ROWS_AT_ONCE} for update skip locked) due
      where o.id = due.id
      returning o.*, (select p.body from log_payload p where p.stream = o.stream and p.sequence = o.number) as body`.execute(session);
    return rows;
  });
}

async function attempt(row: Claimed, vault: Vault, send: Send): Promise<Sending> {
  if (row.attempts > DELAYS_SECONDS.length + 1) return { kind: 'impossible', problem: 'died at every attempt' };
  const event = eventOf(NOTICE_EVENTS, { kind: 'notice-given', payload: openPayload(vault, { stream: row.stream, sequence: row.number }, row.body) });
  if (event?.kind !== 'notice-given') return { kind: 'impossible', problem: 'erased' };
  try {
    return await send({ id: row.id, channel: row.channel, subjectKey: row.subject_key ?? '', notice: event.payload });
  } catch (error) {
    return { kind: 'failed', problem: error instanceof Error ? error.name : 'unknown' };
  }
}

async function note(database: Database, { id, attempts }: Claimed, outcome: Sending, now: string): Promise<keyof Delivery> {
  const delay = DELAYS_SECONDS[attempts - 1];
  const became = outcome.kind === 'sent' ? 'sent' : outcome.kind === 'impossible' || delay === undefined ? 'dead' : 'later';
  await database.system('note what was delivered', (session) => sql`
    update outbox set claimed_until = null, problem = ${outcome.kind === 'sent' ? null : outcome.problem},
      sent_at = ${became === 'sent' ? now : null}::timestamptz, dead_at = ${became === 'dead' ? now : null}::timestamptz,
      due_at = due_at + case when ${became === 'later'}::boolean then ${now}::timestamptz - due_at + make_interval(secs => ${delay ?? 0}) else interval '0' end
    where id = ${id}`.execute(session));
  return became;
}
