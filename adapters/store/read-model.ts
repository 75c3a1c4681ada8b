import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { DUE_COUNTINGS, eventOf, NOTICE_EVENTS, NOTICE_KINDS, NOTICE_REPLIES, NOTICES, TASK_KINDS, TASKS } from '#engine/casework/index.ts';
import type { Folding, LogRecord, Notice, Task, TaskState } from '#engine/casework/index.ts';
import { CONTACT_EVENTS } from '#engine/contact/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Session } from './database.ts';
import type { Schema } from './schema.ts';

export type TaskRow = Schema['task'];
export type NoticeRow = Schema['notice'];

/** Which thing of which stream. */
export interface ItemKey {
  readonly stream: string;
  readonly number: number;
}

/**
 * Carries appended entries, in order, into the read models, in the transaction that appended them.
 *
 * Throws where an entry changes a thing that is not there, or that the principal may not see: nothing is kept then.
 */
export async function project(session: Session, records: readonly LogRecord[]): Promise<void> {
  const tasks = await step(TASKS, records, (keys) => tasksAt(session, keys));
  if (tasks.length > 0) await sql`select minsheng.put_tasks((${JSON.stringify(tasks.map(rowOfTask))}::text)::jsonb)`.execute(session);
  const notices = await step(NOTICES, records, (keys) => noticesAt(session, keys));
  if (notices.length > 0) await sql`select minsheng.put_notices((${JSON.stringify(notices.map(rowOfNotice))}::text)::jsonb)`.execute(session);
  const outgoing = records.flatMap(outgoingOf);
  if (outgoing.length > 0) await sql`select minsheng.put_outbox((${JSON.stringify(outgoing)}::text)::jsonb)`.execute(session);
}

/** The things that entries open or change, each as it stands after the last of them. */
async function step<Item extends ItemKey>(folding: Folding<Item>, records: readonly LogRecord[], load: (keys: readonly ItemKey[]) => Promise<readonly Item[]>): Promise<readonly Item[]> {
  const concerned = records.flatMap((record) => {
    const number = folding.concerns(record);
    return number === undefined ? [] : [{ record, number, key: nameOf({ stream: record.stream, number }) }];
  });
  const before = concerned.filter(({ record, number }) => record.sequence !== number).map(({ record: { stream }, number }) => ({ stream, number }));
  const items = new Map((before.length === 0 ? [] : await load(before)).map((item) => [nameOf(item), item]));
  const changed = new Map<string, Item>();
  for (const { record, key } of concerned) {
    const next = folding.step(changed.get(key) ?? items.get(key), record);
    if (next === undefined) throw new Error(`an entry of kind ${record.kind} changes what is not there`);
    changed.set(key, next);
  }
  return [...changed.values()];
}

const nameOf = ({ stream, number }: ItemKey): string => `${stream}\n${number}`;

/** The tasks with these names that the principal may see. */
export async function tasksAt(session: Session, keys: readonly ItemKey[]): Promise<readonly Task[]> {
  const { rows } = await sql<TaskRow>`select t.* from task t join unnest(${keys.map(({ stream }) => stream)}::text[], ${keys.map(({ number }) => number)}::integer[]) k (stream, number) using (stream, number)`.execute(session);
  return rows.map(taskOf);
}

/** The notices with these names that the principal may see. */
export async function noticesAt(session: Session, keys: readonly ItemKey[]): Promise<readonly Notice[]> {
  const { rows } = await sql<NoticeRow>`select n.* from notice n join unnest(${keys.map(({ stream }) => stream)}::text[], ${keys.map(({ number }) => number)}::integer[]) k (stream, number) using (stream, number)`.execute(session);
  return rows.map(noticeOf);
}

/** What leaves the house for an entry: a row for each way of a notice, or for the code that proves an address. */
function outgoingOf(record: LogRecord): readonly Schema['outbox'][] {
  const { stream, sequence: number, subjectKey, householdKey, at } = record;
  if (subjectKey === null) return [];
  return waysOf(record).map((channel) => ({
    id: outboxId({ stream, number }, channel), stream, number, channel, subject_key: subjectKey, household_key: householdKey, created_at: at, due_at: at,
    attempts: 0, claimed_until: null, sent_at: null, dead_at: null, problem: null, area: null, bundle: null,
  }));
}

function waysOf(record: LogRecord): readonly string[] {
  const notice = eventOf(NOTICE_EVENTS, record);
  if (notice?.kind === 'notice-given') return notice.payload.channels;
  const contact = eventOf(CONTACT_EVENTS, record);
  return contact?.kind === 'contact-asked' ? [contact.payload.channel] : [];
}

/** What names a message at every attempt: the entry that it comes from, the way, and which of several people it goes to. */
export function outboxId({ stream, number }: ItemKey, channel: string, person?: string): string {
  return createHash('sha256').update([stream, number, channel, ...(person === undefined ? [] : [person])].join('\n')).digest('hex').slice(0, 32);
}

export function rowOfTask({ stream, number, sequence, kind, department, area, service, subjectKey, householdKey, openedAt, dueOn, dueCounted, state }: Task): TaskRow {
  return {
    stream, number, sequence, kind, department, area, service, subject_key: subjectKey, household_key: householdKey,
    opened_at: openedAt, due_on: dueOn, due_counted: dueCounted, state: state.kind, state_by: state.by, state_at: state.at,
    outcome: state.kind === 'done' ? state.outcome : null, handed_from: state.kind === 'handed-over' ? state.from : null,
  };
}

export function taskOf(row: TaskRow): Task {
  return {
    stream: row.stream, number: row.number, sequence: row.sequence, kind: oneOf(TASK_KINDS, row.kind), department: row.department, area: row.area, service: row.service,
    subjectKey: row.subject_key, householdKey: row.household_key, openedAt: row.opened_at, dueOn: dateOf(row.due_on), dueCounted: oneOf(DUE_COUNTINGS, row.due_counted), state: stateOf(row),
  };
}

function stateOf({ state, state_by: by, state_at: at, outcome, handed_from: from }: TaskRow): TaskState {
  const kind = oneOf(['open', 'claimed', 'handed-over', 'done'] as const, state);
  switch (kind) {
    case 'open': case 'claimed': return { kind, by, at };
    case 'handed-over': return { kind, from: from ?? '', by, at };
    case 'done': return { kind, outcome: outcome ?? '', by, at };
    default: return kind satisfies never;
  }
}

export function rowOfNotice({ stream, number, sequence, kind, template, service, subjectKey, householdKey, givenAt, respondBy, reply }: Notice): NoticeRow {
  return {
    stream, number, sequence, kind, template, service, subject_key: subjectKey, household_key: householdKey, given_at: givenAt, respond_by: respondBy,
    reply: reply?.kind ?? null, replied_at: reply?.at ?? null, replied_by: reply?.by ?? null,
  };
}

export function noticeOf(row: NoticeRow): Notice {
  const reply = row.reply === null ? null : { kind: oneOf(NOTICE_REPLIES, row.reply), by: row.replied_by ?? '', at: row.replied_at ?? '' };
  return {
    stream: row.stream, number: row.number, sequence: row.sequence, kind: oneOf(NOTICE_KINDS, row.kind), template: row.template, service: row.service,
    subjectKey: row.subject_key ?? '', householdKey: row.household_key, givenAt: row.given_at, respondBy: row.respond_by === null ? null : dateOf(row.respond_by), reply,
  };
}

/** A word of a column as the word it must be; another one is a fault. */
function oneOf<Word extends string>(words: readonly Word[], text: string): Word {
  const word = words.find((each) => each === text);
  if (word === undefined) throw new Error(`a read model holds the unknown word ${text}`);
  return word;
}

/** A day of a column; anything else is a fault. */
export function dateOf(text: string): CalendarDate {
  const date = parseDate(text);
  if (date === undefined) throw new Error('a read model holds what is no day');
  return date;
}
