import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseStream, claim, complete, handOver, reopen } from '#engine/casework/index.ts';
import type { NoticeEvent, Task, TaskAnswer, TaskEvent } from '#engine/casework/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { Principal } from '#engine/ports.ts';
import { appendEvents, openAccessLog, openTasks, readStream, readTask, rebuildReadModels, vaultOf, writeArchive } from './index.ts';
import type { Append, Database, Session } from './index.ts';
import { migrate } from './migrate.ts';
import { openPostgres } from './postgres.ts';
import { adapters, countedRandom, emptyPostgresUrl } from './testing.ts';

const NOW = '2031-03-03T01:00:00.000Z';
const random = countedRandom();
const vault = vaultOf([new Uint8Array(32).fill(1)], random);
const on = (text: string) => parseDate(text) ?? (() => { throw new Error(text); })();
const TABLES = ['log_entry', 'log_payload', 'task', 'notice', 'outbox', 'access_log'] as const;

const mia: Principal = { kind: 'person', id: 'mia', subjects: ['mia', 'home-1'] };
const noa: Principal = { kind: 'person', id: 'noa', subjects: ['noa', 'home-2'] };
const staff = (id: string, department: string, ...areas: string[]): Principal & { kind: 'staff' } => ({ kind: 'staff', id, department, areas, roles: ['case-officer'] });
const mei = staff('mei', 'fishery', '9901');

const opened = (department: string, area: string): TaskEvent => ({ kind: 'task-opened', payload: { taskKind: 'review', department, area, service: 'nets', dueOn: on('2031-03-31'), dueCounted: 'calendar', about: null } });
const told: NoticeEvent = { kind: 'notice-given', payload: { noticeKind: 'granted', template: 'granted', values: {}, service: 'nets', respondBy: null, channels: ['letter', 'sms'] } };
const about = (id: string, event: { readonly kind: string; readonly payload: Append['payload'] }): Append => ({ stream: caseStream('nets', id), subjectKey: id, householdKey: 'home-1', ...event });

describe.each(adapters)('the policies on %s', (_, open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
    await migrate(database, NOW);
    await database.system('test', (session) => appendEvents(session, vault, [
      about('mia', opened('fishery', '990101')), about('mia', told), about('noa', opened('harbour', '990201')), about('noa', told), about('home-1', told),
    ], { at: NOW, actor: 'system', random }));
    const access = openAccessLog(database, '1', { now: () => NOW, random });
    const look = { actor: 'mei', purpose: 'review', through: '/console', columns: ['income'] };
    await access.write([{ ...look, about: { kind: 'subject', subjectKey: 'mia', householdKey: null } }, { ...look, about: { kind: 'subject', subjectKey: 'noa', householdKey: null } }, { ...look, actor: 'system', about: { kind: 'batch', id: 'run-1' } }]);
  });
  afterAll(() => database.close());

  const count = (session: Session) => Promise.all(TABLES.map(async (table) => (await sql`select 1 from ${sql.table(table)}`.execute(session)).rows.length));
  const seenBy = (who: Principal) => database.read(who, 'test', count);
  const act = (who: Principal & { kind: 'staff' }, number: number, command: (task: Task) => TaskAnswer, id = 'mia') => database.write(who, 'test', async (session) => {
    const task = await readTask(session, { stream: caseStream('nets', id), number });
    const answer = task && command(task);
    if (!answer || 'kind' in answer) return answer;
    return appendEvents(session, vault, answer.map((event) => about(id, event)), { at: NOW, actor: who.id, random });
  });

  // Entries, payloads, tasks, notices, what is sent (two channels), accesses.
  test.each<readonly [string, Principal, readonly number[]]>([
    ['a person, who sees what is about them and their household, their own accesses and the run over everybody', mia, [3, 3, 1, 2, 4, 2]],
    ['a person without a household of the case, although the rows carry its key', noa, [2, 2, 1, 1, 2, 2]],
    ['staff of the department in the area, who see the stream of their open task', mei, [2, 2, 1, 1, 0, 0]],
    ['staff of the department in the whole city', staff('x', 'fishery'), [2, 2, 1, 1, 0, 0]],
    ['staff of the department in another area', staff('x', 'fishery', '9902', '99010101'), [0, 0, 0, 0, 0, 0]],
    ['staff of another department', staff('x', 'harbour', '9902'), [2, 2, 1, 1, 0, 0]],
    ['staff of a department without tasks', staff('x', 'school'), [0, 0, 0, 0, 0, 0]],
    ['a person who is nobody here', { kind: 'person', id: 'x', subjects: [] }, [0, 0, 0, 0, 0, 1]],
  ])('are the same whoever asks: %s', async (_name, who, expected) => {
    expect(await seenBy(who)).toEqual(expected);
  });

  test('show the system all of it', async () => {
    const all = await database.owner(count);
    expect(await database.system('test', count)).toEqual(all);
    expect(all.every((rows) => rows > 1)).toBe(true);
  });

  test.each(TABLES)('let nobody change or remove a row of %s, nor the system one of the log', async (table) => {
    const tried = [mia, mei].flatMap((who) => [sql`update ${sql.table(table)} set stream = stream`, sql`delete from ${sql.table(table)}`].map((statement) => database.write(who, 'test', (session) => statement.execute(session))));
    for (const outcome of await Promise.allSettled(tried)) expect(outcome).toMatchObject({ status: 'rejected', reason: { code: '42501' } });
    if (!['log_entry', 'access_log'].includes(table)) return;
    for (const statement of [sql`update ${sql.table(table)} set actor = 'x'`, sql`delete from ${sql.table(table)}`]) await expect(database.system('test', (session) => statement.execute(session))).rejects.toMatchObject({ code: '42501' });
  });

  test.each(['task', 'notice', 'outbox', 'access_log'])('let no command write into %s past its door', async (table) => {
    for (const who of [mia, mei]) await expect(database.write(who, 'test', (session) => sql`insert into ${sql.table(table)} select * from ${sql.table(table)}`.execute(session))).rejects.toMatchObject({ code: '42501' });
  });

  test.each(['put_tasks', 'put_notices', 'put_outbox'])('let %s take only what stands on an entry that the command has made', async (door) => {
    const forged = JSON.stringify([{ stream: caseStream('nets', 'mia'), number: 1, sequence: 1, department: 'school', kind: 'review' }]);
    for (const who of [mia, mei]) await expect(database.write(who, 'test', (session) => sql`select ${sql.raw(`minsheng.${door}`)}((${forged}::text)::jsonb)`.execute(session))).rejects.toMatchObject({ code: '42501' });
  });

  test('let no session widen what it sees', async () => {
    const wider = JSON.stringify({ ...mia, subjects: ['mia', 'noa'] });
    for (const text of ['set local role minsheng_system', '  RESET role', '/* a */ -- b\n set role postgres', 'commit', `select set_config('role', 'minsheng_system', true)`, "select 1; set app.claims = 'x'"]) {
      await expect(database.read(mia, 'test', (session) => sql.raw(text).execute(session)), text).rejects.toThrow('may not change who acts');
    }
    for (const call of ['minsheng.enter', 'minsheng.seal']) await expect(database.read(mia, 'test', (session) => sql`select ${sql.raw(call)}(${wider}${call.endsWith('enter') ? sql`, 'minsheng_app'` : sql``})`.execute(session))).rejects.toMatchObject({ code: '42501' });
    await expect(database.read(mia, 'test', (session) => sql`select * from minsheng.seal_secret`.execute(session))).rejects.toMatchObject({ code: '42501' });
    // Below the guard of statements: whoever sets the claims has not their seal, and a seal is worth nothing in another transaction.
    const seals: string[] = [];
    const below = (steps: (session: Session) => Promise<unknown>) => database.owner(async (session) => {
      await sql`select minsheng.enter(${JSON.stringify(mia)}, 'minsheng_app')`.execute(session);
      await steps(session);
      return count(session);
    });
    expect(await below(async (session) => seals.push((await sql<{ seal: string }>`select current_setting('app.seal') as seal`.execute(session)).rows[0]?.seal ?? ''))).toEqual([3, 3, 1, 2, 4, 2]);
    expect(await below((session) => sql`select set_config('app.claims', ${wider}, true)`.execute(session))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await below((session) => sql`select set_config('app.seal', ${seals[0]}, true)`.execute(session))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await below((session) => sql`select set_config('app.mode', 'owner', true)`.execute(session))).toEqual([3, 3, 1, 2, 4, 2]);
  });

  test('let staff work on a task, hand it out of their own sight, and see nothing of the stream once it is done', async () => {
    await database.system('test', (session) => appendEvents(session, vault, [about('ava', opened('fishery', '990101'))], { at: NOW, actor: 'system', random }));
    expect(await act(staff('zed', 'lagoon'), 1, (task) => claim(task, staff('zed', 'lagoon')), 'ava')).toBeUndefined();
    expect(await act(mei, 1, (task) => claim(task, mei), 'ava')).toHaveLength(1);
    await act(mei, 1, (task) => handOver(task, mei, { department: 'lagoon', area: '990201', reason: 'berth' }), 'ava');
    const stream = (who: Principal) => database.read(who, 'test', async (session) => (await readStream(session, vault, caseStream('nets', 'ava'))).length);
    const zed = staff('zed', 'lagoon');
    expect([await stream(mei), await stream(zed)]).toEqual([0, 3]);
    await act(zed, 1, (task) => complete(task, zed, { outcome: 'granted', reason: null }), 'ava');
    expect(await stream(zed)).toBe(0);
    expect((await database.read(zed, 'test', (session) => openTasks(session, { limit: 10 }))).map((task) => task.stream)).not.toContain(caseStream('nets', 'ava'));
    const head = { ...zed, roles: ['department-head'] };
    await expect(act(zed, 1, (task) => reopen(task, zed, { reason: 'new evidence', dueOn: on('2031-04-30'), dueCounted: 'calendar' }), 'ava')).rejects.toMatchObject({ code: '42501' });
    await act(head, 1, (task) => reopen(task, head, { reason: 'new evidence', dueOn: on('2031-04-30'), dueCounted: 'calendar' }), 'ava');
    expect(await stream(zed)).toBe(5);
  });

  test('let staff append in no other name, and to no stream in which they have no task', async () => {
    const append = (who: Principal, id: string, actor: string) => database.write(who, 'test', (session) => appendEvents(session, vault, [about(id, { kind: 'remark', payload: null })], { at: NOW, actor, random }));
    await expect(append(mei, 'mia', 'bo')).rejects.toMatchObject({ code: '42501' });
    await expect(append(mei, 'noa', 'mei')).rejects.toMatchObject({ code: '42501' });
    await expect(append(staff('x', 'school'), 'nobody-yet', 'x')).rejects.toMatchObject({ code: '42501' });
  });
});

test.runIf(process.env['DATABASE_URL'] !== undefined)('an owner who is no superuser is held by the policies too, except where it says that it acts as the owner', async () => {
  const url = new URL(await emptyPostgresUrl());
  const admin = openPostgres(url.href);
  const owner = `owner_${process.pid}`;
  await admin.owner((session) => sql.raw(`create role ${owner} login createrole; grant create on database ${url.pathname.slice(1)} to ${owner}; grant all on schema public to ${owner}`).execute(session));
  await admin.close();
  url.username = owner;
  const database = openPostgres(url.href);
  expect(await migrate(database, NOW)).toBeUndefined();
  await database.system('test', (session) => appendEvents(session, vault, [about('mia', opened('fishery', '990101')), about('mia', told)], { at: NOW, actor: 'system', random }));
  const mine = (mode: string) => database.owner(async (session) => {
    await sql.raw(`set local app.mode = '${mode}'`).execute(session);
    return (await sql`select 1 from log_entry`.execute(session)).rows.length;
  });
  expect([await mine('owner'), await mine('forgotten')]).toEqual([2, 0]);
  await database.write(mei, 'test', async (session) => {
    const task = await readTask(session, { stream: caseStream('nets', 'mia'), number: 1 });
    const answer = task && handOver(task, mei, { department: 'lagoon', area: '', reason: 'berth' });
    if (!answer || 'kind' in answer) throw new Error('not handed over');
    return appendEvents(session, vault, answer.map((event) => about('mia', event)), { at: NOW, actor: 'mei', random });
  });
  expect(await rebuildReadModels(database, vault)).toEqual({ tasks: 1, notices: 1 });
  expect((await database.read(staff('zed', 'lagoon'), 'test', (session) => openTasks(session, { limit: 9 }))).length).toBe(1);
  expect((await writeArchive(database, NOW)).summary.rows).toBe(3 + 3 + 1 + 1 + 2);
  await database.close();
});
