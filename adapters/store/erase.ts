import { sql } from 'kysely';
import type { Session } from './database.ts';
import { appendEvents } from './log.ts';
import type { AppendStamp } from './log.ts';
import type { Vault } from './vault.ts';
import { forgetVoice } from './voice/rebuild.ts';

export type EraseRefusal = { readonly kind: 'stream-has-open-task'; readonly stream: string };

/**
 * Erases everything that streams say: their payloads, what was made of them (tasks, notices, grants, mandates …), the evidence
 * and the addresses in them, and what was still to be sent. The
 * chain stays whole, and an entry says that and why it was erased. Only the system may; a stream with an open task is
 * refused, and then nothing is erased. Gives the number of payloads.
 */
export async function erasePayloads(session: Session, vault: Vault, streams: readonly string[], { reason, ...by }: AppendStamp & { readonly reason: string }): Promise<number | EraseRefusal> {
  const names = [...streams];
  const { rows: open } = await sql<{ stream: string }>`select stream from task where stream = any (${names}::text[]) and state <> 'done' limit 1`.execute(session);
  if (open[0]) return { kind: 'stream-has-open-task', stream: open[0].stream };
  const { rows: subjects } = await sql<{ stream: string; sequence: number; subject_key: string | null; household_key: string | null }>`
    select distinct on (stream) stream, sequence, subject_key, household_key from log_entry where stream = any (${names}::text[]) order by stream, sequence desc`.execute(session);
  const { rows: erased } = await sql`delete from log_payload where stream = any (${names}::text[]) returning sequence`.execute(session);
  for (const table of ['task', 'notice', 'outbox', 'evidence', 'contact', 'contact_proof', 'contact_warned']) await sql`delete from ${sql.table(table)} where stream = any (${names}::text[])`.execute(session);
  for (const table of ['mandate', 'proof']) await sql`delete from ${sql.table(table)} where stream = any (${names}::text[])`.execute(session);
  for (const table of ['benefit_grant', 'recovery']) await sql`delete from ${sql.table(table)} where 'case/' || service || '/' || subject_key = any (${names}::text[])`.execute(session);
  await forgetVoice(session, names);
  await appendEvents(session, vault, subjects.map(({ stream, sequence, subject_key: subjectKey, household_key: householdKey }) => ({ stream, subjectKey, householdKey, kind: 'payloads-erased', payload: { upTo: sequence, reason } })), by);
  return erased.length;
}
