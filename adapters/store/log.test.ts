import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseStream, checkChain } from '#engine/casework/index.ts';
import type { LogEntry } from '#engine/casework/index.ts';
import type { Principal } from '#engine/ports.ts';
import { appendEvents, LogConflict, readStream, retryOnConflict, vaultOf } from './index.ts';
import type { Append, Database, Session } from './index.ts';
import { migrate } from './migrate.ts';
import { adapters, countedRandom } from './testing.ts';

const NOW = '2031-03-01T00:00:00.000Z';
const random = countedRandom();
const vault = vaultOf([new Uint8Array(32).fill(1)], random);
const BY = { at: NOW, actor: 'system', random };
const person = (id: string): Principal => ({ kind: 'person', id, subjects: [id, `home-of-${id}`] });
const about = (id: string, kind: string, payload: Append['payload'] = { kind }): Append => ({ stream: caseStream('nets', id), subjectKey: id, householdKey: `home-of-${id}`, kind, payload });

describe.each(adapters)('the log on %s', (name, open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
    await migrate(database, NOW);
  });
  afterAll(() => database.close());

  const put = (...appends: Append[]): Promise<readonly LogEntry[]> => database.system('test', (session) => appendEvents(session, vault, appends, BY));
  const read = (stream: string) => database.system('test', (session) => readStream(session, vault, stream));

  test('keeps what was appended, whole and in order, and gives the payloads back', async () => {
    await put(about('a', 'opened', { amountFen: 12_300, name: '灯湾𠮷' }), about('a', 'decided', [1, null, 'x']));
    await put(about('a', 'paid'));
    const entries = await read(caseStream('nets', 'a'));
    expect(entries.map(({ sequence, kind, payload }) => [sequence, kind, payload])).toEqual([[1, 'opened', { amountFen: 12_300, name: '灯湾𠮷' }], [2, 'decided', [1, null, 'x']], [3, 'paid', { kind: 'paid' }]]);
    expect(checkChain(entries)).toBeUndefined();
    expect(entries[0]).toMatchObject({ at: NOW, actor: 'system', subjectKey: 'a', householdKey: 'home-of-a' });
  });

  test('holds no payload that could be read without the key, nor beside another entry', async () => {
    await put(about('sealed', 'opened', { secret: 'PLAINLY' }), about('sealed', 'closed'));
    const { rows } = await database.owner((session) => sql<{ body: Uint8Array }>`select body from log_payload where stream = ${caseStream('nets', 'sealed')} order by sequence`.execute(session));
    expect(Buffer.from(rows[0]?.body ?? []).toString('latin1')).not.toContain('PLAINLY');
    const other = vaultOf([new Uint8Array(32).fill(2)], random);
    await expect(database.system('test', (session) => readStream(session, other, caseStream('nets', 'sealed')))).rejects.toThrow('key that is not here');
    // A new key stands before the old one: both open.
    const rotated = vaultOf([new Uint8Array(32).fill(2), new Uint8Array(32).fill(1)], random);
    expect(await database.system('test', (session) => readStream(session, rotated, caseStream('nets', 'sealed')))).toHaveLength(2);
    await database.owner((session) => sql`update log_payload set body = (select body from log_payload where stream = ${caseStream('nets', 'sealed')} and sequence = 2) where stream = ${caseStream('nets', 'sealed')} and sequence = 1`.execute(session));
    await expect(read(caseStream('nets', 'sealed'))).rejects.toThrow('authenticate data');
  });

  test('appends to thousands of streams in one transaction', async () => {
    const appends = Array.from({ length: 5_000 }, (_, index) => about(`many-${index % 2_500}`, index < 2_500 ? 'opened' : 'decided'));
    const entries = await put(...appends);
    expect(entries.filter(({ sequence }) => sequence === 2)).toHaveLength(2_500);
    expect(checkChain(await read(caseStream('nets', 'many-7')))).toBeUndefined();
    expect(await read(caseStream('nets', 'many-7'))).toHaveLength(2);
  }, 30_000);

  test('lets only one of two who continue a stream at once, and tells the other, who may try again', async () => {
    await put(about('race', 'opened'));
    // The second comes with the number that the first has already taken.
    const stale = (session: Session): Promise<unknown> => sql`insert into log_entry select stream, 1, kind, at, actor, payload_hash, previous, hash, subject_key, household_key from log_entry where stream = ${caseStream('nets', 'race')}`.execute(session);
    await expect(database.system('test', stale)).rejects.toMatchObject({ code: '23505' });
    let attempts = 0;
    const outcome = await retryOnConflict(async () => {
      attempts += 1;
      if (attempts < 3) throw new LogConflict(undefined);
      return put(about('race', 'decided'));
    });
    expect([attempts, 'length' in outcome && outcome[0]?.sequence]).toEqual([3, 2]);
    expect(await retryOnConflict(() => Promise.reject(new LogConflict(undefined)), 2)).toEqual({ kind: 'log-conflict' });
  });

  test.runIf(name === 'postgres')('finds the conflict between two transactions that really run at once', async () => {
    await put(about('twice', 'opened'));
    const both = await Promise.allSettled(Array.from({ length: 8 }, () => put(about('twice', 'decided'))));
    const lost = both.filter((one) => one.status === 'rejected');
    expect(lost.every(({ reason }) => reason instanceof LogConflict)).toBe(true);
    const entries = await read(caseStream('nets', 'twice'));
    expect([entries.length, checkChain(entries)]).toEqual([1 + 8 - lost.length, undefined]);
    const all = await Promise.all(Array.from({ length: 8 }, () => retryOnConflict(() => put(about('twice', 'again')), 50)));
    expect(all.filter((one) => 'kind' in one)).toEqual([]);
  });

  test('lets a person read and continue what is about them, and nothing else', async () => {
    await put(about('mia', 'opened'), about('noa', 'opened'));
    const seen = (id: string, stream: string) => database.read(person(id), 'test', async (session) => (await readStream(session, vault, caseStream('nets', stream))).length);
    expect([await seen('mia', 'mia'), await seen('mia', 'noa')]).toEqual([1, 0]);
    const add = (who: Principal, append: Append, actor = who.id) => database.write(who, 'test', (session) => appendEvents(session, vault, [append], { ...BY, actor }));
    expect(await add(person('mia'), about('mia', 'objected'))).toMatchObject([{ sequence: 2, actor: 'mia' }]);
    await expect(add(person('mia'), about('noa', 'objected'))).rejects.toMatchObject({ code: '42501' });
    await expect(add(person('mia'), about('mia', 'objected'), 'noa')).rejects.toMatchObject({ code: '42501' });
    // A stream of a case belongs to the subject in its name, whoever is first.
    await expect(add(person('mia'), { ...about('mia', 'opened'), stream: caseStream('nets', 'nobody-yet') })).rejects.toMatchObject({ code: '23514' });
  });
});
