import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addAccount, bookThrough, changeGrants, disableAccount, keepTestAccounts, listBatches, vaultOf } from '#adapters/store/index.ts';
import type { AccountDoor, Database } from '#adapters/store/index.ts';
import { migrate } from '#adapters/store/migrate.ts';
import { adapters, countedRandom } from '#adapters/store/testing.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { doGrantCommand } from './command.ts';
import type { GrantOrder } from './command.ts';

const { pack: town } = loadPack(packFiles('lantern-bay'));
if (!town) throw new Error('the town does not load');
const random = countedRandom();
const vault = vaultOf([new Uint8Array(32).fill(1)], random);
const NOW = '2031-06-10T08:00:00.000Z';
const clock = { now: () => NOW, today: () => parseDate('2031-06-10') ?? expect.unreachable() };
const [pack, batch, folder] = [join(import.meta.dirname, '../../../packs/lantern-bay'), '203106-city-1', '/nowhere'];
const stopped = (as: string): Extract<GrantOrder, { do: 'act' }> => ({ do: 'act', folder, pack, run: '2031-06-01-000000000000', accepted: true, as });

// One story: each test goes on from where the one before it left the town.
for (const [name, open] of adapters) describe(`who is named in an order about money on ${name}`, { shuffle: false }, () => {
  let database: Database;
  const door: Pick<AccountDoor, 'vault' | 'by'> = { vault, by: { at: NOW, actor: 'system', random } };
  const give = (order: GrantOrder, mode: 'demo' | 'production' = 'production') => doGrantCommand({ database, vault, clock, random, mode }, order);
  const add = (id: string, role: string, areas: readonly string[] = []) => addAccount({ database, ...door }, { id, name: id, department: 'development', areas, roles: [role] }, NOW);

  beforeAll(async () => {
    database = await open();
    await migrate(database, '2031-01-01T00:00:00.000Z');
    await database.system('test', async (session) => {
      const events = [{ kind: 'set', run: 'june', ground: 'facts', from: 203106, right: { amountFen: 80_000, areas: { registered: '990101', resident: '990101' } } }] as const;
      await changeGrants(session, vault, ['ada', 'bo'].map((subject) => ({ service: 'closed-season-grant', subject, household: null, events })), new Map(), door.by);
    });
    await bookThrough(database, town, 203106, NOW);
    await add('qian', 'payments-preparer');
    await add('sun', 'payments-approver');
    await add('li', 'payments-approver');
    await add('wu', 'payments-approver', ['990101']);
    await add('he', 'case-officer');
    await add('gone', 'payments-approver');
    await disableAccount({ database, ...door }, 'gone');
  });
  afterAll(() => database.close());

  test('has the account of somebody who may do it: nobody is believed for a name', async () => {
    expect(await give({ do: 'prepare', folder, pack, month: 203106, as: 'sun' })).toMatchObject({ kind: 'member-may-not', roles: ['payments-preparer'] });
    expect(await give({ do: 'prepare', folder, pack, month: 203106, as: 'qian' })).toMatchObject({ kind: 'batches' });
    // A name that is none, one in other letters, an account that is closed, and one that only a demonstration has.
    for (const as of ['anybody', 'SUN', 'gone', 'approver']) expect(await give({ do: 'approve', pack, batch, as })).toEqual({ kind: 'member-unknown', as });
    // Another role; whoever prepares; one for whom this payer is too wide.
    for (const as of ['he', 'qian', 'wu']) expect(await give({ do: 'approve', pack, batch, as })).toEqual({ kind: 'member-may-not', as, roles: ['payments-approver'] });
    expect(await give({ do: 'approve', pack, batch: 'none', as: 'sun' })).toEqual({ kind: 'refused', because: 'batch-unknown' });
    expect((await database.system('test', (session) => listBatches(session))).find(({ id }) => id === batch)).toMatchObject({ stage: 'prepared', preparedBy: 'qian' });
  });

  test('is not one person twice: what somebody approved another one lets go', async () => {
    expect(await give({ do: 'approve', pack, batch, as: 'sun' })).toEqual({ kind: 'done' });
    expect(await give({ do: 'release', pack, batch, as: 'sun' })).toEqual({ kind: 'refused', because: 'same-person' });
    expect(await give({ do: 'release', pack, batch, as: 'li' })).toEqual({ kind: 'done' });
    expect(await give({ do: 'return', folder, pack, batch, service: 'closed-season-grant', subject: 'ada', as: 'he', because: 'closed account' })).toMatchObject({ kind: 'member-may-not' });
    expect(await give({ do: 'return', folder, pack, batch, service: 'closed-season-grant', subject: 'ada', as: 'qian', because: 'closed account' })).toEqual({ kind: 'done' });
    expect(await give({ do: 'free', pack, service: 'closed-season-grant', subject: 'ada', as: 'sun' })).toMatchObject({ kind: 'member-may-not' });
    expect(await give({ do: 'free', pack, service: 'closed-season-grant', subject: 'ada', as: 'qian' })).toEqual({ kind: 'done' });
  });

  test('lets a stopped run go on only if they may prepare payments for the whole city', async () => {
    expect(await give(stopped('anybody'))).toEqual({ kind: 'member-unknown', as: 'anybody' });
    for (const as of ['he', 'sun']) expect(await give(stopped(as))).toMatchObject({ kind: 'member-may-not', as });
    // Further than that one comes: there are no people in that folder.
    expect(await give(stopped('qian'))).toEqual({ kind: 'no-release' });
    expect(await give({ ...stopped('system'), accepted: false })).toEqual({ kind: 'no-release' });
  });

  test('is one of the made-up staff only in a demonstration, before its city has run and after', async () => {
    expect(await give(stopped('preparer'), 'demo')).toEqual({ kind: 'no-release' });
    await keepTestAccounts({ database, ...door }, [{ id: 'preparer', name: '钱一', department: 'development', areas: [], roles: ['payments-preparer'] }]);
    expect(await give(stopped('preparer'), 'demo')).toEqual({ kind: 'no-release' });
    expect(await give(stopped('preparer'))).toEqual({ kind: 'member-unknown', as: 'preparer' });
  });
});
