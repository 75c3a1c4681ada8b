import type { TaskKind } from '#engine/casework/index.ts';
import { ROLES } from '#engine/pack/index.ts';
import type { Fact } from '#engine/pack/index.ts';

export { ROLES };
/** What a member of staff is to the city: what they may do follows from the table below and from nothing else. */
export type Role = (typeof ROLES)[number];

/** How sensitive a fact is, as the pack declares it. */
export type DataClass = Fact['dataClass'];

/**
 * How far an action reaches, for whoever may do it at all.
 *
 * `department`: tasks of their department in an area they cover. `open-task`: streams, and the people they are about, in
 * which such a task is open. `any-task`: streams in which there is or was one. `payer`: payments whose county they
 * cover; money that is no county's needs the whole city. `area`: letters to people of areas that they cover, whatever the
 * department; those to people of whom no area is known need the whole city. `city`: everywhere.
 */
export type ActionReach = 'department' | 'open-task' | 'any-task' | 'payer' | 'area' | 'city';

/** Everything that staff can do, with how far it reaches. */
export const ACTIONS = {
  'task.read': 'department',
  'task.claim': 'department',
  'task.complete': 'department',
  'task.hand-over': 'department',
  'task.reopen': 'department',
  /** The entries of a case, and what it has granted, booked and asked back. */
  'case.read': 'open-task',
  /** Entries of a case that are no step of a task. */
  'case.write': 'any-task',
  'facts.open': 'open-task',
  'recovery.decide': 'open-task',
  /** More time for a reconsideration. */
  'reconsideration.extend': 'department',
  'batch.read': 'payer',
  'batch.prepare': 'payer',
  'batch.approve': 'payer',
  'batch.release': 'payer',
  /** Printing the letters of whoever hears on no other way, and handing them to the post. */
  'letter.print': 'area',
  /** Acting for whoever has given leave to, with nothing but that leave. */
  'resident.help': 'city',
  /** Having seen a mandate on paper that a colleague recorded. */
  'mandate.witness': 'city',
  /** Who looked at whose data: never what was seen. */
  'access.read': 'city',
  'account.read': 'city',
  'account.manage': 'city',
  /** The pages of figures, which name nobody. */
  'desk.read': 'city',
} as const satisfies Readonly<Record<string, ActionReach>>;
export type Action = keyof typeof ACTIONS;

/** Kinds of tasks that are no decision about a right or a debt: those a counter does not take. */
const DESK_WORK = ['account', 'complaint', 'correction', 'data-request', 'rating', 'solved-check', 'suggestion'] as const satisfies readonly TaskKind[];
const ALL_WORK = [...DESK_WORK, 'reconsideration-decision', 'reconsideration-intake', 'reconsideration-reply', 'recovery', 'review', 'whereabouts'] as const satisfies readonly TaskKind[];

/** What somebody of a role may do: `actions`, `completes` of these kinds of tasks, and `opens` facts of these classes. */
export interface Permission {
  readonly actions: readonly Action[];
  readonly completes: readonly TaskKind[];
  readonly opens: readonly DataClass[];
}

const CASE_WORK = ['mandate.witness', 'task.read', 'task.claim', 'task.complete', 'task.hand-over', 'case.read', 'case.write', 'facts.open', 'desk.read'] as const satisfies readonly Action[];

/** Who may do what: the one table. What stands nowhere is refused. */
export const POLICY = {
  'window-clerk': { actions: [...CASE_WORK, 'letter.print', 'resident.help'], completes: DESK_WORK, opens: ['public', 'personal', 'sensitive'] },
  'case-officer': { actions: [...CASE_WORK, 'recovery.decide'], completes: ALL_WORK, opens: ['public', 'personal', 'sensitive'] },
  'department-head': { actions: [...CASE_WORK, 'task.reopen', 'recovery.decide', 'reconsideration.extend'], completes: ALL_WORK, opens: ['public', 'personal'] },
  'payments-preparer': { actions: ['batch.read', 'batch.prepare', 'desk.read'], completes: [], opens: [] },
  'payments-approver': { actions: ['batch.read', 'batch.approve', 'batch.release', 'desk.read'], completes: [], opens: [] },
  planner: { actions: ['desk.read'], completes: [], opens: [] },
  auditor: { actions: ['access.read', 'account.read', 'desk.read'], completes: [], opens: [] },
  'platform-administrator': { actions: ['account.read', 'account.manage'], completes: [], opens: [] },
} as const satisfies Readonly<Record<Role, Permission>>;

/** For what facts are opened: the work on a task, by its kind; and which classes that work needs. */
export const PURPOSES = {
  account: ['public', 'personal'],
  // What residents say is worked on without anybody's facts: it is not told whose it is.
  complaint: [],
  correction: ['public', 'personal', 'sensitive'],
  'data-request': ['public', 'personal', 'sensitive'],
  rating: [],
  // What they rest on is attached: a file that was frozen when it was sent.
  'reconsideration-decision': ['public', 'personal', 'sensitive'],
  'reconsideration-intake': [],
  'reconsideration-reply': [],
  recovery: ['public', 'personal'],
  review: ['public', 'personal', 'sensitive'],
  'solved-check': [],
  suggestion: [],
  whereabouts: ['public', 'personal'],
} as const satisfies Readonly<Record<TaskKind, readonly DataClass[]>>;

/** Two roles that nobody has at once: who runs the machine, who works with it, and who watches both are three people. */
export const APART: readonly (readonly [Role, Role])[] = ROLES.flatMap((one): readonly (readonly [Role, Role])[] => [
  ...(one === 'platform-administrator' ? [] : [[one, 'platform-administrator'] as const]),
  ...(one === 'auditor' || one === 'platform-administrator' ? [] : [[one, 'auditor'] as const]),
]);

/** The roles that may do something. */
export function rolesThat(action: Action): readonly Role[] {
  return ROLES.filter((role) => permissionOf(role).actions.includes(action));
}

export function permissionOf(role: Role): Permission {
  return POLICY[role];
}

export function isRole(text: string): text is Role {
  return ROLES.some((role) => role === text);
}
