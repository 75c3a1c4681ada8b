import { sql } from 'kysely';
import { append, bytesOfPayload, emptyHead } from '#engine/casework/index.ts';
import type { Json, LogEntry, LogHead, LogRecord, LogStamp } from '#engine/casework/index.ts';
import type { Random } from '#engine/ports.ts';
import { withChannels } from './channel.ts';
import type { Session } from './database.ts';
import { project } from './read-model.ts';
import type { Vault, VaultRefusal } from './vault.ts';

/** One event to append, to whatever stream and about whomever; null: about nobody in particular. */
export interface Append {
  readonly stream: string;
  readonly subjectKey: string | null;
  readonly householdKey: string | null;
  readonly kind: string;
  readonly payload: Json;
}

/** Who appends and when, and where salts come from. */
export interface AppendStamp extends LogStamp {
  readonly random: Random;
}

/** Somebody else continued one of the streams meanwhile: nothing of the transaction was kept; read again and try again. */
export class LogConflict extends Error {
  readonly kind = 'log-conflict';
  constructor(cause: unknown) {
    super('a stream was continued by somebody else meanwhile', { cause });
  }
}

/** An entry with what it says. */
export type ReadEntry = LogEntry & LogRecord;

const SALT_BYTES = 16;
const UNIQUE_VIOLATION = '23505';

/**
 * Appends events, any number to any number of streams, and carries them into the read models; gives the entries in
 * the order of the events. A notice that does not say on which ways it leaves takes those that its person has in force.
 *
 * Throws `LogConflict` where another transaction was first. The policies decide who may append where.
 */
export async function appendEvents(session: Session, vault: Vault, given: readonly Append[], { at, actor, random }: AppendStamp): Promise<readonly LogEntry[]> {
  if (given.length === 0) return [];
  const appends = await withChannels(session, given);
  const heads = await logHeads(session, [...new Set(appends.map(({ stream }) => stream))]);
  const rows = appends.map(({ stream, kind, payload, ...about }) => {
    const [salt, bytes] = [random(SALT_BYTES), bytesOfPayload(payload)];
    const [entry] = append(heads.get(stream) ?? emptyHead(stream), [{ kind, payload: bytes, salt }], { at, actor });
    if (!entry) throw new Error('one draft makes one entry');
    heads.set(stream, entry);
    return { ...about, entry, salt: base64(salt), body: base64(vault.seal(bytes, placeOf(entry))) };
  });
  const column = <T>(of: (row: (typeof rows)[number]) => T): T[] => rows.map(of);
  try {
    await sql`
      insert into log_entry (stream, sequence, kind, at, actor, payload_hash, previous, hash, subject_key, household_key)
      select stream, sequence, kind, ${at}::timestamptz, ${actor}, decode(payload_hash, 'hex'), decode(previous, 'hex'), decode(hash, 'hex'), subject_key, household_key
      from unnest(${column(({ entry }) => entry.stream)}::text[], ${column(({ entry }) => entry.sequence)}::integer[], ${column(({ entry }) => entry.kind)}::text[],
        ${column(({ entry }) => entry.payloadHash)}::text[], ${column(({ entry }) => entry.previous)}::text[], ${column(({ entry }) => entry.hash)}::text[],
        ${column(({ subjectKey }) => subjectKey)}::text[], ${column(({ householdKey }) => householdKey)}::text[])
        as new (stream, sequence, kind, payload_hash, previous, hash, subject_key, household_key)`.execute(session);
  } catch (error) {
    if (codeOf(error) === UNIQUE_VIOLATION) throw new LogConflict(error);
    throw error;
  }
  await sql`
    insert into log_payload (stream, sequence, salt, body, subject_key, household_key)
    select stream, sequence, decode(salt, 'base64'), decode(body, 'base64'), subject_key, household_key
    from unnest(${column(({ entry }) => entry.stream)}::text[], ${column(({ entry }) => entry.sequence)}::integer[], ${column(({ salt }) => salt)}::text[],
      ${column(({ body }) => body)}::text[], ${column(({ subjectKey }) => subjectKey)}::text[], ${column(({ householdKey }) => householdKey)}::text[])
      as new (stream, sequence, salt, body, subject_key, household_key)`.execute(session);
  const entries = column(({ entry }) => entry);
  await project(session, entries.map((entry, index): LogRecord => ({ ...entry, subjectKey: appends[index]?.subjectKey ?? null, householdKey: appends[index]?.householdKey ?? null, payload: appends[index]?.payload })));
  return entries;
}

/** A stream from its beginning, as far as the principal may read it: all of it or nothing. */
export async function readStream(session: Session, vault: Vault, stream: string): Promise<readonly ReadEntry[]> {
  const { rows } = await sql<EntryRow & { body: Uint8Array | null }>`
    select ${ENTRY_COLUMNS}, p.body from log_entry e left join log_payload p using (stream, sequence)
    where e.stream = ${stream} order by e.sequence`.execute(session);
  return rows.map((row) => ({ ...entryOf(row), subjectKey: row.subject_key, householdKey: row.household_key, payload: openPayload(vault, row, row.body) }));
}

/** Why a vault is not the one of this store: what was sealed first does not open with it; undefined where it does, or nothing is sealed yet. */
export async function vaultRefusal(session: Session, vault: Vault): Promise<Extract<VaultRefusal, { kind: 'key-other' }> | undefined> {
  const { rows } = await sql<{ stream: string; sequence: number; body: Uint8Array }>`select stream, sequence, body from log_payload order by stream, sequence limit 1`.execute(session);
  try {
    for (const row of rows) vault.open(row.body, placeOf(row));
    return undefined;
  } catch {
    return { kind: 'key-other' };
  }
}

/** Tries again what another transaction was before; after so many times the conflict is the result. */
export async function retryOnConflict<T>(run: () => Promise<T>, attempts = 5): Promise<T | { readonly kind: 'log-conflict' }> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof LogConflict)) throw error;
    }
  }
  return { kind: 'log-conflict' };
}

/** Where each stream ends; a stream without an entry is not in it. */
export async function logHeads(session: Session, streams: readonly string[]): Promise<Map<string, LogHead>> {
  const { rows } = await sql<LogHead>`select stream, sequence, hash from minsheng.log_heads(${[...streams]}::text[])`.execute(session);
  return new Map(rows.map((row) => [row.stream, row]));
}

/** A row of `log_entry` as `ENTRY_COLUMNS` selects it. */
export interface EntryRow {
  readonly stream: string;
  readonly sequence: number;
  readonly kind: string;
  readonly at: string;
  readonly actor: string;
  readonly payload_hash: string;
  readonly previous: string;
  readonly hash: string;
  readonly subject_key: string | null;
  readonly household_key: string | null;
}

/** What is selected of `log_entry e`. */
export const ENTRY_COLUMNS = sql.raw(`e.stream, e.sequence, e.kind, e.at, e.actor, encode(e.payload_hash, 'hex') as payload_hash, encode(e.previous, 'hex') as previous, encode(e.hash, 'hex') as hash, e.subject_key, e.household_key`);

export function entryOf({ stream, sequence, kind, at, actor, payload_hash: payloadHash, previous, hash }: EntryRow): LogEntry {
  return { stream, sequence, kind, at, actor, payloadHash, previous, hash };
}

/** What an entry says; undefined where it was erased. */
export function openPayload(vault: Vault, at: { readonly stream: string; readonly sequence: number }, body: Uint8Array | null): Json | undefined {
  return body === null ? undefined : (JSON.parse(new TextDecoder().decode(vault.open(body, placeOf(at)))) as Json);
}

/** Where a payload is sealed for: a body that was moved beside another entry does not open. */
export function placeOf({ stream, sequence }: { readonly stream: string; readonly sequence: number }): string {
  return `${stream}\n${sequence}`;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
