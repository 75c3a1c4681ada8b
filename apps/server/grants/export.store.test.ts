import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addAccount, approveBatch, bookThrough, changeGrants, choosePayTo, prepareBatches, releaseBatch, vaultOf } from '#adapters/store/index.ts';
import type { Database } from '#adapters/store/index.ts';
import { migrate } from '#adapters/store/migrate.ts';
import { adapters, countedRandom } from '#adapters/store/testing.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { accountsShared, exportBatch } from './export.ts';

const { pack } = loadPack(packFiles('lantern-bay'));
if (!pack) throw new Error('the town does not load');
const town = pack;
const random = countedRandom();
const vault = vaultOf([new Uint8Array(32).fill(1)], random);
const NOW = '2031-06-10T08:00:00.000Z';
const day = parseDate('2031-06-20') ?? expect.unreachable();
const CITY = '203106-city-1';
const HARBOUR = { kind: 'bank-account', bank: '海港银行', number: '4539578763621486' } as const;

for (const [name, open] of adapters) describe(`the payment file on ${name}`, { shuffle: false }, () => {
  let database: Database;
  const as = (actor: string) => ({ database, vault, by: { at: NOW, actor, random } });
  const told = async (by?: string) => {
    const items = await exportBatch({ database, vault, clock: { now: () => NOW, today: () => day }, random, mode: 'production' }, vault, { pack: '', batch: CITY, as: by });
    return typeof items === 'string' ? items : items.map(({ subject, opened }) => [subject, opened?.number]);
  };
  const looks = async (subject: string) => database.read({ kind: 'person', id: subject, subjects: [subject] }, 'test', (session) => session.selectFrom('access_log').select(['actor', 'department', 'purpose', 'columns']).orderBy('sequence').execute());

  beforeAll(async () => {
    database = await open();
    await migrate(database, '2031-01-01T00:00:00.000Z');
    for (const [id, role, areas] of [['sun', 'payments-approver', []], ['qian', 'payments-preparer', []], ['wu', 'payments-approver', ['990101']]] as const) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await addAccount(as('system'), { id, name: id, department: 'development', areas, roles: [role] }, NOW);
    }
    await database.system('test', async (session) => {
      const events = [{ kind: 'set', run: 'june', ground: 'facts', from: 203106, right: { amountFen: 80_000, areas: { registered: '990101', resident: '990101' } } }] as const;
      await changeGrants(session, vault, ['ada', 'bo', 'cy'].map((subject) => ({ service: 'closed-season-grant', subject, household: null, events })), new Map(), as('system').by);
    });
    for (const id of ['ada', 'cy']) {
      // oxlint-disable-next-line no-await-in-loop -- as above
      await choosePayTo({ database, vault, by: { at: NOW, random } }, { kind: 'person', id, subjects: [id] }, HARBOUR, {});
    }
    await bookThrough(database, town, 203106, NOW);
    await prepareBatches(as('system'), 203106, { pack: town, respondBy: day, dueOn: day });
  });
  afterAll(() => database.close());

  test('has no number before two people have let the batch go, whoever asks', async () => {
    for (const by of [undefined, 'sun']) expect(await told(by)).toEqual([['ada', undefined], ['bo', undefined], ['cy', undefined]]);
    expect(await looks('ada')).toEqual([]);
  });

  test('is made for somebody who may let it go, nobody else, and each whose number is in it can see by whom', async () => {
    await approveBatch(as('li'), CITY);
    await releaseBatch(as('wang'), CITY);
    // Nobody; one who prepares; one who covers another payer; one whom nobody knows.
    for (const by of [undefined, 'qian', 'wu', 'zed']) expect(await told(by)).toBe('not-allowed');
    expect(await looks('ada')).toEqual([]);
    expect(await told('sun')).toEqual([['ada', HARBOUR.number], ['bo', undefined], ['cy', HARBOUR.number]]);
    expect(await looks('ada')).toEqual([{ actor: 'sun', department: 'development', purpose: 'pay', columns: ['pay_account'] }]);
    expect(await looks('bo')).toEqual([]);
  });

  test('of a batch that is none is refused', async () => {
    expect(await exportBatch({ database, vault, clock: { now: () => NOW, today: () => day }, random, mode: 'production' }, vault, { pack: '', batch: 'none', as: 'sun' })).toBe('batch-unknown');
  });

  test('is not needed to find an account of several people, and they can see that it was looked for', async () => {
    expect(await accountsShared({ database, vault, clock: { now: () => NOW, today: () => day }, random, mode: 'production' })).toEqual([{ subjects: ['ada', 'cy'] }]);
    expect((await looks('cy')).map(({ actor, purpose }) => [actor, purpose])).toEqual([['sun', 'pay'], ['system', 'account-check']]);
  });
});
