import { TASK_KINDS } from '#engine/casework/index.ts';
import { ROLES, permissionOf, rolesThat } from './policy.ts';
import type { Action } from './policy.ts';

/** A policy of the database that follows from the table: PostgreSQL's own, and one that lets in no more than `may` does. */
export interface DatabasePolicy {
  readonly name: string;
  readonly table: string;
  readonly command: 'select' | 'insert';
  /** The condition on a row. */
  readonly predicate: string;
}

/** The entries of a case that not everybody makes who works on cases, each with the action that makes it. */
const STEPS = {
  'task-claimed': 'task.claim',
  'task-completed': 'task.complete',
  'task-handed-over': 'task.hand-over',
  'task-reopened': 'task.reopen',
  'reconsideration-extended': 'reconsideration.extend',
} as const satisfies Readonly<Record<string, Action>>;

const ALL_ROLES = "(select minsheng.claim_list('roles'))::text[]";
const IS_STAFF = "(select minsheng.claim('kind')) = 'staff'";
const AREAS = "(select minsheng.claim_list('areas'))::text[]";

/** Every policy that lets staff in. Rows of `task` that a predicate asks for are themselves only those that `task.read` shows. */
export function databasePolicies(): readonly DatabasePolicy[] {
  const inOpenTask = (stream: string): string => `exists (select 1 from task where task.stream = ${stream} and task.state <> 'done')`;
  const inTask = (table: string): string => `exists (select 1 from task where task.stream = ${table}.stream)`;
  const reads = (table: string, action: Action, where?: string): DatabasePolicy => ({ name: 'staff_reads', table, command: 'select', predicate: all(IS_STAFF, hasRole(action), where) });
  const grantOf = (table: string): string => `'case/' || ${table}.service || '/' || ${table}.subject_key`;
  return [
    reads('task', 'task.read', `department = (select minsheng.claim('department')) and minsheng.covers(${AREAS}, area)`),
    ...['log_entry', 'log_payload', 'notice'].map((table) => reads(table, 'case.read', inOpenTask(`${table}.stream`))),
    ...['benefit_grant', 'ledger_line', 'recovery'].map((table) => reads(table, 'case.read', inOpenTask(grantOf(table)))),
    reads('evidence', 'case.read', inOpenTask('evidence.stream')),
    reads('voice_matter', 'case.read', inOpenTask("'case/matter/' || voice_matter.id")),
    reads('voice_photo', 'case.read', inOpenTask("'case/matter/' || voice_photo.matter")),
    { name: 'payments_read', table: 'payment_batch', command: 'select', predicate: all(IS_STAFF, hasRole('batch.read'), `minsheng.covers(${AREAS}, case when payer like 'county:%' then substring(payer from 8) else '' end)`) },
    { name: 'payments_read', table: 'payment_item', command: 'select', predicate: 'exists (select 1 from payment_batch where payment_batch.id = payment_item.batch)' },
    reads('letter_bundle', 'letter.print', `(select bool_and(minsheng.covers(${AREAS}, area)) from unnest(case when cardinality(areas) = 0 then array['']::text[] else areas end) area)`),
    { name: 'auditor_reads', table: 'access_log', command: 'select', predicate: all(IS_STAFF, hasRole('access.read')) },
    { name: 'staff_reads', table: 'staff_account', command: 'select', predicate: all(IS_STAFF, `(id = (select minsheng.claim('id')) or ${hasRole('account.read')})`) },
    { name: 'staff_appends', table: 'log_entry', command: 'insert', predicate: all(IS_STAFF, "actor = (select minsheng.claim('id'))", `(${steps()})`, inTask('log_entry')) },
    // The entry stands first and was checked by its kind; what it says lies beside it.
    { name: 'staff_appends', table: 'log_payload', command: 'insert', predicate: all(IS_STAFF, hasRole('case.write'), inTask('log_payload')) },
  ];
}

/** The condition under which a member of staff may end a task of a kind, which is the word `of`. */
export function completesPredicate(of: string): string {
  const kinds = TASK_KINDS.map((kind) => [kind, ROLES.filter((role) => permissionOf(role).completes.includes(kind))] as const);
  return `case ${of} ${kinds.map(([kind, roles]) => `when '${kind}' then ${ALL_ROLES} && ${list(roles)}`).join(' ')} else false end`;
}

/** A policy as the statements that put it into a database in place of an earlier one of its name. */
export function policyStatements({ name, table, command, predicate }: DatabasePolicy): string {
  return `drop policy if exists ${name} on ${table};\ncreate policy ${name} on ${table} for ${command} to minsheng_app ${command === 'insert' ? 'with check' : 'using'} (\n  ${predicate});`;
}

function steps(): string {
  return `case kind ${Object.entries(STEPS).map(([kind, action]) => `when '${kind}' then ${hasRole(action)}`).join(' ')} else ${hasRole('case.write')} end`;
}

function hasRole(action: Action): string {
  return `${ALL_ROLES} && ${list(rolesThat(action))}`;
}

function list(words: readonly string[]): string {
  return `array[${words.map((word) => `'${word}'`).join(', ')}]::text[]`;
}

function all(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(' and ');
}
