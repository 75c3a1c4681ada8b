import { sql } from 'kysely';
import { ENTRY_COLUMNS, entryOf, openPayload } from './log.ts';
import type { EntryRow, ReadEntry } from './log.ts';
import type { Session } from './database.ts';
import type { Schema } from './schema.ts';
import type { Vault } from './vault.ts';

/** Every entry of the cases that the principal may read, with what it says, case by case. */
export async function casesOf(session: Session, vault: Vault): Promise<readonly ReadEntry[]> {
  const { rows } = await sql<EntryRow & { body: Uint8Array | null }>`
    select ${ENTRY_COLUMNS}, p.body from log_entry e left join log_payload p using (stream, sequence)
    where e.stream like 'case/%' order by e.stream, e.sequence`.execute(session);
  return rows.map((row) => ({ ...entryOf(row), subjectKey: row.subject_key, householdKey: row.household_key, payload: openPayload(vault, row, row.body) }));
}

/** Every line of the ledger that the principal may read, in the order in which they were booked. */
export async function linesOf(session: Session): Promise<readonly Pick<Schema['ledger_line'], 'service' | 'period' | 'kind' | 'amount_fen' | 'booked_at'>[]> {
  return session.selectFrom('ledger_line').select(['service', 'period', 'kind', 'amount_fen', 'booked_at']).orderBy('line').execute();
}
