import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseStream } from '#engine/casework/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { Principal } from '#engine/ports.ts';
import { appendEvents, mandatesHeldBy, mandatesOf, offerMandate, revokeMandate, takeMandate, vaultOf, verifyLog } from './index.ts';
import type { Database, MandateDoor } from './index.ts';
import { migrate } from './migrate.ts';
import { adapters, countedRandom } from './testing.ts';

const NOW = '2031-03-03T01:00:00.000Z';
const random = countedRandom();
const vault = vaultOf([new Uint8Array(32).fill(1)], random);
const on = (text: string) => parseDate(text) ?? (() => { throw new Error(text); })();
const TODAY = on('2031-03-03');
type Person = Extract<Principal, { kind: 'person' }>;
const person = (id: string): Person => ({ kind: 'person', id, subjects: [id, `home-of-${id}`] });
const [grandma, daughter, neighbour] = [person('grandma'), person('daughter'), person('neighbour')];

describe.each(adapters)('mandates on %s', (_, open) => {
  let database: Database;
  const door = (): MandateDoor => ({ database, vault, by: { at: NOW, random } });
  const offer = (scope: 'look' | 'act' = 'act'): Promise<string> => offerMandate(door(), grandma, { giver: '桂婆婆', scope, until: on('2031-06-30'), offerEnds: '2031-03-04T01:00:00.000Z' });
  const seenBy = (who: Person): Promise<readonly unknown[]> => database.read(who, 'test', (session) => session.selectFrom('mandate').selectAll().execute());
  beforeAll(async () => {
    database = await open();
    await migrate(database, NOW);
  });
  afterAll(() => database.close());

  test('are seen by who gives and who holds them, and held until they are taken back', async () => {
    const taken = await takeMandate(door(), daughter, { code: await offer(), taker: '阿珠', today: TODAY });
    expect(taken).toMatchObject({ subjectKey: 'grandma', state: { kind: 'taken', by: 'daughter', taker: '阿珠' } });
    expect([await seenBy(grandma), await seenBy(daughter), await seenBy(neighbour)].map((rows) => rows.length)).toEqual([1, 1, 0]);
    expect(await mandatesHeldBy(database, vault, 'daughter', TODAY)).toMatchObject([{ giver: '桂婆婆', scope: 'act' }]);
    expect(await mandatesHeldBy(database, vault, 'daughter', on('2031-07-01'))).toEqual([]);
    expect(await revokeMandate(door(), grandma, 'number' in taken ? taken.number : 0)).toBeUndefined();
    expect(await mandatesHeldBy(database, vault, 'daughter', TODAY)).toEqual([]);
  });

  test('are not ended by anybody else', async () => {
    const [grandpa, son] = [person('grandpa'), person('son')];
    const code = await offerMandate(door(), grandpa, { giver: '桂公公', scope: 'act', until: on('2031-06-30'), offerEnds: '2031-03-04T01:00:00.000Z' });
    await takeMandate(door(), son, { code, taker: '阿海', today: TODAY });
    const [{ number } = { number: 0 }] = await database.read(grandpa, 'test', (session) => mandatesOf(session, vault, 'grandpa'));
    expect(await revokeMandate(door(), neighbour, number)).toEqual({ kind: 'mandate-over' });
    expect(await mandatesHeldBy(database, vault, 'son', TODAY)).toHaveLength(1);
  });

  test('who may only look changes nothing in the name of the other, whatever the code above says', async () => {
    const acting: Person = { kind: 'person', id: 'daughter', subjects: grandma.subjects };
    const entry = { stream: caseStream('nets', 'grandma'), subjectKey: 'grandma', householdKey: null, kind: 'asked', payload: null };
    const write = (who: Person) => database.write(who, 'test', (session) => appendEvents(session, vault, [entry], { at: NOW, actor: who.id, random }));
    await expect(write({ ...acting, only: 'look' })).rejects.toThrow('row-level security');
    expect(await write(acting)).toMatchObject([{ actor: 'daughter', sequence: 1 }]);
  });

  test('leave a chain that verifies', async () => {
    expect((await database.system('test', (session) => verifyLog(session, vault))).faults).toEqual([]);
  });
});
