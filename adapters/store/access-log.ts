import { AsyncLocalStorage } from 'node:async_hooks';
import { sql } from 'kysely';
import { append, auditStream, bytesOfPayload, emptyHead } from '#engine/casework/index.ts';
import type { LogHead } from '#engine/casework/index.ts';
import type { Random } from '#engine/ports.ts';
import { isInsideStoreCall } from './database.ts';
import type { Database, Session } from './database.ts';
import { LogConflict, logHeads, retryOnConflict } from './log.ts';

/** One look at data about people. */
export interface Access {
  readonly actor: string;
  /** Where whoever looked works; left out: the person themselves, their family or the machine. */
  readonly department?: string | undefined;
  readonly purpose: string;
  /** The door: a page, an address of the API, a command. */
  readonly through: string;
  /** Whose data; a run over everybody is one access that every resident can see. */
  readonly about: { readonly kind: 'subject'; readonly subjectKey: string; readonly householdKey: string | null } | { readonly kind: 'batch'; readonly id: string };
  /** What was read, by the ids of facts or the columns of tables. */
  readonly columns: readonly string[];
}

/** The access log as one writer sees it. */
export interface AccessLog {
  /** Resolves when the accesses are on disk: data are shown only after that. Not inside a call of the store, which would wait for itself. */
  readonly write: (accesses: readonly Access[]) => Promise<void>;
  /** Writes what is waiting. */
  readonly close: () => Promise<void>;
}

/** How long an access waits for others to share a transaction with. */
const GATHER_MILLISECONDS = 5;
const SALT_BYTES = 16;

interface Waiting {
  readonly rows: readonly (Access & { readonly at: string })[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Opens the access log for a writer with a shard of its own: a chain that nobody else continues, so that writers do not wait for one another. */
export function openAccessLog(database: Database, shard: string, { now, random }: { readonly now: () => string; readonly random: Random }): AccessLog {
  const stream = auditStream(shard);
  const outside = AsyncLocalStorage.snapshot();
  const waiting: Waiting[] = [];
  let head: LogHead | undefined;
  let running: Promise<void> | undefined;

  const writeGroup = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const end = await retryOnConflict(() => commit(database, head ?? stream, group.flatMap(({ rows }) => rows), random).catch((error: unknown) => {
        head = undefined;
        throw error;
      }));
      if (!('hash' in end)) throw new LogConflict(undefined);
      head = end;
      for (const { resolve } of group) resolve();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  };
  const start = (): void => {
    running ??= outside(async () => {
      await new Promise((resolve) => setTimeout(resolve, GATHER_MILLISECONDS));
      while (waiting.length > 0) await writeGroup(waiting.splice(0));
      running = undefined;
    });
  };
  return {
    write: (accesses) => {
      if (isInsideStoreCall()) throw new Error('an access is logged before or after a store call, not inside it');
      if (accesses.length === 0) return Promise.resolve();
      const at = now();
      return new Promise((resolve, reject) => {
        waiting.push({ rows: accesses.map((access) => ({ ...access, at })), resolve, reject });
        start();
      });
    },
    close: async () => {
      await running;
    },
  };
}

/** Appends a group to the chain of the shard in one transaction; gives where the chain ends then. */
function commit(database: Database, from: LogHead | string, rows: Waiting['rows'], random: Random): Promise<LogHead> {
  return database.system('log accesses', async (session) => {
    const stream = typeof from === 'string' ? from : from.stream;
    let head: LogHead = typeof from === 'string' ? ((await logHeads(session, [stream])).get(stream) ?? emptyHead(stream)) : from;
    const made = rows.map((access) => {
      const row = { ...access, ...aboutOf(access), salt: random(SALT_BYTES) };
      const [entry] = append(head, [{ kind: 'access', payload: accessPayload(row), salt: row.salt }], access);
      if (!entry) throw new Error('one draft makes one entry');
      head = entry;
      return { ...row, entry };
    });
    await insert(session, stream, made);
    return head;
  });
}

interface AccessAbout {
  readonly subjectKey: string | null;
  readonly householdKey: string | null;
  readonly batch: string | null;
}

function aboutOf({ about }: Access): AccessAbout {
  return about.kind === 'batch' ? { subjectKey: null, householdKey: null, batch: about.id } : { subjectKey: about.subjectKey, householdKey: about.householdKey, batch: null };
}

/** The bytes of an access that its entry holds the digest of; the columns of its row say the same. Where nobody of a department looked, none is said: so were the entries made before departments were. */
export function accessPayload({ purpose, through, subjectKey, householdKey, batch, columns, department = null }: Pick<Access, 'purpose' | 'through' | 'columns'> & AccessAbout & { readonly department?: string | null | undefined }): Uint8Array {
  return bytesOfPayload({ purpose, through, subjectKey, householdKey, batch, columns, ...(department === null ? {} : { department }) });
}

type Made = Access & AccessAbout & { readonly at: string; readonly salt: Uint8Array; readonly entry: ReturnType<typeof append>[number] };

async function insert(session: Session, stream: string, rows: readonly Made[]): Promise<void> {
  const column = <T>(of: (row: Made) => T): T[] => rows.map(of);
  try {
    await sql`
      with new as (
        select * from unnest(${column(({ entry }) => entry.sequence)}::integer[], ${column(({ at }) => at)}::timestamptz[], ${column(({ actor }) => actor)}::text[],
          ${column(({ entry }) => entry.payloadHash)}::text[], ${column(({ entry }) => entry.previous)}::text[], ${column(({ entry }) => entry.hash)}::text[],
          ${column(({ purpose }) => purpose)}::text[], ${column(({ through }) => through)}::text[], ${column(({ subjectKey }) => subjectKey)}::text[],
          ${column(({ householdKey }) => householdKey)}::text[], ${column(({ batch }) => batch)}::text[], ${column(({ columns }) => JSON.stringify(columns))}::text[],
          ${column(({ salt }) => Buffer.from(salt).toString('hex'))}::text[], ${column(({ department }) => department ?? null)}::text[])
        as new (sequence, at, actor, payload_hash, previous, hash, purpose, through, subject_key, household_key, batch, columns, salt, department)
      ), entry as (
        insert into log_entry (stream, sequence, kind, at, actor, payload_hash, previous, hash)
        select ${stream}, sequence, 'access', at, actor, decode(payload_hash, 'hex'), decode(previous, 'hex'), decode(hash, 'hex') from new
      )
      insert into access_log (stream, sequence, at, actor, purpose, through, subject_key, household_key, batch, columns, salt, department)
      select ${stream}, sequence, at, actor, purpose, through, subject_key, household_key, batch,
        array(select jsonb_array_elements_text(columns::jsonb)), decode(salt, 'hex'), department from new`.execute(session);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '23505') throw new LogConflict(error);
    throw error;
  }
}
