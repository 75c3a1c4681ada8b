import { z } from 'zod';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { day, eventOf, json } from './event.ts';
import type { EventOf } from './event.ts';
import type { Folding } from './fold.ts';
import type { LogRecord } from './log.ts';

/** What a person is asked to do. A new kind is a new word here and its name in the messages. */
export const TASK_KINDS = ['account', 'complaint', 'correction', 'data-request', 'rating', 'reconsideration-decision', 'reconsideration-intake', 'reconsideration-reply', 'recovery', 'review', 'solved-check', 'suggestion', 'whereabouts'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** How a deadline was counted: by the published calendar of every year it touches, or by weekends alone where one is not known yet. */
export const DUE_COUNTINGS = ['calendar', 'weekends'] as const;
export type DueCounting = (typeof DUE_COUNTINGS)[number];

/** Something that a member of a department has to do by a day. Its reasons and contents stand in its entries of the log. */
export interface Task {
  readonly stream: string;
  /** The sequence of the entry that opened it: its name within the stream. */
  readonly number: number;
  /** The sequence of the last entry that changed it. */
  readonly sequence: number;
  readonly kind: TaskKind;
  readonly department: string;
  /** The code of a division; empty: the whole city. */
  readonly area: string;
  readonly service: string | null;
  readonly subjectKey: string | null;
  readonly householdKey: string | null;
  readonly openedAt: string;
  /** The last day of the legal limit. */
  readonly dueOn: CalendarDate;
  readonly dueCounted: DueCounting;
  readonly state: TaskState;
}

/** Who brought the task there, and when. All but `done` are open. */
export type TaskState = { readonly by: string; readonly at: string } & (
  | { readonly kind: 'open' }
  | { readonly kind: 'claimed' }
  | { readonly kind: 'handed-over'; readonly from: string }
  | { readonly kind: 'done'; readonly outcome: string });

const number = z.int().positive();
const due = { dueOn: day, dueCounted: z.enum(DUE_COUNTINGS) };

/** What can happen to a task. */
export const TASK_EVENTS = {
  /** `about`: what the one who does it has to know; personal, and kept only here. */
  'task-opened': z.strictObject({ taskKind: z.enum(TASK_KINDS), department: z.string(), area: z.string(), service: z.string().nullable(), ...due, about: json }),
  'task-claimed': z.strictObject({ task: number }),
  'task-completed': z.strictObject({ task: number, outcome: z.string(), reason: z.string().nullable() }),
  'task-handed-over': z.strictObject({ task: number, department: z.string(), area: z.string(), reason: z.string() }),
  'task-reopened': z.strictObject({ task: number, reason: z.string(), ...due }),
} as const;
export type TaskEvent = EventOf<typeof TASK_EVENTS>;

/** The tasks of a stream. */
export const TASKS: Folding<Task> = {
  concerns: (record) => {
    const event = eventOf(TASK_EVENTS, record);
    return event && ('task' in event.payload ? event.payload.task : record.sequence);
  },
  step: (task, record) => {
    const event = eventOf(TASK_EVENTS, record);
    if (event?.kind === 'task-opened') return opened(event.payload, record);
    return task && event && { ...changed(task, event, record), sequence: record.sequence };
  },
};

function opened({ taskKind: kind, department, area, service, dueOn, dueCounted }: Extract<TaskEvent, { kind: 'task-opened' }>['payload'], { stream, sequence, subjectKey, householdKey, at, actor }: LogRecord): Task {
  return { stream, number: sequence, sequence, kind, department, area, service, subjectKey, householdKey, openedAt: at, dueOn, dueCounted, state: { kind: 'open', by: actor, at } };
}

function changed(task: Task, event: Exclude<TaskEvent, { kind: 'task-opened' }>, { actor: by, at }: LogRecord): Task {
  switch (event.kind) {
    case 'task-claimed': return { ...task, state: { kind: 'claimed', by, at } };
    case 'task-completed': return { ...task, state: { kind: 'done', outcome: event.payload.outcome, by, at } };
    case 'task-handed-over': return { ...task, department: event.payload.department, area: event.payload.area, state: { kind: 'handed-over', from: task.department, by, at } };
    case 'task-reopened': return { ...task, dueOn: event.payload.dueOn, dueCounted: event.payload.dueCounted, state: { kind: 'open', by, at } };
    default: return event satisfies never;
  }
}
