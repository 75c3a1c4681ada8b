import type { Json, Task, TaskKind, TaskRefusal } from '#engine/casework/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import type { Action, Staff } from '#engine/permission/index.ts';
import type { Accounts } from './accounts.ts';
import type { Debts } from './debts.ts';
import type { Letters } from './letters.ts';
import type { Looks } from './looks.ts';
import type { OrganRefusal } from '#engine/remedy/index.ts';
import type { Payments } from './payments.ts';

/** What members of departments work with: the tasks of their department, and what each is about. Everything is done as they, under their own rights. */
export interface Console {
  /** The tasks of the department in their area, the most urgent first. */
  queue(who: Staff, filter: QueueFilter): Promise<Queue>;
  /** A task with what it is about; undefined where there is none or it is not theirs to see. */
  task(who: Staff, key: TaskKey): Promise<TaskView | undefined>;
  /** The facts that the service of a task reads; each look is on record with the work on the task as its purpose. */
  facts(who: Staff, key: TaskKey, asked: { readonly provenAt: string; readonly locale: Locale; readonly through: string }): Promise<FactsView>;
  /** Does something with a task; undefined where it was done. */
  act(who: Staff, key: TaskKey, command: TaskCommand): Promise<ConsoleRefusal | undefined>;
  readonly accounts: Accounts;
  readonly debts: Debts;
  readonly letters: Letters;
  readonly looks: Looks;
  readonly payments: Payments;
}

/** Which task of which stream. */
export interface TaskKey {
  readonly stream: string;
  readonly number: number;
}

/** Which tasks are wanted; what is left out is not asked about. */
export interface QueueFilter {
  readonly kind?: TaskKind | undefined;
  readonly service?: string | undefined;
  readonly area?: string | undefined;
  /** Tasks that are done, the last first, instead of those that are open. */
  readonly done?: boolean | undefined;
}

/** A task in the queue. */
export interface QueueLine {
  readonly task: Task;
  /** Working days to the last day of the limit; negative: so many too late. */
  readonly daysLeft: number;
  /** What whoever has it is called; undefined where nobody has. */
  readonly heldBy: string | undefined;
  readonly isMine: boolean;
}

export interface Queue {
  /** At most `MOST_LINES` of those that the filter lets through. */
  readonly lines: readonly QueueLine[];
  /** How many it lets through. */
  readonly count: number;
  /** How many there are of each kind, service and area, whatever the filter. */
  readonly kinds: readonly QueuePart[];
  readonly services: readonly QueuePart[];
  readonly areas: readonly QueuePart[];
  /** Tasks that are past their limit, of all. */
  readonly late: number;
}

export interface QueuePart {
  readonly value: string;
  readonly count: number;
}

export const MOST_LINES = 200;

/** Something that happened in a case. */
export interface CaseLine {
  readonly sequence: number;
  readonly kind: string;
  readonly at: string;
  /** What whoever did it is called; `system`, or `resident` for the person themselves. */
  readonly by: string;
  /** Undefined where it was erased. */
  readonly payload: Json | undefined;
}

/** A task with everything that whoever works on it has to know, but the facts. */
export interface TaskView extends QueueLine {
  /** What the entry that opened it says; undefined where it may not be read any more: the task is done. */
  readonly about: Json | undefined;
  /** The case, the newest first; empty once no task of it is open. */
  readonly entries: readonly CaseLine[];
  /** What the one who looks may do with it now. */
  readonly may: readonly Action[];
}

/** What can be done with a task. `put-back`: into the queue of one's own department. */
export type TaskCommand =
  | { readonly do: 'claim' }
  | { readonly do: 'complete'; readonly outcome: string; readonly reason: string }
  | { readonly do: 'put-back'; readonly reason: string }
  | { readonly do: 'hand-over'; readonly department: string; readonly reason: string }
  | { readonly do: 'reopen'; readonly reason: string };

/** Why nothing was done. */
export type ConsoleRefusal =
  | TaskRefusal
  | { readonly kind: 'task-unknown' }
  /** The role does not do this. */
  | { readonly kind: 'not-allowed' }
  | { readonly kind: 'outcome-unknown' }
  | { readonly kind: 'department-unknown' }
  | { readonly kind: 'words-too-long' }
  /** They worked on what is to be reconsidered. */
  | { readonly kind: 'worked-on-it' }
  /** Only the head of a department does this. */
  | { readonly kind: 'head-only' }
  /** A reconsideration is decided by the organ and nobody else. */
  | { readonly kind: 'organ-only' }
  | OrganRefusal
  /** Somebody else was quicker: look again. */
  | { readonly kind: 'changed-meanwhile' };

/** A fact that the service of a task reads. */
export interface ShownFact {
  readonly name: string;
  readonly value: string | undefined;
  /** `closed`: of a class that the work on this task, or the role, does not open. */
  readonly state: 'known' | 'none' | 'unknown' | 'closed';
  /** Whose record it is; undefined where that is not known. */
  readonly holder: string | undefined;
  /** The day on which it was seen to be so, `yyyy-mm-dd`. */
  readonly observedOn: string | undefined;
}

export type FactsView =
  /** `answer`: what they come to; undefined where some are closed, for then it is another's to say. */
  | { readonly kind: 'facts'; readonly facts: readonly ShownFact[]; readonly answer: { readonly says: string; readonly reasons: readonly string[] } | undefined }
  /** Sensitive facts are opened by whoever has just proved who they are. */
  | { readonly kind: 'prove-again' }
  | { readonly kind: 'denied' }
  /** The task is about no service that is decided by rules, or nobody is loaded. */
  | { readonly kind: 'nothing-to-show' };
