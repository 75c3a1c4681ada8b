import type { TaskKind } from '#engine/casework/index.ts';
import type { Principal } from '#engine/ports.ts';
import { ACTIONS, APART, isRole, permissionOf, PURPOSES } from './policy.ts';
import type { Action, DataClass, Permission, Role } from './policy.ts';

/** A member of staff as who acts. */
export type Staff = Extract<Principal, { kind: 'staff' }>;

/** Whose a task is, as far as it decides who may do something with it. */
export interface TaskPlace {
  readonly department: string;
  readonly area: string;
  readonly kind: TaskKind;
  readonly open: boolean;
}

/** On what something is to be done. */
export type PolicyObject =
  | { readonly of: 'task'; readonly task: TaskPlace }
  /** A stream, or whom it is about, with every task that it has or had. */
  | { readonly of: 'case'; readonly tasks: readonly TaskPlace[] }
  /** Payments of a payer: `county:330702`, or another level. */
  | { readonly of: 'batch'; readonly payer: string }
  /** Letters to people of these areas; none: of the whole city. */
  | { readonly of: 'letters'; readonly areas: readonly string[] }
  | { readonly of: 'city' };

/**
 * Whether somebody may do something on an object. What the object is must be what the action is on; anything else is no.
 *
 * A resident is never let in by this: what is theirs is theirs by their subjects, and not by a role.
 */
export function may(principal: Principal, action: Action, object: PolicyObject): boolean {
  if (principal.kind !== 'staff') return false;
  return permissionsOf(principal).some((permission) => permission.actions.includes(action) && isAllowed(principal, action, object, permission));
}

/**
 * The classes of facts that the open tasks of a case let somebody see for the work on one of them: what the role may open
 * and that work needs; none where no task is open to them.
 */
export function classesOpenTo(principal: Principal, task: TaskPlace): readonly DataClass[] {
  if (principal.kind !== 'staff' || !may(principal, 'facts.open', { of: 'case', tasks: [task] })) return [];
  const opened = permissionsOf(principal).filter(({ actions }) => actions.includes('facts.open')).flatMap(({ opens }) => opens);
  return PURPOSES[task.kind].filter((one) => opened.includes(one));
}

const WORK = 'task-';
/** What the work on a task is called where it is the purpose of a look at facts. */
export const purposeOfTask = (kind: TaskKind): string => `${WORK}${kind}`;

/**
 * For which services, and in which classes, somebody may open the facts of whom these open tasks are about. A purpose that
 * names the work on a kind of task opens only what that needs.
 */
export function passageFor(principal: Principal, purpose: string, tasks: readonly (TaskPlace & { readonly service: string })[]): ReadonlyMap<string, readonly DataClass[]> {
  const passage = new Map<string, readonly DataClass[]>();
  for (const task of tasks.filter(({ kind }) => !purpose.startsWith(WORK) || purpose === purposeOfTask(kind))) {
    const classes = classesOpenTo(principal, task);
    if (classes.length > 0) passage.set(task.service, [...new Set([...(passage.get(task.service) ?? []), ...classes])]);
  }
  return passage;
}

/** The first two roles that one person would have at once and must not. */
export function apart(roles: readonly Role[]): readonly [Role, Role] | undefined {
  return APART.find((pair) => pair.every((role) => roles.includes(role)));
}

/** An area is covered by its own code and by codes that it begins with; no area: everything. */
export function covers(areas: readonly string[], area: string): boolean {
  return areas.length === 0 || areas.some((covered) => area.startsWith(covered));
}

function permissionsOf({ roles }: Staff): readonly Permission[] {
  return roles.filter(isRole).map(permissionOf);
}

function isAllowed(staff: Staff, action: Action, object: PolicyObject, { completes }: Permission): boolean {
  const reach = ACTIONS[action];
  const isTheirs = ({ department, area }: TaskPlace): boolean => department === staff.department && covers(staff.areas, area);
  switch (reach) {
    case 'department': return object.of === 'task' && isTheirs(object.task) && (action !== 'task.complete' || completes.includes(object.task.kind));
    case 'open-task': return object.of === 'case' && object.tasks.some((task) => task.open && isTheirs(task));
    case 'any-task': return object.of === 'case' && object.tasks.some(isTheirs);
    case 'payer': return object.of === 'batch' && covers(staff.areas, object.payer.startsWith('county:') ? object.payer.slice('county:'.length) : '');
    case 'area': return object.of === 'letters' && (object.areas.length === 0 ? [''] : object.areas).every((area) => covers(staff.areas, area));
    case 'city': return object.of === 'city';
    default: return reach satisfies never;
  }
}
