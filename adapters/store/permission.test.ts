import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseStream, TASK_KINDS } from '#engine/casework/index.ts';
import type { TaskEvent } from '#engine/casework/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { completesPredicate, databasePolicies, may, policyStatements, ROLES } from '#engine/permission/index.ts';
import type { Action, PolicyObject, Staff, TaskPlace } from '#engine/permission/index.ts';
import { appendEvents, openAccessLog, vaultOf } from './index.ts';
import type { Append, Database } from './index.ts';
import { migrate, migrations } from './migrate.ts';
import { adapters, countedRandom } from './testing.ts';

const NOW = '2031-03-03T01:00:00.000Z';
const random = countedRandom();
const vault = vaultOf([new Uint8Array(32).fill(1)], random);
const dueOn = parseDate('2031-03-31') ?? (() => { throw new Error('no day'); })();

const DEPARTMENTS = ['fishery', 'harbour'] as const;
const AREAS = ['', '9901', '990101', '990201'] as const;
/** The areas of whoever took a bundle of letters. */
const BUNDLES = { all: [], county: ['9901'], town: ['990101'], two: ['990101', '990201'] } as const;
const PAYERS = ['city', 'county:990101', 'county:990201'] as const;

/** A case for every department, area and kind, with a task that is open and, beside it, one whose task is done. */
const CASES = DEPARTMENTS.flatMap((department) => AREAS.flatMap((area) => TASK_KINDS.flatMap((kind) => [true, false].map((open) => ({ id: `${department}-${area || 'all'}-${kind}-${open ? 'open' : 'done'}`, task: { department, area, kind, open } satisfies TaskPlace })))));

/** Every role, in every department, with no area and with three. */
const EVERYBODY: readonly Staff[] = ['nothing', ...ROLES].flatMap((role) => DEPARTMENTS.flatMap((department) => [[], ['9901'], ['990101'], ['990201', '9903']].map((areas): Staff => ({ kind: 'staff', id: `${role}-${department}-${areas.join('-') || 'all'}`, department, areas, roles: [role] }))));

describe.each(adapters)('the policies of %s let in whom the table lets in', (_, open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
    await migrate(database, NOW);
    await database.system('test', async (session) => {
      const entries = CASES.flatMap(({ id, task }): readonly Append[] => {
        const about = { stream: caseStream('nets', id), subjectKey: id, householdKey: null };
        const opened: TaskEvent = { kind: 'task-opened', payload: { taskKind: task.kind, department: task.department, area: task.area, service: 'nets', dueOn, dueCounted: 'calendar', about: null } };
        return [{ ...about, ...opened }, ...(task.open ? [] : [{ ...about, kind: 'task-completed', payload: { task: 1, outcome: 'done', reason: null } }])];
      });
      await appendEvents(session, vault, entries, { at: NOW, actor: 'system', random });
      for (const { id } of CASES) {
        // oxlint-disable-next-line no-await-in-loop -- one transaction runs one statement at a time
        await sql`insert into ledger_line (service, subject_key, period, payer, kind, amount_fen, cause, booked_at) values ('nets', ${id}, 203103, 'city', 'due', 100, 'test', ${NOW}::timestamptz)`.execute(session);
      }
      for (const payer of PAYERS) {
        // oxlint-disable-next-line no-await-in-loop -- as above
        await sql`insert into payment_batch (id, sequence, payer, month, items, total_fen, stage, prepared_by, changed_at) values (${payer}, 1, ${payer}, 203103, 1, 100, 'prepared', 'system', ${NOW}::timestamptz)`.execute(session);
      }
      for (const [id, areas] of Object.entries(BUNDLES)) {
        // oxlint-disable-next-line no-await-in-loop -- as above
        await sql`insert into letter_bundle (id, sequence, areas, taken_by, taken_at) values (${id}, 1, ${[...areas]}::text[], 'mei', ${NOW}::timestamptz)`.execute(session);
      }
      await sql`insert into staff_account (id, name, department, areas, roles, is_test, made_at) select 'account-' || n, ''::bytea, 'fishery', '{}', '{}', false, ${NOW}::timestamptz from generate_series(1, 3) n`.execute(session);
    });
    const log = openAccessLog(database, '1', { now: () => NOW, random });
    await log.write([{ actor: 'mei', purpose: 'test', through: '/', about: { kind: 'subject', subjectKey: 'a', householdKey: null }, columns: ['income'] }]);
  });
  afterAll(() => database.close());

  const ids = async (who: Staff, query: string): Promise<readonly string[]> => (await database.read(who, 'test', (session) => sql<{ id: string }>`${sql.raw(query)}`.execute(session))).rows.map(({ id }) => id).sort();
  const allowed = (who: Staff, action: Action, objects: readonly (readonly [string, PolicyObject])[]): readonly string[] => objects.filter(([, object]) => may(who, action, object)).map(([id]) => id).sort();
  const tasks = CASES.map(({ id, task }) => [`case/nets/${id}`, { of: 'task', task }] as const);
  const cases = CASES.map(({ id, task }) => [`case/nets/${id}`, { of: 'case', tasks: [task] }] as const);
  const once = (id: string): readonly (readonly [string, PolicyObject])[] => [[id, { of: 'city' }]];

  test.each<readonly [what: string, action: Action, query: string, objects: readonly (readonly [string, PolicyObject])[]]>([
    ['tasks', 'task.read', 'select stream as id from task', tasks],
    ['entries of cases', 'case.read', `select distinct stream as id from log_entry`, cases],
    ['what entries say', 'case.read', `select distinct stream as id from log_payload`, cases],
    ['lines of money', 'case.read', `select 'case/' || service || '/' || subject_key as id from ledger_line`, cases],
    ['batches', 'batch.read', 'select id from payment_batch', PAYERS.map((payer) => [payer, { of: 'batch', payer }] as const)],
    ['bundles of letters', 'letter.print', 'select id from letter_bundle', Object.entries(BUNDLES).map(([id, areas]) => [id, { of: 'letters', areas }] as const)],
    ['who looked', 'access.read', 'select distinct stream as id from access_log', once('audit/1')],
    ['accounts', 'account.read', "select distinct 'accounts' as id from staff_account", once('accounts')],
  ])('as to %s', async (_what, action, query, objects) => {
    const differ: string[] = [];
    let seen = 0;
    for (const who of EVERYBODY) {
      // oxlint-disable-next-line no-await-in-loop -- one connection
      const found = await ids(who, query);
      seen += found.length;
      if (JSON.stringify(found) !== JSON.stringify(allowed(who, action, objects))) differ.push(who.id);
    }
    expect(differ).toEqual([]);
    expect(seen).toBeGreaterThan(0);
  });

  /** What a step of a task, made past every check of the code, comes to. */
  const step = async (who: Staff, id: string, kind: string, payload: Append['payload']): Promise<boolean> => {
    const outcome = database.write(who, 'test', async (session) => {
      await appendEvents(session, vault, [{ stream: caseStream('nets', id), subjectKey: id, householdKey: null, kind, payload }], { at: NOW, actor: who.id, random });
      throw new Undone();
    });
    return outcome.then(() => false, (error: unknown) => { if (error instanceof Undone) return true; if (error instanceof Error && ('code' in error ? error.code === '42501' : error.message.includes('changes what is not there'))) return false; throw error; });
  };
  class Undone extends Error {}

  test.each<readonly [Action, string, Append['payload'], boolean]>([
    ['task.claim', 'task-claimed', { task: 1 }, true],
    ['task.complete', 'task-completed', { task: 1, outcome: 'granted', reason: null }, true],
    ['task.hand-over', 'task-handed-over', { task: 1, department: 'school', area: '', reason: 'theirs' }, true],
    ['task.reopen', 'task-reopened', { task: 1, reason: 'new', dueOn: '2031-04-30', dueCounted: 'calendar' }, false],
  ])('as to %s, also where the code does not ask', async (action, kind, payload, isOpen) => {
    const differ: string[] = [];
    const some = CASES.filter(({ task }) => task.open === isOpen && (task.area === '990101' || task.area === ''));
    const doers = EVERYBODY.filter(({ department, areas }) => department === 'fishery' && areas.length < 2 && areas[0] !== '9901');
    for (const who of doers) {
      for (const { id, task } of some) {
        // oxlint-disable-next-line no-await-in-loop -- one connection
        if ((await step(who, id, kind, payload)) !== may(who, action, { of: 'task', task })) differ.push(`${who.id} ${id}`);
      }
    }
    expect(differ).toEqual([]);
  });

  test('of an account nobody reads what opens it', async () => {
    for (const column of ['name', 'password_hash', 'totp_secret', 'enrol_hash']) {
      // oxlint-disable-next-line no-await-in-loop -- one connection
      await expect(ids({ kind: 'staff', id: 'x', department: 'fishery', areas: [], roles: ['platform-administrator'] }, `select ${column}::text as id from staff_account`)).rejects.toMatchObject({ code: '42501' });
    }
    await expect(ids({ kind: 'staff', id: 'x', department: 'fishery', areas: [], roles: ['auditor'] }, 'select key as id from sign_in_attempt')).rejects.toMatchObject({ code: '42501' });
  });
});

test('the migrations say of each policy what the table says now', () => {
  const all = migrations().map((one) => one.sql).join('\n');
  const last = (name: string, table: string): string => all.slice(all.lastIndexOf(`drop policy if exists ${name} on ${table};`));
  for (const policy of databasePolicies()) expect(last(policy.name, policy.table).startsWith(policyStatements(policy))).toBe(true);
  expect(all.slice(all.lastIndexOf('function minsheng.may_complete'))).toContain(completesPredicate('task_kind'));
});

test('every table with policies that let staff in is one that the table knows', () => {
  const named = [...migrations().map((one) => one.sql).join('\n').matchAll(/create policy (\w+) on (\w+) [^;]*?claim\('kind'\)\) = 'staff'/g)].map(([, name, table]) => `${name} ${table}`);
  const known = databasePolicies().map(({ name, table }) => `${name} ${table}`);
  expect([...new Set(named)].filter((one) => !known.includes(one))).toEqual([]);
});

