import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseStream } from '#engine/casework/index.ts';
import type { NoticeEvent, TaskEvent } from '#engine/casework/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { appendEvents, deliver, erasePayloads, noticesTo, openAccessLog, readNotice, readStream, rebuildReadModels, restoreArchive, vaultOf, verifyLog, writeArchive } from './index.ts';
import type { Sending } from '#engine/contact/index.ts';
import type { Append, Database, Outgoing, Session } from './index.ts';
import { migrate } from './migrate.ts';
import { adapters, countedRandom } from './testing.ts';

const NOW = '2031-03-03T01:00:00.000Z';
const random = countedRandom();
const vault = vaultOf([new Uint8Array(32).fill(1)], random);
const on = (text: string) => parseDate(text) ?? (() => { throw new Error(text); })();
const BY = { at: NOW, actor: 'system', random };
const minutes = (count: number): string => new Date(Date.parse(NOW) + count * 60_000).toISOString();

const task: TaskEvent = { kind: 'task-opened', payload: { taskKind: 'review', department: 'fishery', area: '990101', service: 'nets', dueOn: on('2031-03-31'), dueCounted: 'weekends', about: { missing: ['boat'] } } };
const notice = (...channels: string[]): NoticeEvent => ({ kind: 'notice-given', payload: { noticeKind: 'granted', template: 'granted', values: { amount: { fen: 12_300 } }, service: 'nets', respondBy: on('2031-03-31'), channels } });
const about = (id: string, event: { readonly kind: string; readonly payload: Append['payload'] }): Append => ({ stream: caseStream('nets', id), subjectKey: id, householdKey: `home-of-${id}`, ...event });

describe.each(adapters)('casework on %s', (_, open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
    await migrate(database, NOW);
  });
  afterAll(() => database.close());
  const put = (...appends: Append[]) => database.system('test', (session) => appendEvents(session, vault, appends, BY));
  const rows = async (session: Session): Promise<unknown> => [(await sql`select * from task order by stream, number`.execute(session)).rows, (await sql`select * from notice order by stream, number`.execute(session)).rows];

  test('makes its read models again from the log, row for row', async () => {
    await put(about('a', task), about('a', notice('letter')), about('a', { kind: 'task-claimed', payload: { task: 1 } }), about('b', task), about('c', notice()));
    await put(about('a', { kind: 'notice-replied', payload: { notice: 2, reply: 'refused' } }), about('a', { kind: 'task-completed', payload: { task: 1, outcome: 'denied', reason: 'no boat' } }), about('b', { kind: 'task-handed-over', payload: { task: 1, department: 'harbour', area: '', reason: 'berth' } }));
    const before = await database.system('test', rows);
    await database.system('test', async (session) => {
      await sql`update task set department = 'spoilt'`.execute(session);
      await sql`delete from notice`.execute(session);
    });
    const { tasks, notices } = await rebuildReadModels(database, vault);
    expect([tasks >= 2, notices >= 2]).toEqual([true, true]);
    expect(await database.system('test', rows)).toEqual(before);
  });

  test('keeps nothing of an append that changes what is not there', async () => {
    await expect(put(about('lost', { kind: 'task-claimed', payload: { task: 1 } }))).rejects.toThrow('changes what is not there');
    expect(await database.system('test', (session) => readStream(session, vault, caseStream('nets', 'lost')))).toEqual([]);
  });

  test('gives a notice with the values that fill its words', async () => {
    await put(about('d', notice()));
    const read = await database.system('test', (session) => noticesTo(session, vault, ['d'], { limit: 5 }));
    expect(read).toMatchObject([{ number: 1, template: 'granted', respondBy: '2031-03-31', reply: null, values: { amount: { fen: 12_300 } } }]);
    expect(await database.system('test', (session) => readNotice(session, { stream: caseStream('nets', 'd'), number: 1 }))).toMatchObject({ kind: 'granted' });
  });

  test('erases what a stream says and keeps that it was said: the chain is whole, the rebuilt read models are the same', async () => {
    await put(about('e', task), about('e', notice('letter')));
    const erase = (reason: string) => database.system('erase', (session) => erasePayloads(session, vault, [caseStream('nets', 'e')], { ...BY, reason }));
    expect(await erase('asked for')).toEqual({ kind: 'stream-has-open-task', stream: caseStream('nets', 'e') });
    await put(about('e', { kind: 'task-completed', payload: { task: 1, outcome: 'granted', reason: null } }));
    expect(await erase('asked for')).toBe(3);
    const entries = await database.system('test', (session) => readStream(session, vault, caseStream('nets', 'e')));
    expect(entries.map(({ kind, payload }) => [kind, payload])).toEqual([['task-opened', undefined], ['notice-given', undefined], ['task-completed', undefined], ['payloads-erased', { upTo: 3, reason: 'asked for' }]]);
    const before = await database.system('test', rows);
    await rebuildReadModels(database, vault);
    expect(await database.system('test', rows)).toEqual(before);
    expect(await database.system('test', async (session) => (await verifyLog(session, vault)).faults)).toEqual([]);
  });
});

describe.each(adapters)('the outbox on %s', (_, open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
    await migrate(database, NOW);
  });
  afterAll(() => database.close());
  const put = (id: string, ...channels: string[]) => database.system('test', (session) => appendEvents(session, vault, [about(id, notice(...channels))], BY));
  const state = (id: string) => database.system('test', async (session) => (await session.selectFrom('outbox').select(['channel', 'attempts', 'due_at', 'sent_at', 'dead_at', 'problem']).where('subject_key', '=', id).orderBy('channel').execute()));
  const door = (now: string) => ({ database, vault, channels: ['letter', 'sms', 'fax'], now: () => now });
  const sendAt = (now: string, answer: (message: Outgoing) => Sending) => deliver(door(now), (message) => Promise.resolve(answer(message)));

  test('sends each channel of a notice once, with no more than that there is one, and nothing again', async () => {
    await put('a', 'letter', 'sms');
    const seen: Outgoing[] = [];
    const sent: (message: Outgoing) => Sending = (message) => (seen.push(message), { kind: 'sent' });
    expect(await sendAt(NOW, sent)).toEqual({ sent: 2, later: 0, dead: 0 });
    expect(await sendAt(minutes(60), sent)).toEqual({ sent: 0, later: 0, dead: 0 });
    expect(seen.map(({ channel, subjectKey, told }) => [channel, subjectKey, told])).toEqual(expect.arrayContaining(['letter', 'sms'].map((channel) => [channel, 'a', { kind: 'notice', noticeKind: 'granted', service: 'nets', respondBy: '2031-03-31' }])));
    expect(new Set(seen.map(({ id }) => id)).size).toBe(2);
  });

  test('tries again after 1, 5, 30, 120 and 360 minutes, then gives up and says why', async () => {
    await put('b', 'sms');
    const fail = (): Sending => ({ kind: 'failed', problem: 'no gateway' });
    const attempts: number[] = [];
    // The pauses add up: 1, 6, 36, 156, 516. A minute before each, nothing is due.
    for (const at of [0, 0.9, 1, 5, 6, 35, 36, 155, 156, 515, 516, 5_000]) {
      const { later, dead } = await sendAt(minutes(at), fail);
      if (later + dead > 0) attempts.push(at);
    }
    expect(attempts).toEqual([0, 1, 6, 36, 156, 516]);
    // What will never arrive goes out on paper.
    expect(await state('b')).toMatchObject([{ channel: 'paper', attempts: 0, sent_at: null }, { attempts: 6, sent_at: null, dead_at: minutes(516), problem: 'no gateway' }]);
  });

  test('gives up at once what can never be sent, and takes a thrown error for a failed attempt', async () => {
    await put('c', 'fax');
    expect(await sendAt(NOW, () => ({ kind: 'impossible', problem: 'no such channel' }))).toEqual({ sent: 0, later: 0, dead: 1 });
    await put('d', 'sms');
    expect(await deliver(door(NOW), () => Promise.reject(new TypeError('holds a name')))).toEqual({ sent: 0, later: 1, dead: 0 });
    expect(await state('d')).toMatchObject([{ problem: 'TypeError', due_at: minutes(1) }]);
    await sendAt(minutes(1), () => ({ kind: 'sent' }));
  });

  test('sends again, under the same id, what a sender took that then died, once its lease has run out', async () => {
    await put('f', 'sms');
    const ids: string[] = [];
    // The first sender never comes back from sending.
    void deliver(door(NOW), (message) => (ids.push(message.id), new Promise(() => undefined)));
    while (ids.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await sendAt(minutes(4), () => ({ kind: 'sent' }))).toEqual({ sent: 0, later: 0, dead: 0 });
    expect(await sendAt(minutes(5), (message) => (ids.push(message.id), { kind: 'sent' }))).toEqual({ sent: 1, later: 0, dead: 0 });
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
    expect(await state('f')).toMatchObject([{ attempts: 2, sent_at: minutes(5) }]);
  });

  test('shares its rows among senders without sending one twice', async () => {
    await database.system('test', (session) => appendEvents(session, vault, Array.from({ length: 250 }, (_each, index) => about(`g${index}`, notice('sms'))), BY));
    const seen: string[] = [];
    const send = (message: Outgoing): Promise<Sending> => (seen.push(message.id), Promise.resolve({ kind: 'sent' }));
    const both = await Promise.all([deliver(door(NOW), send), deliver(door(NOW), send)]);
    expect([both.reduce((sum, { sent }) => sum + sent, 0), seen.length, new Set(seen).size]).toEqual([250, 250, 250]);
  }, 30_000);
});

describe.each(adapters)('the access log on %s', (_, open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
    await migrate(database, NOW);
  });
  afterAll(() => database.close());
  const look = (subjectKey: string) => ({ actor: 'mei', purpose: 'review', through: '/console/task', about: { kind: 'subject', subjectKey, householdKey: null } as const, columns: ['income', '残疾等级'] });

  test('writes many at once, each when it is on disk, and chains them', async () => {
    const log = openAccessLog(database, '1', { now: () => NOW, random });
    await Promise.all(Array.from({ length: 300 }, (_each, index) => log.write([look(`p${index}`)])));
    await log.write([look('last')]);
    await log.close();
    const [read] = await database.read({ kind: 'person', id: 'p7', subjects: ['p7'] }, 'test', (session) => session.selectFrom('access_log').selectAll().execute());
    expect(read).toMatchObject({ at: NOW, actor: 'mei', purpose: 'review', through: '/console/task', subject_key: 'p7', columns: ['income', '残疾等级'] });
    expect((await database.system('test', (session) => verifyLog(session))).faults).toEqual([]);
    const rows = await database.system('test', (session) => session.selectFrom('access_log').select('sequence').where('stream', '=', 'audit/1').orderBy('sequence').execute());
    expect(rows.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 301 }, (_each, index) => index + 1));
    const grouped = await database.owner(async (session) => (await sql<{ transactions: number }>`select count(distinct xmin::text)::integer as transactions from access_log where stream = 'audit/1'`.execute(session)).rows[0]?.transactions);
    expect(grouped).toBeLessThan(10);
  });

  test('goes on where its shard ended, also when another writer of the shard was first', async () => {
    const [one, two] = [openAccessLog(database, '2', { now: () => NOW, random }), openAccessLog(database, '2', { now: () => NOW, random })];
    for (let round = 0; round < 5; round++) await Promise.all([one.write([look('x')]), two.write([look('x')])]);
    expect(await database.system('test', (session) => verifyLog(session))).toMatchObject({ faults: [] });
    expect((await database.system('test', (session) => session.selectFrom('access_log').select('sequence').where('stream', '=', 'audit/2').execute())).length).toBe(10);
  });

  test('refuses to wait for itself, and tells every waiting access that it was not written', async () => {
    const log = openAccessLog(database, '3', { now: () => NOW, random });
    await expect(database.read({ kind: 'person', id: 'x', subjects: [] }, 'test', () => log.write([look('x')]))).rejects.toThrow('not inside it');
    const broken = openAccessLog(database, '4', { now: () => 'no time', random });
    expect((await Promise.allSettled([broken.write([look('x')]), broken.write([look('y')])])).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  test('shows a row that says something else than its entry', async () => {
    const log = openAccessLog(database, '5', { now: () => NOW, random });
    await log.write(['a', 'b', 'c'].map(look));
    await database.owner((session) => sql`update access_log set purpose = 'nothing' where stream = 'audit/5' and sequence = 2`.execute(session));
    expect((await database.system('test', (session) => verifyLog(session))).faults).toEqual([{ kind: 'payload-altered', stream: 'audit/5', sequence: 2 }]);
    await database.owner((session) => sql`update access_log set purpose = 'review' where stream = 'audit/5' and sequence = 2`.execute(session));
  });
});

describe.each(adapters)('an archive of casework on %s', (_, open) => {
  test('comes back whole on another database, and says the same when verified', async () => {
    const [database, copy] = [await open(), await open()];
    await migrate(database, NOW);
    await migrate(copy, NOW);
    await database.system('test', (session) => appendEvents(session, vault, [about('a', task), about('a', notice('letter')), about('b', notice())], BY));
    await openAccessLog(database, '1', { now: () => NOW, random }).write([{ actor: 'system', purpose: 'decide', through: 'run', about: { kind: 'batch', id: 'r1' }, columns: ['a', 'b'] }]);
    const { bytes } = await writeArchive(database, NOW);
    expect(await restoreArchive(copy, bytes)).toMatchObject({ rows: 4 + 3 + 1 + 2 + 1 + 1 });
    const [first, second] = [await database.system('test', (session) => verifyLog(session, vault)), await copy.system('test', (session) => verifyLog(session, vault))];
    expect(second).toEqual(first);
    expect(first).toMatchObject({ streams: 3, entries: 4, payloads: 4, faults: [] });
    expect((await writeArchive(copy, NOW)).bytes).toEqual(bytes);
    await Promise.all([database.close(), copy.close()]);
  }, 60_000);
});
