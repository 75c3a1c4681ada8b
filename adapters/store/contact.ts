import { sql } from 'kysely';
import { channelsFor, CODE_TRIES, CODES_AN_HOUR, contactStream, isElectronic, maskedAddress, noticeOfChange } from '#engine/contact/index.ts';
import type { ContactDetails, ContactEvent, ContactRefusal, ElectronicChannel, KnownAddress } from '#engine/contact/index.ts';
import type { CalendarDate, Locale } from '#engine/kernel/index.ts';
import type { Principal } from '#engine/ports.ts';
import type { Database, Session } from './database.ts';
import { appendEvents } from './log.ts';
import type { AppendStamp } from './log.ts';
import type { Schema } from './schema.ts';
import type { Vault } from './vault.ts';

type Person = Extract<Principal, { kind: 'person' }>;

/** With what a person changes how they hear, under their own rights. */
export interface ContactDoor {
  readonly database: Database;
  readonly vault: Vault;
  readonly by: Omit<AppendStamp, 'actor'>;
}

/** What whoever heard at an address until now is told of a change: the day, and whom to call if it was not they. */
export interface ChangeTold {
  readonly on: CalendarDate;
  readonly phone: string;
}

/** An address that is to be proven. */
export interface AskedAddress {
  readonly channel: ElectronicChannel;
  readonly address: string;
  /** The instant until which its code is good. */
  readonly until: string;
  readonly locale: Locale;
}

/**
 * Keeps an address until it is proven, and puts a code for it into the outbox; one of before is worth nothing any more. Who asks
 * for one code after the other could write to strangers with them, and has to wait.
 */
export async function askContact({ database, vault, by }: ContactDoor, person: Person, { channel, address, until, locale }: AskedAddress): Promise<'asked' | ContactRefusal> {
  const { id } = person;
  return database.write(person, 'ask for a code', async (session) => {
    const minutes = await minutesToWait(session, id, by.at);
    if (minutes > 0) return { kind: 'too-many-codes', minutes };
    const number = await happened(session, vault, { ...by, actor: id }, { kind: 'contact-asked', payload: { channel, until, locale } });
    const row = { number, locale, address: seal(vault, id, channel, 'address', address), code: seal(vault, id, channel, 'code', newDigits(by)), until, tries: 0 };
    await session.insertInto('contact_proof').values({ subject_key: id, channel, household_key: null, stream: contactStream(id), ...row })
      .onConflict((conflict) => conflict.columns(['subject_key', 'channel']).doUpdateSet(row)).execute();
    return 'asked';
  });
}

/**
 * Puts the address in force whose code this is; where they heard until then they are told. False where it is not:
 * mistyped, too old, or tried too often; each try counts.
 */
export async function proveContact({ database, vault, by }: ContactDoor, person: Person, channel: ElectronicChannel, { code, told }: { readonly code: string; readonly told: ChangeTold }): Promise<boolean> {
  const { id } = person;
  return database.write(person, 'prove an address', async (session) => {
    const asked = await session.selectFrom('contact_proof').selectAll().where('subject_key', '=', id).where('channel', '=', channel).forUpdate().executeTakeFirst();
    if (!asked) return false;
    if (asked.tries >= CODE_TRIES || asked.until <= by.at || opened(vault, id, channel, 'code', asked.code) !== code) {
      await session.updateTable('contact_proof').set({ tries: asked.tries + 1 }).where('subject_key', '=', id).where('channel', '=', channel).execute();
      return false;
    }
    const { locale, address } = asked;
    const before = await contactsBefore(session, id);
    const isChange = !before.some((one) => one.channel === channel && one.address !== null && addressIn(vault, id, channel, one.address) === addressIn(vault, id, channel, address));
    const number = await happened(session, vault, { ...by, actor: id }, { kind: 'contact-proven', payload: { channel, locale } });
    await session.deleteFrom('contact_proof').where('subject_key', '=', id).where('channel', '=', channel).execute();
    await session.insertInto('contact').values({ subject_key: id, channel, household_key: null, stream: contactStream(id), number, locale, address })
      .onConflict((conflict) => conflict.columns(['subject_key', 'channel']).doUpdateSet({ number, locale, address })).execute();
    if (isChange) await warn(session, vault, { ...by, actor: id }, before, told);
    return true;
  });
}

/** Erases an address, proven or not; one that was in force hears of it, and is erased then. One that is not there: nothing changes. */
export async function removeContact({ database, vault, by }: ContactDoor, person: Person, channel: ElectronicChannel, told: ChangeTold): Promise<void> {
  const { id } = person;
  await database.write(person, 'remove an address', async (session) => {
    const before = await contactsBefore(session, id);
    const asked = await session.deleteFrom('contact_proof').where('subject_key', '=', id).where('channel', '=', channel).returning('number').executeTakeFirst();
    const known = await session.deleteFrom('contact').where('subject_key', '=', id).where('channel', '=', channel).returning('number').executeTakeFirst();
    if (asked ?? known) await happened(session, vault, { ...by, actor: id }, { kind: 'contact-removed', payload: { channel } });
    if (known) await warn(session, vault, { ...by, actor: id }, before, told);
  });
}

/** Says whether they want letters besides. As it was: nothing changes. */
export async function wantPaper({ database, vault, by }: ContactDoor, person: Person, wanted: boolean, locale: Locale): Promise<void> {
  const { id } = person;
  await database.write(person, 'want letters', async (session) => {
    const there = await session.selectFrom('contact').select('number').where('subject_key', '=', id).where('channel', '=', 'paper').executeTakeFirst();
    if ((there !== undefined) === wanted) return;
    const number = await happened(session, vault, { ...by, actor: id }, { kind: 'contact-paper', payload: { wanted } });
    if (wanted) await session.insertInto('contact').values({ subject_key: id, channel: 'paper', household_key: null, stream: contactStream(id), number, locale, address: null }).execute();
    else await session.deleteFrom('contact').where('subject_key', '=', id).where('channel', '=', 'paper').execute();
  });
}

/** How somebody hears, at an instant; of anybody else nothing is seen. */
export async function contactOf(session: Session, vault: Vault, person: string, now: string): Promise<ContactDetails> {
  const known = await session.selectFrom('contact').select(['channel', 'address']).where('subject_key', '=', person).orderBy('channel').execute();
  const asked = await session.selectFrom('contact_proof').select(['channel', 'address']).where('subject_key', '=', person).where('until', '>', now).orderBy('channel').execute();
  const shown = ({ channel, address }: { readonly channel: string; readonly address: Uint8Array | null }): readonly KnownAddress[] =>
    (address !== null && isElectronic(channel) ? [{ channel, masked: maskedAddress(channel, addressIn(vault, person, channel, address)) }] : []);
  return { addresses: known.flatMap(shown), asked: asked.flatMap(shown), paper: known.some(({ channel }) => channel === 'paper') };
}

/** An address as a table holds it. */
export function addressIn(vault: Vault, person: string, channel: string, sealed: Uint8Array): string {
  return opened(vault, person, channel, 'address', sealed);
}

/** A code as a table holds it. */
export function codeIn(vault: Vault, person: string, channel: string, sealed: Uint8Array): string {
  return opened(vault, person, channel, 'code', sealed);
}

type Before = Pick<Schema['contact'], 'channel' | 'locale' | 'address'>;

function contactsBefore(session: Session, person: string): Promise<readonly Before[]> {
  return session.selectFrom('contact').select(['channel', 'locale', 'address']).where('subject_key', '=', person).orderBy('channel').execute();
}

/** Tells whoever heard on the ways of before that they were changed, at the addresses of before: they are kept until it has left. */
async function warn(session: Session, vault: Vault, by: AppendStamp, before: readonly Before[], { on, phone }: ChangeTold): Promise<void> {
  const about = { subjectKey: by.actor, householdKey: null, stream: contactStream(by.actor) };
  const payload = { ...noticeOfChange(on, phone), channels: [...channelsFor(before.map(({ channel }) => channel))] };
  const [entry] = await appendEvents(session, vault, [{ ...about, kind: 'notice-given', payload }], by);
  const rows = before.flatMap(({ channel, locale, address }) => (isElectronic(channel) && address !== null && entry ? [{ subject_key: by.actor, number: entry.sequence, channel, household_key: null, stream: about.stream, locale, address }] : []));
  if (rows.length > 0) await session.insertInto('contact_warned').values(rows).execute();
}

async function happened(session: Session, vault: Vault, by: AppendStamp, { kind, payload }: ContactEvent): Promise<number> {
  const [entry] = await appendEvents(session, vault, [{ stream: contactStream(by.actor), subjectKey: by.actor, householdKey: null, kind, payload }], by);
  if (!entry) throw new Error('one event makes one entry');
  return entry.sequence;
}

/** For which place an address or a code is sealed. */
export const contactPlace = (person: string, channel: string, what: 'address' | 'code'): string => `contact\n${person}\n${channel}\n${what}`;

function seal(vault: Vault, person: string, channel: string, what: 'address' | 'code', text: string): Uint8Array {
  return vault.seal(new TextEncoder().encode(text), contactPlace(person, channel, what));
}

function opened(vault: Vault, person: string, channel: string, what: 'address' | 'code', sealed: Uint8Array): string {
  return new TextDecoder().decode(vault.open(sealed, contactPlace(person, channel, what)));
}

/** In how many minutes somebody may ask for another code; 0: now. */
async function minutesToWait(session: Session, person: string, now: string): Promise<number> {
  const { rows } = await sql<{ minutes: number }>`
    select ceil(extract(epoch from at + interval '1 hour' - ${now}::timestamptz) / 60)::integer as minutes from log_entry
    where stream = ${contactStream(person)} and kind = 'contact-asked' and at > ${now}::timestamptz - interval '1 hour'
    order by at desc offset ${CODES_AN_HOUR - 1} limit 1`.execute(session);
  return rows[0]?.minutes ?? 0;
}

/** Six digits that nobody can foresee. */
function newDigits({ random }: Pick<AppendStamp, 'random'>): string {
  return String(Buffer.from(random(4)).readUInt32BE() % 1_000_000).padStart(6, '0');
}
