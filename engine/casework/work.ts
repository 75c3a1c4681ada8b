import type { CalendarDate } from '#engine/kernel/index.ts';
import type { DueCounting, Task, TaskEvent } from './task.ts';

/** A member of a department who works on tasks; `areas` as in their principal: what begins with one is theirs, none: all. */
export interface Worker {
  readonly id: string;
  readonly department: string;
  readonly areas: readonly string[];
}

/** Why a command on a task does nothing. */
export type TaskRefusal =
  | { readonly kind: 'task-not-yours' }
  | { readonly kind: 'task-done' }
  | { readonly kind: 'task-not-done' }
  | { readonly kind: 'task-claimed'; readonly by: string }
  | { readonly kind: 'reason-missing' };

/** The events that a command gives; none where it has been done already. */
export type TaskAnswer = readonly TaskEvent[] | TaskRefusal;

/** Takes a task to do it. Taking one's own again changes nothing. */
export function claim(task: Task, by: Worker): TaskAnswer {
  if (task.state.kind === 'claimed' && task.state.by === by.id) return [];
  return refusal(task, by) ?? [{ kind: 'task-claimed', payload: { task: task.number } }];
}

/** Does a task: claimed by nobody else, with an outcome, and with a reason where one is given. */
export function complete(task: Task, by: Worker, { outcome, reason }: { readonly outcome: string; readonly reason: string | null }): TaskAnswer {
  return refusal(task, by) ?? [{ kind: 'task-completed', payload: { task: task.number, outcome, reason } }];
}

/** Gives a task to another department, or back to the queue of one's own, also in place of a colleague; the limit runs on. */
export function handOver(task: Task, by: Worker, { department, area, reason }: { readonly department: string; readonly area: string; readonly reason: string }): TaskAnswer {
  if (!isTheirs(task, by)) return { kind: 'task-not-yours' };
  if (task.state.kind === 'done') return { kind: 'task-done' };
  if (reason.trim() === '') return { kind: 'reason-missing' };
  return [{ kind: 'task-handed-over', payload: { task: task.number, department, area, reason } }];
}

/** Opens a task again that was done, with a new limit. */
export function reopen(task: Task, by: Worker, { reason, ...due }: { readonly reason: string; readonly dueOn: CalendarDate; readonly dueCounted: DueCounting }): TaskAnswer {
  if (!isTheirs(task, by)) return { kind: 'task-not-yours' };
  if (task.state.kind !== 'done') return { kind: 'task-not-done' };
  if (reason.trim() === '') return { kind: 'reason-missing' };
  return [{ kind: 'task-reopened', payload: { task: task.number, reason, ...due } }];
}

function refusal(task: Task, by: Worker): TaskRefusal | undefined {
  if (!isTheirs(task, by)) return { kind: 'task-not-yours' };
  if (task.state.kind === 'done') return { kind: 'task-done' };
  return task.state.kind === 'claimed' && task.state.by !== by.id ? { kind: 'task-claimed', by: task.state.by } : undefined;
}

/** The same as the policy of the table says. */
function isTheirs({ department, area }: Task, by: Worker): boolean {
  return department === by.department && (by.areas.length === 0 || by.areas.some((covered) => area.startsWith(covered)));
}
