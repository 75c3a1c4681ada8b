import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { RETENTION, RETENTION_RULES } from '#engine/record/index.ts';
import type { DataSet, RetentionRule } from '#engine/record/index.ts';
import type { Random } from '#engine/ports.ts';
import type { Database, Session } from './database.ts';
import { erasePayloads } from './erase.ts';
import type { Vault } from './vault.ts';

/** How many rows, or streams where a data set is streams, were removed or would be. */
export interface ErasedSet {
  readonly data: DataSet;
  readonly count: number;
}

export interface EraseDue {
  readonly vault: Vault;
  /** Whose time is over at this instant. */
  readonly at: string;
  readonly random: Random;
  /** Only counted. */
  readonly dryRun?: boolean | undefined;
}

const STREAMS_AT_ONCE = 100;
/** An entry that only says that something was erased keeps nothing alive. */
const ERASED = 'payloads-erased';

/**
 * Removes what the table of retention says is to be removed and whose time is over; gives what, set by set. What the table leaves
 * to the operator, and everything of which work is still to be done, stays. Done again it does nothing.
 */
export async function eraseDue(database: Database, due: EraseDue): Promise<readonly ErasedSet[]> {
  const sets: ErasedSet[] = [];
  for (const [data, rule] of RETENTION_RULES) {
    if (rule.days === null || (rule.end !== 'deleted' && rule.end !== 'payload-erased')) continue;
    // oxlint-disable-next-line no-await-in-loop -- one transaction after the other
    const count = rule.cases ? await streamsDue(database, rule, due) : await rowsDue(database, data, due);
    if (count > 0) sets.push({ data, count });
  }
  return sets;
}

/** The rows of a data set whose time is over before an instant. */
const ROWS = {
  drafts: (before) => sql`voice_draft where changed_at < ${before}`,
  evidence: (before) => sql`evidence where ${restsBefore(sql.ref('evidence.stream'), before)}`,
  outbox: (before) => sql`outbox where coalesce(sent_at, dead_at) < ${before}`,
  photos: (before) => sql`voice_photo where exists (select 1 from voice_matter m where m.id = voice_photo.matter and m.state = 'solved') and ${restsBefore(sql`'case/matter/' || voice_photo.matter`, before)}`,
  sessions: (before) => sql`session where coalesce(ended_at, seen_at) < ${before}`,
  'sign-in-attempts': (before) => sql`sign_in_attempt where last_at < ${before} and (closed_until is null or closed_until < ${before})`,
} as const satisfies Partial<Record<DataSet, (before: RawBuilder<unknown>) => RawBuilder<unknown>>>;

async function rowsDue(database: Database, data: DataSet, { at, dryRun }: EraseDue): Promise<number> {
  const before = cutOf(at, RETENTION[data].days ?? 0);
  return database.system('remove what is kept no longer', async (session) => {
    if (data === 'access-looks') return looksDue(session, before, dryRun);
    const rows = Object.entries(ROWS).find(([name]) => name === data)?.[1](before);
    if (!rows) throw new Error(`nothing says which rows of ${data} are due`);
    return dryRun === true ? countOf(session, rows) : Number((await sql`delete from ${rows}`.execute(session)).numAffectedRows ?? 0n);
  });
}

/** Nobody removes looks directly; the database does, and never younger ones. Of an instant in its future it removes what is old enough today. */
async function looksDue(session: Session, before: RawBuilder<unknown>, dryRun: boolean | undefined): Promise<number> {
  const oldest = sql`least(${before}, now() - interval '3 years' - interval '1 minute')`;
  if (dryRun === true) return countOf(session, sql`access_log where at < ${oldest}`);
  return (await sql<{ gone: number }>`select minsheng.forget_looks(${oldest}) as gone`.execute(session)).rows[0]?.gone ?? 0;
}

/** Erases what streams say of which nothing has happened for the time of their rule, a hundred at a time. What still holds, or is still written at, stays. */
async function streamsDue(database: Database, { cases = [], days }: RetentionRule, { vault, at, random, dryRun }: EraseDue): Promise<number> {
  const before = cutOf(at, days ?? 0);
  const names = cases.map((name) => `case/${name}/%`);
  const due = sql`(select stream from log_entry e where stream like any (${names}::text[]) group by stream
    having max(at) filter (where kind <> ${ERASED}) < ${before}
      and exists (select 1 from log_payload p join log_entry s using (stream, sequence) where p.stream = e.stream and s.kind <> ${ERASED})
      and not exists (select 1 from task t where t.stream = e.stream and t.state <> 'done')
      and not exists (select 1 from mandate m where m.stream = e.stream and m.until >= ${at}::timestamptz::date)
      and not exists (select 1 from proof p where p.stream = e.stream and p.until >= ${at}::timestamptz::date)
      and not exists (select 1 from voice_draft d where 'case/voice/' || d.subject_key = e.stream)) due`;
  if (dryRun === true) return database.system('count what is kept no longer', (session) => countOf(session, due));
  for (let count = 0; ;) {
    // oxlint-disable-next-line no-await-in-loop -- one transaction after the other
    const erased = await database.system('erase what is kept no longer', async (session) => {
      const { rows } = await sql<{ stream: string }>`select stream from ${due} order by stream limit ${STREAMS_AT_ONCE}`.execute(session);
      const done = rows.length === 0 ? 0 : await erasePayloads(session, vault, rows.map(({ stream }) => stream), { reason: 'retention', at, actor: 'system', random });
      if (typeof done === 'object') throw new Error(`a stream with an open task is not due: ${done.stream}`);
      return rows.length;
    });
    count += erased;
    if (erased < STREAMS_AT_ONCE) return count;
  }
}

/** Nothing has happened in a stream since an instant, and nothing is to be done. */
function restsBefore(stream: RawBuilder<unknown>, before: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(not exists (select 1 from log_entry e where e.stream = ${stream} and e.at >= ${before}) and not exists (select 1 from task t where t.stream = ${stream} and t.state <> 'done'))`;
}

const cutOf = (at: string, days: number): RawBuilder<unknown> => sql`(${at}::timestamptz - make_interval(days => ${days}::integer))`;

async function countOf(session: Session, rows: RawBuilder<unknown>): Promise<number> {
  const { rows: [found] } = await sql<{ count: number }>`select count(*)::integer as count from ${rows}`.execute(session);
  return found?.count ?? 0;
}
