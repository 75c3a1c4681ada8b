import { sql } from 'kysely';
import { bundleStream } from '#engine/casework/index.ts';
import { isElectronic, LETTERS_AT_ONCE } from '#engine/contact/index.ts';
import type { BundleEvent } from '#engine/contact/index.ts';
import type { CalendarDate, Locale } from '#engine/kernel/index.ts';
import type { OwnNotice } from '#engine/mine/index.ts';
import type { Database, Session } from './database.ts';
import { appendEvents } from './log.ts';
import type { AppendStamp } from './log.ts';
import { toldOn } from './queue.ts';
import type { ToldRow } from './queue.ts';
import { outboxId } from './read-model.ts';
import type { Schema } from './schema.ts';
import type { Vault } from './vault.ts';

/** With what letters are taken, posted and given back; who may is asked before. */
export interface LettersDoor {
  readonly database: Database;
  readonly vault: Vault;
  readonly by: AppendStamp;
}

/** What waits to be printed: rows of the outbox that nobody has taken, or that were given back. */
const WAITING = sql`o.channel = 'paper' and o.sent_at is null and o.dead_at is null and o.bundle is null`;
const ROWS_AT_ONCE = 1_000;

/** Where a letter is printed, empty where nobody knows; and whose it is: of a household its people, of a person they alone. */
export interface LetterPlace {
  readonly area: string;
  readonly people: readonly string[];
}

/**
 * Notes in which area each letter is to be printed that has none yet. What a household is told leaves to all of its people who have
 * an address instead, and is printed only where none has, or one wants letters besides.
 */
export async function placeLetters(database: Database, placeOf: (subjectKey: string) => LetterPlace): Promise<void> {
  for (let after = ''; ; ) {
    // oxlint-disable-next-line no-await-in-loop -- a piece of the rows after the other
    const last = await database.system('where letters go', async (session) => {
      const { rows } = await sql<UnplacedRow>`select o.id, o.stream, o.number, o.subject_key, o.household_key, o.created_at, o.due_at from outbox o where ${WAITING} and o.area is null and o.id > ${after} order by o.id limit ${ROWS_AT_ONCE}`.execute(session);
      const letters = rows.map((row) => ({ ...row, ...placeOf(row.subject_key) }));
      const needless = await sentToPeople(session, letters.filter(({ subject_key: subject, people }) => people.some((one) => one !== subject)));
      // A window that covers the whole city may have taken one meanwhile: it stays in its bundle.
      await sql`delete from outbox o where o.id = any (${needless}::text[]) and ${WAITING}`.execute(session);
      await sql`update outbox o set area = n.area from unnest(${letters.map(({ id }) => id)}::text[], ${letters.map(({ area }) => area)}::text[]) n (id, area) where o.id = n.id`.execute(session);
      return rows.length < ROWS_AT_ONCE ? undefined : rows.at(-1)?.id;
    });
    if (last === undefined) return;
    after = last;
  }
}

type UnplacedRow = Pick<Schema['outbox'], 'id' | 'stream' | 'number' | 'household_key' | 'created_at' | 'due_at'> & { readonly subject_key: string };

/** Puts what households are told into the outbox for each of their people who has an address; gives the letters that nobody needs any more. */
async function sentToPeople(session: Session, letters: readonly (UnplacedRow & LetterPlace)[]): Promise<string[]> {
  const { rows: known } = await sql<{ subject_key: string; channel: string }>`select subject_key, channel from contact where subject_key = any (${letters.flatMap(({ people }) => people)}::text[]) order by subject_key, channel`.execute(session);
  const ways = Map.groupBy(known, ({ subject_key: person }) => person);
  const needless: string[] = [];
  for (const { id, stream, number, household_key, created_at, due_at, people } of letters) {
    const of = people.flatMap((person) => ways.get(person) ?? []);
    const messages = of.filter(({ channel }) => isElectronic(channel)).map(({ subject_key, channel }) => ({ id: outboxId({ stream, number }, channel, subject_key), stream, number, channel, subject_key, household_key, created_at, due_at, attempts: 0 }));
    if (messages.length === 0) continue;
    // oxlint-disable-next-line no-await-in-loop -- one transaction runs one statement at a time
    await session.insertInto('outbox').values(messages).onConflict((conflict) => conflict.doNothing()).execute();
    if (messages.length === of.length) needless.push(id);
  }
  return needless;
}

/** How many letters wait in some areas, and the day of a time zone since which the first does; no areas: the whole city. */
export async function lettersWaiting(session: Session, areas: readonly string[], zone: string): Promise<{ readonly count: number; readonly since: CalendarDate | null }> {
  const { rows: [row] } = await sql<{ count: number; since: CalendarDate | null }>`
    select count(*)::integer as count, to_char(min(o.created_at) at time zone ${zone}::text, 'YYYY-MM-DD') as since
    from outbox o where ${WAITING} and minsheng.covers(${[...areas]}::text[], coalesce(o.area, ''))`.execute(session);
  return row ?? { count: 0, since: null };
}

/** Takes the letters of some areas that have waited the longest into a bundle with this id, all or nothing; false where none waits. Any number may take at once: none gets what another has. */
export async function takeLetters({ database, vault, by }: LettersDoor, id: string, areas: readonly string[]): Promise<boolean> {
  return database.system('take letters', async (session) => {
    const letters = await claimLetters(session, areas, by.at);
    if (letters.length === 0) return false;
    const sequence = await happened({ session, vault, by }, id, { kind: 'letters-taken', payload: { areas: [...areas], letters: [...letters] } });
    await session.insertInto('letter_bundle').values({ id, sequence, areas: [...areas], taken_by: by.actor, taken_at: by.at, posted_on: null, ended_at: null }).execute();
    await sql`update outbox set bundle = ${id}, attempts = attempts + 1 where id = any (${letters}::text[])`.execute(session);
    return true;
  });
}

/** What waits and still says something. A letter whose notice was erased is given up on the way: nothing is printed blank. */
async function claimLetters(session: Session, areas: readonly string[], at: string): Promise<string[]> {
  const letters: string[] = [];
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one transaction runs one statement at a time
    const { rows } = await sql<{ id: string; erased: boolean }>`
      select o.id, p.body is null as erased from outbox o left join log_payload p on p.stream = o.stream and p.sequence = o.number
      where ${WAITING} and minsheng.covers(${[...areas]}::text[], coalesce(o.area, '')) and o.id <> all (${letters}::text[])
      order by o.due_at, o.id limit ${LETTERS_AT_ONCE - letters.length} for update of o skip locked`.execute(session);
    letters.push(...rows.flatMap(({ id, erased }) => (erased ? [] : [id])));
    const erased = rows.flatMap((row) => (row.erased ? [row.id] : []));
    if (erased.length === 0) return letters;
    // oxlint-disable-next-line no-await-in-loop -- as above
    await giveUp(session, erased, at);
  }
}

async function giveUp(session: Session, letters: readonly string[], at: string): Promise<void> {
  await sql`update outbox set dead_at = ${at}, problem = 'erased' where id = any (${[...letters]}::text[])`.execute(session);
}

/** Notes that a bundle went to the post, or lets its letters wait again; false where either was done already. */
export async function endBundle({ database, vault, by }: LettersDoor, id: string, how: { readonly kind: 'posted'; readonly on: CalendarDate } | { readonly kind: 'given-back' }): Promise<boolean> {
  return database.system('end a bundle of letters', async (session) => {
    const open = await session.selectFrom('letter_bundle').select('id').where('id', '=', id).where('ended_at', 'is', null).forUpdate().executeTakeFirst();
    if (!open) return false;
    const sequence = await happened({ session, vault, by }, id, how.kind === 'posted' ? { kind: 'letters-posted', payload: { on: how.on } } : { kind: 'letters-given-back', payload: {} });
    await session.updateTable('letter_bundle').set({ sequence, ended_at: by.at, posted_on: how.kind === 'posted' ? how.on : null }).where('id', '=', id).execute();
    await (how.kind === 'posted'
      ? sql`update outbox set sent_at = ${by.at} where bundle = ${id} and sent_at is null and dead_at is null`
      : sql`update outbox set bundle = null where bundle = ${id} and sent_at is null and dead_at is null`).execute(session);
    return true;
  });
}

async function happened({ session, vault, by }: Omit<LettersDoor, 'database'> & { readonly session: Session }, id: string, { kind, payload }: BundleEvent): Promise<number> {
  const [entry] = await appendEvents(session, vault, [{ stream: bundleStream(id), subjectKey: null, householdKey: null, kind, payload }], by);
  if (!entry) throw new Error('one event makes one entry');
  return entry.sequence;
}

/** A bundle as the principal may see it, with the days of a time zone. */
export interface StoredBundle {
  readonly id: string;
  readonly takenBy: string;
  readonly takenOn: CalendarDate;
  readonly postedOn: CalendarDate | null;
  readonly ended: boolean;
}

const POSTED_SHOWN = 10;

/** The bundles that the principal may see: those that are open, the oldest first, and the last that were posted. */
export async function bundlesSeen(session: Session, zone: string): Promise<readonly StoredBundle[]> {
  const { rows } = await sql<StoredBundle>`
    (select ${bundleColumns(zone)} from letter_bundle where ended_at is null order by taken_at, id)
    union all (select ${bundleColumns(zone)} from letter_bundle where posted_on is not null order by ended_at desc, id limit ${POSTED_SHOWN})`.execute(session);
  return rows;
}

/** One bundle; undefined where there is none or the principal may not see it. */
export async function readBundle(session: Session, id: string, zone: string): Promise<StoredBundle | undefined> {
  return (await sql<StoredBundle>`select ${bundleColumns(zone)} from letter_bundle where id = ${id}`.execute(session)).rows[0];
}

const bundleColumns = (zone: string) => sql`id, taken_by as "takenBy", to_char(taken_at at time zone ${zone}::text, 'YYYY-MM-DD') as "takenOn", to_char(posted_on, 'YYYY-MM-DD') as "postedOn", ended_at is not null as ended`;

/** How many letters are in bundles. */
export async function countLetters(session: Session, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ bundle: string; count: number }>`select bundle, count(*)::integer as count from outbox where bundle = any (${[...ids]}::text[]) and dead_at is null group by bundle`.execute(session);
  return new Map(rows.map(({ bundle, count }) => [bundle, count]));
}

/** A letter with what it says, in the language in which its person wants letters. */
export interface BundledLetter {
  readonly notice: OwnNotice;
  readonly area: string;
  readonly locale: Locale;
}

/** The letters of a bundle as they are printed, those of an area together. What was erased since it was taken is given up and left out. */
export async function lettersOf(session: Session, vault: Vault, id: string, { zone, at }: { readonly zone: string; readonly at: string }): Promise<readonly BundledLetter[]> {
  const { rows: gone } = await sql<{ id: string }>`
    select o.id from outbox o where o.bundle = ${id} and o.dead_at is null and o.sent_at is null and not exists (select 1 from log_payload p join notice n on n.stream = p.stream and n.number = p.sequence where p.stream = o.stream and p.sequence = o.number)`.execute(session);
  if (gone.length > 0) await giveUp(session, gone.map((row) => row.id), at);
  const { rows } = await sql<ToldRow & { area: string | null; locale: Schema['contact']['locale'] | null }>`
    select n.*, p.body, to_char(n.given_at at time zone ${zone}::text, 'YYYY-MM-DD') as given_on, o.area, c.locale
    from outbox o join notice n on n.stream = o.stream and n.number = o.number join log_payload p on p.stream = o.stream and p.sequence = o.number
    left join contact c on c.subject_key = o.subject_key and c.channel = 'paper'
    where o.bundle = ${id} and o.channel = 'paper' and o.dead_at is null order by coalesce(o.area, ''), o.due_at, o.id`.execute(session);
  return rows.map(({ area, locale, ...row }) => ({ notice: toldOn(row, vault), area: area ?? '', locale: locale ?? 'zh' }));
}
