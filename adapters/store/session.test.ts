import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endSession, endSessionsOf, lapsedHolder, openSession, proveAgain, sessionOf, vaultOf } from './index.ts';
import type { Database } from './index.ts';
import { migrate } from './migrate.ts';
import { adapters, countedRandom } from './testing.ts';

const random = countedRandom();
const vault = vaultOf([new Uint8Array(32).fill(1)], random);
const at = (time: string): string => `2031-03-03T${time}:00.000Z`;
const mia = { kind: 'person', holder: 'mia', name: '米娅𠮷' } as const;

describe.each(adapters)('sessions on %s', (_, open) => {
  let database: Database;
  const signIn = (who: Parameters<typeof openSession>[2] = mia, now = at('08:00')): Promise<string> => openSession(database, vault, who, { now, random });
  const found = (token: string, now: string) => sessionOf(database, vault, token, now);
  beforeAll(async () => {
    database = await open();
    await migrate(database, at('01:00'));
  });
  afterAll(() => database.close());

  test('whoever holds the cookie is known by name, and nobody by anything that the store holds', async () => {
    const token = await signIn();
    const session = await found(token, at('08:01'));
    expect(session).toMatchObject({ ...mia, openedAt: at('08:00'), provenAt: at('08:00') });
    expect(await found(session?.id ?? '', at('08:01'))).toBeUndefined();
    const later = await openSession(database, vault, mia, { now: at('08:00'), random, provenAt: at('07:00') });
    expect(await found(later, at('08:01'))).toMatchObject({ openedAt: at('08:00'), provenAt: at('07:00') });
    const { rows } = await database.system('test', (one) => sql<{ row: string }>`select session::text as row from session`.execute(one));
    expect(rows.some(({ row }) => row.includes(token) || row.includes('米娅'))).toBe(false);
  });

  test.each([['half an hour unseen', 'person', '08:29', '08:58', '09:29'], ['a quarter of an hour for staff', 'staff', '08:14', '08:28', '08:44']] as const)('end after %s', async (_when, kind, seen, again, late) => {
    const token = await signIn({ ...mia, kind });
    expect(await found(token, at(seen))).toBeDefined();
    // Being seen has kept it open.
    expect(await found(token, at(again))).toBeDefined();
    expect(await found(token, at(late))).toBeUndefined();
  });

  test('end after twelve hours, however often they are seen', async () => {
    const token = await signIn(mia, at('01:00'));
    const seen: string[] = [];
    for (let minutes = 60; minutes <= 14 * 60; minutes += 20) {
      const now = at(`${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`);
      // oxlint-disable-next-line no-await-in-loop -- seen one time after the other
      if (await found(token, now)) seen.push(now);
    }
    expect([seen.length, seen.at(-1)]).toEqual([36, at('12:40')]);
  });

  test('are ended by signing out, here or everywhere, and stay ended', async () => {
    const [here, there, hers] = [await signIn(), await signIn(), await signIn({ ...mia, holder: 'noa' })];
    await endSession(database, (await found(here, at('08:01')))?.id ?? '', at('08:02'));
    expect([await found(here, at('08:03')), await found(there, at('08:03'))]).toEqual([undefined, expect.anything()]);
    expect(await endSessionsOf(database, { kind: 'person', holder: 'mia' }, at('08:04'))).toBeGreaterThan(0);
    expect([await found(there, at('08:05')), await found(hers, at('08:05'))]).toEqual([undefined, expect.anything()]);
  });

  test('that have lapsed still say whose they were, for a day; those that are open, ended or of staff do not', async () => {
    const [token, ended, staff] = [await signIn(), await signIn(), await signIn({ ...mia, kind: 'staff' })];
    await endSession(database, (await found(ended, at('08:01')))?.id ?? '', at('08:02'));
    const lapsed = (of: string, now: string) => lapsedHolder(database, of, now);
    expect([await lapsed(token, at('08:29')), await lapsed(token, at('08:31')), await lapsed(token, '2031-03-04T08:00:00.000Z')]).toEqual([undefined, 'mia', undefined]);
    expect([await lapsed(ended, at('08:40')), await lapsed(staff, at('08:40')), await lapsed('made-up', at('08:40'))]).toEqual([undefined, undefined, undefined]);
  });

  test('say when somebody last proved who they are', async () => {
    const token = await signIn();
    await proveAgain(database, (await found(token, at('08:01')))?.id ?? '', at('08:05'));
    expect(await found(token, at('08:06'))).toMatchObject({ openedAt: at('08:00'), provenAt: at('08:05') });
  });

  test('are seen by the person alone, and their digest by nobody', async () => {
    await signIn({ ...mia, holder: 'zoe' });
    const seen = (id: string) => database.read({ kind: 'person', id, subjects: [id] }, 'test', (one) => sql<{ holder: string }>`select distinct holder from session`.execute(one));
    expect((await seen('zoe')).rows).toEqual([{ holder: 'zoe' }]);
    expect((await seen('nobody-else')).rows).toEqual([]);
    await expect(database.read({ kind: 'person', id: 'zoe', subjects: ['zoe'] }, 'test', (one) => sql`select token_hash from session`.execute(one))).rejects.toThrow('permission denied');
    await expect(database.read({ kind: 'staff', id: 'clerk', department: 'd', areas: [], roles: [] }, 'test', (one) => sql`select name from session`.execute(one))).rejects.toThrow('permission denied');
  });
});
