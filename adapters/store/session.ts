import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Principal, Random } from '#engine/ports.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';
import type { Vault } from './vault.ts';

/** Who signed in. */
export interface SignedInAs {
  readonly kind: 'person' | 'staff';
  /** The key of a resident, or the id of a member of staff. */
  readonly holder: string;
  /** What they are called on a page. */
  readonly name: string;
}

/** Somebody who is signed in. */
export interface OpenSession extends SignedInAs {
  /** Names the session without being worth anything to a thief. */
  readonly id: string;
  readonly openedAt: string;
  /** When they last proved who they are. */
  readonly provenAt: string;
  /** For whom it is spent; null: for the holder. Whether it may be is for others to say. */
  readonly actingFor: string | null;
}

/** How long a sign-in lasts: minutes without a request, and hours in all. */
export const SESSION_LIMITS = { person: { idleMinutes: 30, hours: 12 }, staff: { idleMinutes: 15, hours: 10 } } as const satisfies Record<SignedInAs['kind'], { readonly idleMinutes: number; readonly hours: number }>;

const TOKEN_BYTES = 32;
/** A session that was seen less than so long ago is not written again. */
const SEEN_SECONDS = 60;
const LAPSED_HOURS = 24;

interface Stamp {
  readonly now: string;
  readonly random: Random;
}

const idOf = (token: string): string => createHash('sha256').update(token).digest('hex');
export const sessionPlace = (id: string): string => `session/${id}`;

/** Opens a session and gives the secret of its cookie, which is nowhere else. */
export async function openSession(database: Database, vault: Vault, { kind, holder, name }: SignedInAs, { now, random }: Stamp): Promise<string> {
  const token = Buffer.from(random(TOKEN_BYTES)).toString('base64url');
  const id = idOf(token);
  await database.system('sign in', (session) => session.insertInto('session').values({
    token_hash: id, kind, holder, name: vault.seal(new TextEncoder().encode(name), sessionPlace(id)), opened_at: now, seen_at: now, proven_at: now, ended_at: null, acting_for: null, subject_key: kind === 'person' ? holder : null,
  }).execute());
  return token;
}

/** Who holds a cookie now; undefined where it is none, was ended, or has not been used for too long. Being seen keeps it open. */
export async function sessionOf(database: Database, vault: Vault, token: string, now: string): Promise<OpenSession | undefined> {
  const id = idOf(token);
  return database.system('who is signed in', async (session) => {
    const { rows: [row] } = await sql<Found>`
      select kind, holder, name, opened_at, proven_at, acting_for,
        extract(epoch from ${now}::timestamptz - seen_at)::float8 as unseen_seconds, extract(epoch from ${now}::timestamptz - opened_at)::float8 as open_seconds
      from session where token_hash = ${id} and ended_at is null`.execute(session);
    if (!row || isOver(row)) return undefined;
    if (row.unseen_seconds >= SEEN_SECONDS) await session.updateTable('session').set({ seen_at: now }).where('token_hash', '=', id).execute();
    return { id, kind: row.kind, holder: row.holder, name: new TextDecoder().decode(vault.open(row.name, sessionPlace(id))), openedAt: row.opened_at, provenAt: row.proven_at, actingFor: row.acting_for };
  });
}

interface Age {
  readonly kind: SignedInAs['kind'];
  readonly unseen_seconds: number;
  readonly open_seconds: number;
}

type Found = Pick<Schema['session'], 'holder' | 'name' | 'opened_at' | 'proven_at' | 'acting_for'> & Age;

function isOver({ kind, unseen_seconds: unseen, open_seconds: open }: Age): boolean {
  const { idleMinutes, hours } = SESSION_LIMITS[kind];
  return unseen >= idleMinutes * 60 || open >= hours * 3_600;
}

/** Spends a session for somebody else from now on; null: for its holder again. */
export async function actFor(database: Database, id: string, other: string | null): Promise<void> {
  await database.system('act for another', (session) => session.updateTable('session').set({ acting_for: other }).where('token_hash', '=', id).execute());
}

/** Who held a session that was not used for too long, up to a day after it began; undefined where it is open, was ended by them, or never was. */
export async function lapsedHolder(database: Database, token: string, now: string): Promise<string | undefined> {
  const { rows: [row] } = await database.system('whose session has lapsed', (session) => sql<Age & { readonly holder: string }>`
    select kind, holder, extract(epoch from ${now}::timestamptz - seen_at)::float8 as unseen_seconds, extract(epoch from ${now}::timestamptz - opened_at)::float8 as open_seconds
    from session where token_hash = ${idOf(token)} and kind = 'person' and ended_at is null`.execute(session));
  return row && isOver(row) && row.open_seconds < LAPSED_HOURS * 3_600 ? row.holder : undefined;
}

/** Notes that the holder of a session has proved again who they are. */
export async function proveAgain(database: Database, id: string, now: string): Promise<void> {
  await database.system('prove again', (session) => session.updateTable('session').set({ proven_at: now }).where('token_hash', '=', id).where('ended_at', 'is', null).execute());
}

/** Ends one session; one that has ended stays as it ended. */
export async function endSession(database: Database, id: string, now: string): Promise<void> {
  await database.system('sign out', (session) => session.updateTable('session').set({ ended_at: now }).where('token_hash', '=', id).where('ended_at', 'is', null).execute());
}

/** Ends all sessions of somebody, but for one where it is named; gives how many. */
export async function endSessionsOf(database: Database, { kind, holder }: Pick<SignedInAs, 'kind' | 'holder'>, now: string, but = ''): Promise<number> {
  const [done] = await database.system('sign out everywhere', (session) => session.updateTable('session').set({ ended_at: now }).where('kind', '=', kind).where('holder', '=', holder).where('ended_at', 'is', null).where('token_hash', '<>', but).execute());
  return Number(done?.numUpdatedRows ?? 0);
}

/** One place where somebody is signed in; `here`: the one that asks. */
export interface SeenSession {
  readonly openedAt: string;
  readonly seenAt: string;
  readonly here: boolean;
}

/** The sessions of a person that are not over, by their own rights; `here` is the one they ask from. */
export async function sessionsOf(database: Database, person: Extract<Principal, { kind: 'person' }>, here: string, now: string): Promise<readonly SeenSession[]> {
  const { rows } = await database.read(person, 'where am I signed in', (session) => sql<{ opened_at: string; seen_at: string; unseen_seconds: number; open_seconds: number }>`
    select opened_at, seen_at, extract(epoch from ${now}::timestamptz - seen_at)::float8 as unseen_seconds, extract(epoch from ${now}::timestamptz - opened_at)::float8 as open_seconds
    from session where ended_at is null order by seen_at desc, opened_at desc`.execute(session));
  // Digests are nobody's to read: of the one that asks the system says when it was opened.
  const own = await database.system('which session asks', (session) => session.selectFrom('session').select('opened_at').where('token_hash', '=', here).executeTakeFirst());
  return rows.filter((row) => !isOver({ kind: 'person', ...row })).map((row) => ({ openedAt: row.opened_at, seenAt: row.seen_at, here: row.opened_at === own?.opened_at }));
}
