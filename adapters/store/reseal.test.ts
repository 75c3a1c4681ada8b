import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseStream } from '#engine/casework/index.ts';
import { appendEvents, openSession, readStream, resealStep, sealedOtherwise, sessionOf, vaultOf, verifyLog } from './index.ts';
import type { Append, Database, ResealPlace, Vault } from './index.ts';
import { migrate } from './migrate.ts';
import { SEALED } from './sealed.ts';
import { adapters, countedRandom } from './testing.ts';

const NOW = '2031-03-03T01:00:00.000Z';
const random = countedRandom();
const [older, newer] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
const [before, both, after] = [vaultOf([older], random), vaultOf([newer, older], random), vaultOf([newer], random)];
const PEOPLE = 700;
/** Bytes that no vault has sealed, by the column that holds them. */
const IN_THE_CLEAR = ['access_log.salt', 'evidence.sha256', 'log_entry.hash', 'log_entry.payload_hash', 'log_entry.previous', 'log_payload.salt', 'pack_release.bytes', 'pay_account.number_index'];

describe.each(adapters)('keys on %s', (_, open) => {
  let database: Database;
  let cookie = '';
  beforeAll(async () => {
    database = await open();
    await migrate(database, NOW);
    await database.system('test', async (session) => {
      const remarks = Array.from({ length: PEOPLE }, (__, at): Append => ({ stream: caseStream('nets', `p${at}`), subjectKey: `p${at}`, householdKey: null, kind: 'remark', payload: { at } }));
      await appendEvents(session, before, remarks, { at: NOW, actor: 'system', random });
    });
    cookie = await openSession(database, before, { kind: 'person', holder: 'p1', name: '阿珠' }, { now: NOW, random });
    await database.owner((session) => sql`insert into voice_draft (subject_key, id, form, body, photo, changed_at) values ('p1', 'd', 1, ${before.seal(new Uint8Array([7]), 'voice-draft/p1')}, null, ${NOW}::timestamptz)`.execute(session));
  });
  afterAll(() => database.close());

  const said = (vault: Vault, at: number): Promise<unknown> => database.system('test', async (session) => (await readStream(session, vault, caseStream('nets', `p${at}`)))[0]?.payload);

  async function rotate(vault: Vault, steps: number): Promise<number> {
    let [place, resealed]: [ResealPlace | undefined, number] = [{ at: 0, after: [] }, 0];
    for (let step = 0; step < steps && place; step++) {
      // oxlint-disable-next-line no-await-in-loop -- each goes on where the one before has ended
      const done: Awaited<ReturnType<typeof resealStep>> = await resealStep(database, vault, place);
      resealed += done.resealed;
      place = done.next;
    }
    return resealed;
  }

  test('change while both are there, in any number of goes, and then the older one is needed no more', async () => {
    expect(await sealedOtherwise(database, both)).toBe(PEOPLE + 2);
    // Cut off after the first five hundred payloads: some are of one key, some of the other, and everything opens.
    expect(await rotate(both, SEALED.findIndex(({ table }) => table === 'log_payload') + 1)).toBe(500);
    expect(await Promise.all([said(both, 0), said(both, PEOPLE - 1)])).toEqual([{ at: 0 }, { at: PEOPLE - 1 }]);
    // Begun anew it does the rest, and a second time nothing.
    expect([await rotate(both, Infinity), await rotate(both, Infinity)]).toEqual([PEOPLE + 2 - 500, 0]);
    expect(await sealedOtherwise(database, after)).toBe(0);
    expect(await database.system('test', (session) => verifyLog(session, after))).toMatchObject({ entries: PEOPLE, payloads: PEOPLE, faults: [] });
    expect(await sessionOf(database, after, cookie, '2031-03-03T01:00:30.000Z')).toMatchObject({ name: '阿珠' });
    await expect(said(before, 3)).rejects.toThrow('a key that is not here');
  });

  test('that are not all there change nothing', async () => {
    const other = vaultOf([new Uint8Array(32).fill(3)], random);
    const older = await sealedOtherwise(database, after);
    await expect(rotate(other, Infinity)).rejects.toThrow('a key that is not here');
    expect(await sealedOtherwise(database, after)).toBe(older);
  });

  test('are changed in every column that holds sealed bytes', async () => {
    const { rows } = await database.owner((session) => sql<{ name: string }>`select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public' and data_type = 'bytea'`.execute(session));
    expect(rows.map(({ name }) => name).sort()).toEqual([...SEALED.map(({ table, column }) => `${table}.${column}`), ...IN_THE_CLEAR].sort());
  });
});

test('a text is found by the same bytes for the same place, by every key, and by nobody without one', () => {
  expect(before.index('330701198001010011', 'identity')).toEqual(before.index('330701198001010011', 'identity'));
  expect(before.index('330701198001010011', 'identity')).toHaveLength(32);
  expect(before.index('330701198001010011', 'account')).not.toEqual(before.index('330701198001010011', 'identity'));
  expect(both.indexes('x', 'identity')).toEqual([after.index('x', 'identity'), before.index('x', 'identity')]);
});
