import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { checkNext, checkPayload, emptyHead } from '#engine/casework/index.ts';
import type { LogFault, LogHead } from '#engine/casework/index.ts';
import { accessPayload } from './access-log.ts';
import type { Session } from './database.ts';
import { ENTRY_COLUMNS, entryOf, placeOf } from './log.ts';
import type { EntryRow } from './log.ts';
import type { Vault } from './vault.ts';

/** What verifying every stream of the log came to. */
export interface Verification {
  readonly streams: number;
  readonly entries: number;
  /** Entries whose payload is beside them, and those whose payload was erased. */
  readonly payloads: number;
  readonly erased: number;
  /** SHA-256 of the end of every stream: whoever writes it down can show later that no stream was cut off. */
  readonly digest: string;
  /** The first bad entry of each bad stream, at most `MOST_FAULTS` of them. */
  readonly faults: readonly LogFault[];
}

const ENTRIES_AT_ONCE = 2_000;
const MOST_FAULTS = 100;

type Row = EntryRow & { salt: Uint8Array | null; body: Uint8Array | null; access_salt: Uint8Array | null; purpose: string; through: string; access_subject: string | null; access_household: string | null; batch: string | null; columns: readonly string[]; department: string | null };

/** Checks every chain, and the payloads of every entry where the vault is given, page by page. The session must see all of it: the system's or the owner's. */
export async function verifyLog(session: Session, vault?: Vault): Promise<Verification> {
  const count = { streams: 0, entries: 0, payloads: 0, erased: 0 };
  const faults = new Map<string, LogFault>();
  const ends = createHash('sha256');
  let head: LogHead = emptyHead('');
  const leave = ({ stream, sequence, hash }: LogHead): unknown => sequence > 0 && ends.update(`${stream}\n${sequence}\n${hash}\n`);
  for (let page = await pageAfter(session, head); page.length > 0; page = await pageAfter(session, head)) {
    for (const row of page) {
      const entry = entryOf(row);
      if (entry.stream !== head.stream) {
        leave(head);
        head = emptyHead(entry.stream);
        count.streams += 1;
      }
      count.entries += 1;
      count[row.body === null && row.access_salt === null ? 'erased' : 'payloads'] += 1;
      const fault = faults.get(entry.stream) ?? checkNext(head, entry) ?? payloadFault(row, vault);
      if (fault && faults.size < MOST_FAULTS) faults.set(entry.stream, fault);
      head = entry;
    }
  }
  leave(head);
  return { ...count, digest: ends.digest('hex'), faults: [...faults.values()] };
}

async function pageAfter(session: Session, { stream, sequence }: LogHead): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select ${ENTRY_COLUMNS}, p.salt, p.body, a.salt as access_salt, a.purpose, a.through, a.subject_key as access_subject, a.household_key as access_household, a.batch, a.columns, a.department
    from log_entry e left join log_payload p using (stream, sequence) left join access_log a using (stream, sequence)
    where (e.stream, e.sequence) > (${stream}, ${sequence}) order by e.stream, e.sequence limit ${ENTRIES_AT_ONCE}`.execute(session);
  return rows;
}

function payloadFault(row: Row, vault: Vault | undefined): LogFault | undefined {
  const entry = entryOf(row);
  if (row.access_salt !== null) return checkPayload(entry, row.access_salt, accessPayload({ ...row, subjectKey: row.access_subject, householdKey: row.access_household }));
  if (!vault || row.body === null || row.salt === null) return undefined;
  try {
    return checkPayload(entry, row.salt, vault.open(row.body, placeOf(entry)));
  } catch {
    return { kind: 'payload-altered', stream: entry.stream, sequence: entry.sequence };
  }
}
