import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountToEnrol, addAccount, countAttempt, credentialsOf, disableAccount, enrolAccount, forgiveAttempt, keepTestAccounts, listAccounts, openAccount, openSession, readStream, resetAccount, sessionOf, takeStep, vaultOf, verifyLog } from './index.ts';
import type { AccountDoor, Database } from './index.ts';
import { migrate } from './migrate.ts';
import { adapters, countedRandom } from './testing.ts';

const random = countedRandom();
const vault = vaultOf([new Uint8Array(32).fill(1)], random);
const at = (time: string): string => `2031-03-03T${time}.000Z`;
const NOW = at('08:00:00');
const LATER = at('20:00:00');
const mei = { id: 'mei', name: '李梅𠮷', department: 'fisheries', areas: ['990101'], roles: ['case-officer'] } as const;

describe.each(adapters)('accounts of staff on %s', (_, open) => {
  let database: Database;
  let door: AccountDoor;
  beforeAll(async () => {
    database = await open();
    await migrate(database, NOW);
    door = { database, vault, by: { at: NOW, actor: 'operator', random } };
  });
  afterAll(() => database.close());
  const codeOf = (made: Awaited<ReturnType<typeof addAccount>>): string => ('code' in made ? made.code : expect.unreachable(made.kind));
  const enrol = (id: string, code: string, totpStep = 5) => enrolAccount(door, id, { code, passwordHash: 'digest', totpSecret: Uint8Array.of(1, 2, 3), totpStep });

  test('are made once, enrolled once by their code, and hold nothing readable', async () => {
    const code = codeOf(await addAccount(door, mei, LATER));
    expect(await addAccount(door, mei, LATER)).toEqual({ kind: 'account-exists' });
    expect(await credentialsOf(database, vault, 'mei')).toMatchObject({ passwordHash: null, totpSecret: null });
    expect(await accountToEnrol(door, code, NOW)).toMatchObject({ ...mei, enrolledAt: null });
    expect([await accountToEnrol(door, 'x', NOW), await accountToEnrol(door, code, LATER)]).toEqual([undefined, undefined]);
    expect([await enrol('mei', 'x'), await enrol('mei', code), await enrol('mei', code)]).toEqual([false, true, false]);
    expect(await credentialsOf(database, vault, 'mei')).toEqual({ passwordHash: 'digest', totpSecret: Uint8Array.of(1, 2, 3), totpStep: 5 });
    const { rows } = await database.system('test', (one) => sql<{ row: string }>`select staff_account::text as row from staff_account`.execute(one));
    expect(rows.filter(({ row }) => row.includes(code) || row.includes('李梅') || row.includes('010203'))).toEqual([]);
  });

  test('take a code of each step of time once, and none of an earlier one', async () => {
    await enrol('nia', codeOf(await addAccount(door, { ...mei, id: 'nia' }, LATER)));
    const taken = [];
    for (const step of [5, 6, 6, 4, 9, 8]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      taken.push(await takeStep(database, 'nia', step));
    }
    expect(taken).toEqual([false, true, false, false, true, false]);
    expect(await Promise.all([takeStep(database, 'nia', 10), takeStep(database, 'nia', 10)])).toContain(false);
  });

  test('that are closed or taken back let nobody in and end every session', async () => {
    for (const id of ['ola', 'pia']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await enrol(id, codeOf(await addAccount(door, { ...mei, id }, LATER)));
    }
    const token = await openSession(database, vault, { kind: 'staff', holder: 'ola', name: 'O' }, { now: NOW, random });
    expect(await sessionOf(database, vault, token, NOW)).toBeDefined();
    expect([await disableAccount(door, 'ola'), await disableAccount(door, 'nobody')]).toEqual([undefined, { kind: 'account-unknown' }]);
    expect([await sessionOf(database, vault, token, NOW), await openAccount(database, vault, 'ola'), await credentialsOf(database, vault, 'ola')]).toEqual([undefined, undefined, undefined]);
    const again = codeOf(await resetAccount(door, 'pia', LATER));
    expect(await credentialsOf(database, vault, 'pia')).toMatchObject({ passwordHash: null, totpSecret: null });
    expect(await enrol('pia', again)).toBe(true);
  });

  test('of a demonstration are those of the pack; a real one of the same id stays', async () => {
    await addAccount(door, { ...mei, id: 'rea' }, LATER);
    await keepTestAccounts(door, [{ ...mei, id: 'toy' }, { ...mei, id: 'old' }, { ...mei, id: 'rea', roles: ['auditor'] }]);
    await keepTestAccounts(door, [{ ...mei, id: 'toy', roles: ['planner'] }]);
    const all = new Map((await listAccounts(database, vault)).map((one) => [one.id, one]));
    expect([all.get('toy'), all.get('rea')]).toMatchObject([{ isTest: true, roles: ['planner'], disabledAt: null }, { isTest: false, roles: ['case-officer'] }]);
    expect(all.get('old')?.disabledAt).toBe(NOW);
    expect(await credentialsOf(database, vault, 'toy')).toBeUndefined();
    expect(await resetAccount(door, 'toy', LATER)).toEqual({ kind: 'account-test' });
  });

  test('have a chain that says who changed them and when, and nothing that opens them', async () => {
    await enrol('zoe', codeOf(await addAccount(door, { ...mei, id: 'zoe' }, LATER)));
    await disableAccount(door, 'zoe');
    const entries = await database.system('test', (session) => readStream(session, vault, 'account/zoe'));
    expect(entries.map(({ kind, actor, payload }) => [kind, actor, payload])).toEqual([
      ['account-added', 'operator', { department: 'fisheries', areas: ['990101'], roles: ['case-officer'] }], ['account-enrolled', 'operator', {}], ['account-disabled', 'operator', {}],
    ]);
    expect((await database.system('test', (session) => verifyLog(session, vault))).faults).toEqual([]);
  });
});

describe.each(adapters)('attempts on %s', (_, open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
    await migrate(database, NOW);
  });
  afterAll(() => database.close());
  const tried = (of: string, now: string) => countAttempt(database, [{ kind: 'account', of }, { kind: 'address', of: `from ${of}` }], now);

  test('close an account after five, longer each time, and are forgotten after a day', async () => {
    const waits: number[] = [];
    for (const time of ['08:00:00', '08:00:01', '08:00:02', '08:00:03', '08:00:04', '08:00:05', '08:00:34', '08:00:35', '08:01:34', '08:01:35']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      waits.push(await tried('a', at(time)));
    }
    // The fifth, at :04, closes for 30 s; the sixth, at :34, for 60; the seventh, at 01:34, for 120.
    expect(waits).toEqual([0, 0, 0, 0, 0, 29, 0, 59, 0, 119]);
    expect(await tried('a', '2031-03-04T09:00:00.000Z')).toBe(0);
    expect(await tried('a', '2031-03-04T09:00:01.000Z')).toBe(0);
  });

  test('that were good are not held against anybody, and one account not against another', async () => {
    for (let time = 0; time < 4; time++) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await tried('b', at(`08:00:0${time}`));
    }
    await forgiveAttempt(database, [{ kind: 'account', of: 'b' }, { kind: 'address', of: 'from b' }]);
    const waits = [];
    for (let time = 0; time < 5; time++) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      waits.push(await tried('b', at(`08:01:0${time}`)));
    }
    expect([waits, await tried('c', at('08:01:05')), await tried('b', at('08:01:05'))]).toEqual([[0, 0, 0, 0, 0], 0, 29]);
  });

  test('from one address are closed too, whomever they name', async () => {
    const from = (name: number, time: string) => countAttempt(database, [{ kind: 'account', of: `n${name}` }, { kind: 'address', of: 'one' }], at(time));
    for (let name = 0; name < 30; name++) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect(await from(name, '09:00:00')).toBe(0);
    }
    expect([await from(99, '09:00:01'), await from(99, '09:00:10')]).toEqual([9, 0]);
  });

  test('all at once are all counted', async () => {
    const waits = await Promise.all(Array.from({ length: 12 }, () => tried('d', at('10:00:00'))));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
  });
});
