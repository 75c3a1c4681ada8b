import { sql } from 'kysely';
import type { NoticeValues, Notice, Task } from '#engine/casework/index.ts';
import { eventOf, NOTICE_EVENTS } from '#engine/casework/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Session } from './database.ts';
import { openPayload } from './log.ts';
import { dateOf, noticeOf, noticesAt, taskOf, tasksAt } from './read-model.ts';
import type { ItemKey, NoticeRow, TaskRow } from './read-model.ts';
import type { Vault } from './vault.ts';

/** The open tasks that the principal may see, the most urgent first. */
export async function openTasks(session: Session, { limit }: { readonly limit: number }): Promise<readonly Task[]> {
  const { rows } = await sql<TaskRow>`select * from task where state <> 'done' order by due_on, opened_at, stream, number limit ${limit}`.execute(session);
  return rows.map(taskOf);
}

/** Which tasks of a queue are wanted; what is left out is not asked about. `done`: those that are done instead of those that are open. */
export interface TasksWanted {
  readonly kind?: string | undefined;
  readonly service?: string | undefined;
  readonly area?: string | undefined;
  readonly done: boolean;
}

/** The wanted tasks that the principal may see: open ones the most urgent first, others the last done first. */
export async function tasksWanted(session: Session, { kind = null, service = null, area = null, done }: { readonly [Name in keyof TasksWanted]: TasksWanted[Name] | null } & Pick<TasksWanted, 'done'>, limit: number): Promise<readonly Task[]> {
  const chosen = sql`(${kind}::text is null or kind = ${kind}) and (${service}::text is null or coalesce(service, '') = ${service}) and (${area}::text is null or area = ${area})`;
  const { rows } = await (done
    ? sql<TaskRow>`select * from task where state = 'done' and ${chosen} order by state_at desc, stream, number limit ${limit}`
    : sql<TaskRow>`select * from task where state <> 'done' and ${chosen} order by due_on, opened_at, stream, number limit ${limit}`).execute(session);
  return rows.map(taskOf);
}

/** How many tasks there are of each kind, service and area, and how many of them were due before a day. */
export async function taskCounts(session: Session, { done, today }: { readonly done: boolean; readonly today: string }): Promise<readonly { readonly kind: string; readonly service: string; readonly area: string; readonly count: number; readonly late: number }[]> {
  const { rows } = await sql<{ kind: string; service: string; area: string; count: number; late: number }>`
    select kind, coalesce(service, '') as service, area, count(*)::integer as count, (count(*) filter (where due_on < ${today}::date))::integer as late
    from task where (state = 'done') = ${done} group by kind, coalesce(service, ''), area order by kind, service, area`.execute(session);
  return rows;
}

/** The open tasks about somebody, or about their household, that the principal may see. */
export async function tasksAbout(session: Session, { subjectKey, householdKey }: { readonly subjectKey: string; readonly householdKey: string | null }): Promise<readonly Task[]> {
  const { rows } = await sql<TaskRow>`select * from task where state <> 'done' and (subject_key in (${subjectKey}, ${householdKey}) or household_key = ${householdKey}) order by stream, number`.execute(session);
  return rows.map(taskOf);
}

/** One task; undefined where there is none or the principal may not see it. */
export async function readTask(session: Session, key: ItemKey): Promise<Task | undefined> {
  return (await tasksAt(session, [key]))[0];
}

/** One notice; undefined where there is none or the principal may not see it. */
export async function readNotice(session: Session, key: ItemKey): Promise<Notice | undefined> {
  return (await noticesAt(session, [key]))[0];
}

/** The notices to these subjects with what fills their words, the newest first; without values where they were erased. */
export async function noticesTo(session: Session, vault: Vault, subjects: readonly string[], { limit, zone = 'UTC' }: { readonly limit: number; readonly zone?: string }): Promise<readonly (Notice & { readonly givenOn: CalendarDate; readonly values: NoticeValues | undefined })[]> {
  const { rows } = await sql<ToldRow>`
    select n.*, p.body, to_char(n.given_at at time zone ${zone}, 'YYYY-MM-DD') as given_on from notice n left join log_payload p on p.stream = n.stream and p.sequence = n.number
    where n.subject_key = any (${[...subjects]}::text[]) order by n.given_at desc, n.stream, n.number desc limit ${limit}`.execute(session);
  return rows.map((row) => toldOn(row, vault));
}

/** A notice with its sealed payload and the day on which it was given. */
export type ToldRow = NoticeRow & { readonly body: Uint8Array | null; readonly given_on: string };

/** A row as a notice with what fills its words; undefined where that was erased. */
export function toldOn(row: ToldRow, vault: Vault): Notice & { readonly givenOn: CalendarDate; readonly values: NoticeValues | undefined } {
  const event = eventOf(NOTICE_EVENTS, { kind: 'notice-given', payload: openPayload(vault, { stream: row.stream, sequence: row.number }, row.body) });
  return { ...noticeOf(row), givenOn: dateOf(row.given_on), values: event?.kind === 'notice-given' ? event.payload.values : undefined };
}
