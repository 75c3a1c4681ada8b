import { sql } from 'kysely';
import { fold, NOTICE_EVENTS, NOTICES, TASK_EVENTS, TASKS } from '#engine/casework/index.ts';
import type { LogRecord } from '#engine/casework/index.ts';
import type { Database, Session } from './database.ts';
import { ENTRY_COLUMNS, openPayload } from './log.ts';
import type { EntryRow } from './log.ts';
import { rowOfNotice, rowOfTask } from './read-model.ts';
import { rebuildLetters } from './rebuild-letters.ts';
import type { Vault } from './vault.ts';
import { rebuildVoice } from './voice/rebuild.ts';

/** How many streams are folded at a time. */
const STREAMS_AT_ONCE = 1_000;
const KINDS = [...Object.keys(TASK_EVENTS), ...Object.keys(NOTICE_EVENTS)];

/** Drops every task and notice, rating, matter and bundle of letters, and makes them again from the log, in one transaction; gives how many tasks and notices there are. What was sent stays sent. */
export async function rebuildReadModels(database: Database, vault: Vault): Promise<{ readonly tasks: number; readonly notices: number }> {
  return database.system('rebuild the read models', async (session) => {
    await sql`delete from task`.execute(session);
    await sql`delete from notice`.execute(session);
    await rebuildVoice(session, vault);
    await rebuildLetters(session, vault);
    const made = { tasks: 0, notices: 0 };
    for (let after = ''; ; ) {
      const { rows } = await sql<{ stream: string }>`select distinct stream from log_entry where stream > ${after} and kind = any (${KINDS}::text[]) order by stream limit ${STREAMS_AT_ONCE}`.execute(session);
      const streams = rows.map(({ stream }) => stream);
      if (streams.length === 0) return made;
      const { tasks, notices } = await refold(session, vault, streams);
      made.tasks += tasks;
      made.notices += notices;
      after = streams.at(-1) ?? after;
    }
  });
}

/** Folds streams from their beginning and puts what comes out into the read models. */
export async function refold(session: Session, vault: Vault, streams: readonly string[]): Promise<{ readonly tasks: number; readonly notices: number }> {
  const { rows } = await sql<EntryRow & { body: Uint8Array | null }>`
    select ${ENTRY_COLUMNS}, p.body from log_entry e left join log_payload p using (stream, sequence)
    where e.stream = any (${[...streams]}::text[]) and e.kind = any (${KINDS}::text[]) order by e.stream, e.sequence`.execute(session);
  const byStream = Map.groupBy(rows.map((row): LogRecord => ({ ...row, subjectKey: row.subject_key, householdKey: row.household_key, payload: openPayload(vault, row, row.body) })), ({ stream }) => stream);
  const folded = [...byStream.values()].map((records) => ({ tasks: [...fold(TASKS, records).values()], notices: [...fold(NOTICES, records).values()] }));
  const [tasks, notices] = [folded.flatMap((one) => one.tasks.map(rowOfTask)), folded.flatMap((one) => one.notices.map(rowOfNotice))];
  if (tasks.length > 0) await sql`select minsheng.put_tasks((${JSON.stringify(tasks)}::text)::jsonb)`.execute(session);
  if (notices.length > 0) await sql`select minsheng.put_notices((${JSON.stringify(notices)}::text)::jsonb)`.execute(session);
  return { tasks: tasks.length, notices: notices.length };
}
