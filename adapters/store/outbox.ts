import { sql } from 'kysely';
import { eventOf, NOTICE_EVENTS } from '#engine/casework/index.ts';
import type { LogRecord } from '#engine/casework/index.ts';
import { CONTACT_EVENTS, isElectronic } from '#engine/contact/index.ts';
import type { Addressed, Sending } from '#engine/contact/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { addressIn, codeIn } from './contact.ts';
import type { Database, Session } from './database.ts';
import { openPayload } from './log.ts';
import { outboxId } from './read-model.ts';
import type { Schema } from './schema.ts';
import type { Vault } from './vault.ts';

/** A message on its way out through one channel, with the address that is in force now; undefined where there is none. */
export interface Outgoing extends Addressed {
  /** The same at every attempt: a receiver that has it already drops the copy. */
  readonly id: string;
  readonly channel: string;
  readonly subjectKey: string;
}

/** Sends one message; a thrown error is a failed attempt. */
export type Send = (message: Outgoing) => Promise<Sending>;

/** How many were sent, will be tried again, and were given up. */
export interface Delivery {
  readonly sent: number;
  readonly later: number;
  readonly dead: number;
}

/** What is delivered from, and on which ways; what waits on others goes on waiting. */
export interface DeliveryDoor {
  readonly database: Database;
  readonly vault: Vault;
  readonly channels: readonly string[];
  readonly now: () => string;
}

/** Seconds until the next attempt, after the first, the second …; after the last a message is dead and somebody has to look. */
const DELAYS_SECONDS = [60, 300, 1_800, 7_200, 21_600];
/** A sender that has not said anything for so long has died: its rows are free again. */
const LEASE_SECONDS = 300;
/** So many that a sender that takes ten seconds for each is done with them before its lease runs out. */
const ROWS_AT_ONCE = 25;

/**
 * Sends what is due, once through. Each message is sent at least once: who dies between sending and noting it leaves
 * it to be sent again, under the same id. Any number of processes may deliver at once; none waits for another.
 */
export async function deliver(door: DeliveryDoor, send: Send): Promise<Delivery> {
  const done = { sent: 0, later: 0, dead: 0 };
  for (let claimed = await claim(door); claimed.length > 0; claimed = await claim(door)) {
    for (const row of claimed) {
      const outcome = await attempt(row, door.vault, send);
      done[await note(door, row, outcome)] += 1;
    }
  }
  return done;
}

/** A row with what it says and where it goes. */
export type OutboxRow = Schema['outbox'] & {
  readonly kind: string | null;
  readonly body: Uint8Array | null;
  readonly address: Uint8Array | null;
  readonly locale: Locale | null;
  readonly warned_address: Uint8Array | null;
  readonly warned_locale: Locale | null;
  readonly asked_address: Uint8Array | null;
  readonly asked_code: Uint8Array | null;
};

/** What stands beside a row `o` of the outbox: its entry, the address in force, the one that was in force before, and the one that its code is to prove. */
const BESIDE = sql`
  left join log_entry e on e.stream = o.stream and e.sequence = o.number
  left join log_payload p on p.stream = o.stream and p.sequence = o.number
  left join contact c on c.subject_key = o.subject_key and c.channel = o.channel
  left join contact_warned w on w.subject_key = o.subject_key and w.number = o.number and w.channel = o.channel and w.stream = o.stream
  left join contact_proof a on a.stream = o.stream and a.number = o.number`;
const READ = sql`o.*, e.kind, p.body, c.address, c.locale, w.address as warned_address, w.locale as warned_locale, a.address as asked_address, a.code as asked_code`;

/** Takes rows that are due and nobody has, for as long as the lease, and counts the attempt before it is made. */
function claim({ database, channels, now }: DeliveryDoor): Promise<readonly OutboxRow[]> {
  return database.system('deliver notices', async (session) => {
    const at = now();
    const { rows } = await sql<OutboxRow>`
      with claimed as (
        update outbox o set attempts = o.attempts + 1, claimed_until = ${at}::timestamptz + make_interval(secs => ${LEASE_SECONDS})
        from (select id from outbox where sent_at is null and dead_at is null and channel = any (${[...channels]}::text[]) and due_at <= ${at} and (claimed_until is null or claimed_until <= ${at})
          order by due_at, id limit ${ROWS_AT_ONCE} for update skip locked) due
        where o.id = due.id returning o.*)
      select ${READ} from claimed o ${BESIDE} order by o.due_at, o.id`.execute(session);
    return rows;
  });
}

/** Messages to addresses, the newest first. */
export async function newestMessages(session: Session, vault: Vault, { from, count }: { readonly from: number; readonly count: number }): Promise<readonly (Outgoing & Pick<Schema['outbox'], 'created_at' | 'sent_at' | 'dead_at'>)[]> {
  const { rows } = await sql<OutboxRow>`select ${READ} from (select * from outbox where channel <> 'paper' order by created_at desc, id offset ${from} limit ${count}) o ${BESIDE} order by o.created_at desc, o.id`.execute(session);
  return rows.flatMap((row) => {
    const message = outgoingIn(row, vault);
    return message === undefined ? [] : [{ ...message, created_at: row.created_at, sent_at: row.sent_at, dead_at: row.dead_at }];
  });
}

/** What a row says, and where it goes; undefined where it was erased. */
function outgoingIn(row: OutboxRow, vault: Vault): Outgoing | undefined {
  const record: Pick<LogRecord, 'kind' | 'payload'> = { kind: row.kind ?? '', payload: openPayload(vault, { stream: row.stream, sequence: row.number }, row.body) };
  const [id, channel, subjectKey] = [row.id, row.channel, row.subject_key ?? ''];
  const asked = eventOf(CONTACT_EVENTS, record);
  if (asked?.kind === 'contact-asked') {
    const code = row.asked_code === null ? null : codeIn(vault, subjectKey, channel, row.asked_code);
    return { id, channel, subjectKey, told: { kind: 'code', code }, to: row.asked_address === null ? undefined : addressIn(vault, subjectKey, channel, row.asked_address), locale: asked.payload.locale };
  }
  const event = eventOf(NOTICE_EVENTS, record);
  if (event?.kind !== 'notice-given') return undefined;
  const { noticeKind, service, respondBy, values } = event.payload;
  const [changed] = noticeKind === 'address' ? Object.values(values).flatMap((one) => (typeof one === 'object' && 'day' in one ? [one.day] : [])) : [];
  // Not to the address in force now: it may be of whoever made the change.
  if (changed !== undefined) return { id, channel, subjectKey, told: { kind: 'address-changed', on: changed }, to: row.warned_address === null ? undefined : addressIn(vault, subjectKey, channel, row.warned_address), locale: row.warned_locale ?? 'zh' };
  return { id, channel, subjectKey, told: { kind: 'notice', noticeKind, service, respondBy }, to: row.address === null ? undefined : addressIn(vault, subjectKey, channel, row.address), locale: row.locale ?? 'zh' };
}

async function attempt(row: OutboxRow, vault: Vault, send: Send): Promise<Sending> {
  if (row.attempts > DELAYS_SECONDS.length + 1) return { kind: 'impossible', problem: 'died at every attempt' };
  const message = outgoingIn(row, vault);
  if (message === undefined) return { kind: 'impossible', problem: 'erased' };
  try {
    return await send(message);
  } catch (error) {
    return { kind: 'failed', problem: error instanceof Error ? error.name : 'unknown' };
  }
}

/** Notes what became of an attempt. A notice that will never arrive goes out on paper instead. */
async function note({ database, now }: DeliveryDoor, row: OutboxRow, outcome: Sending): Promise<keyof Delivery> {
  const { id, attempts } = row;
  const [at, delay] = [now(), DELAYS_SECONDS[attempts - 1]];
  const became = outcome.kind === 'sent' ? 'sent' : outcome.kind === 'impossible' || delay === undefined ? 'dead' : 'later';
  await database.system('note what was delivered', async (session) => {
    await sql`
      update outbox set claimed_until = null, problem = ${outcome.kind === 'sent' ? null : outcome.problem},
        sent_at = ${became === 'sent' ? at : null}::timestamptz, dead_at = ${became === 'dead' ? at : null}::timestamptz,
        due_at = due_at + case when ${became === 'later'}::boolean then ${at}::timestamptz - due_at + make_interval(secs => ${delay ?? 0}) else interval '0' end
      where id = ${id}`.execute(session);
    if (became !== 'later') await sql`delete from contact_warned where stream = ${row.stream} and number = ${row.number} and channel = ${row.channel}`.execute(session);
    if (became !== 'dead' || !isElectronic(row.channel) || row.kind !== 'notice-given') return;
    const { stream, number, subject_key, household_key } = row;
    await session.insertInto('outbox').values({ id: outboxId({ stream, number }, 'paper'), stream, number, channel: 'paper', subject_key, household_key, created_at: at, due_at: at, attempts: 0 }).onConflict((conflict) => conflict.doNothing()).execute();
  });
  return became;
}
