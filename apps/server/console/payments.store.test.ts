import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actOnRun } from '#adapters/store/index.ts';
import type { Database } from '#adapters/store/index.ts';
import { migrate } from '#adapters/store/migrate.ts';
import { adapters } from '#adapters/store/testing.ts';
import type { Payments } from '#engine/console/index.ts';
import type { Staff } from '#engine/permission/index.ts';
import { day, townAt } from '#tools/town.ts';
import { openPayments } from './payments.ts';

const NOW = '2031-06-10T08:00:00.000Z';
const [JUST_NOW, TOO_LONG_AGO] = ['2031-06-10T07:55:00.000Z', '2031-06-10T07:50:00.000Z'];
const { pack: town, city, clock, random, vault } = townAt(NOW, day('2031-06-10'));
const member = (id: string, role: string, areas: readonly string[] = []): Staff => ({ kind: 'staff', id, department: 'development', areas: [...areas], roles: [role] });
const [qian, sun, li] = [member('qian', 'payments-preparer'), member('sun', 'payments-approver'), member('li', 'payments-approver')];
const SERVICE = 'closed-season-grant';

// One story: each test goes on from where the one before it left the town.
for (const [name, open] of adapters) describe(`money let go by people who prove who they are, on ${name}`, { shuffle: false }, () => {
  let database: Database;
  let payments: Payments;
  const stages = async (who: Staff) => (await payments.list(who)).batches.map(({ id, stage, may }) => [id, stage, [...may]]);

  beforeAll(async () => {
    database = await open();
    await migrate(database, '2031-01-01T00:00:00.000Z');
    payments = openPayments({ database, vault, clock, random, city: () => city });
    // 800.00 each, of which the city pays 60 in 100 and the county of registration 40.
    const granted = (subject: string, registered: string) => ({
      change: { service: SERVICE, subject: 'person', row: 0, kind: 'new' as const, wasFen: undefined, isFen: 80_000, clause: undefined },
      key: { service: SERVICE, subject }, household: null, areas: { registered, resident: registered }, unplaced: {}, standing: 'good' as const, fact: '',
    });
    await actOnRun({ database, vault, by: { at: NOW, actor: 'system', random } }, { pack: town, run: 'june', asOf: 20310601, respondBy: day('2031-06-20'), dueOn: day('2031-06-15') }, [[granted('ada', '990101'), granted('bo', '990122')]]);
  });
  afterAll(() => database.close());

  test('whoever prepares books the month and makes a batch a payer, once', async () => {
    expect([(await payments.list(qian)).month, (await payments.list(sun)).month]).toEqual([203106, undefined]);
    expect(await payments.prepare(qian)).toEqual({ batches: 3 });
    expect(await payments.prepare(qian)).toEqual({ batches: 0 });
    for (const who of [sun, member('he', 'window-clerk'), member('wu', 'payments-preparer', ['990101'])]) expect(await payments.prepare(who)).toEqual({ kind: 'not-allowed' });
    expect(await payments.batch(sun, '203106-city-1')).toMatchObject({ preparedBy: 'qian', items: 2, totalFen: 96_000, services: [{ service: SERVICE, items: 2, amountFen: 96_000, returned: 0, returnedFen: 0 }] });
  });

  test('each sees the batches of the payers in their area, and only what they may do with them', async () => {
    expect(await stages(sun)).toEqual(['county-990122', 'county-990101', 'city'].map((payer) => [`203106-${payer}-1`, 'prepared', ['approve', 'withdraw']]));
    expect((await stages(member('wu', 'payments-approver', ['990101']))).map(([id]) => id)).toEqual(['203106-county-990101-1']);
    for (const role of ['window-clerk', 'case-officer', 'auditor', 'platform-administrator', 'planner']) expect(await stages(member('he', role)), role).toEqual([]);
    expect(await payments.batch(member('wu', 'payments-approver', ['990101']), '203106-city-1')).toBeUndefined();
  });

  test('money goes once two more people have each just proved who they are', async () => {
    const id = '203106-city-1';
    expect(await payments.act(sun, id, { do: 'approve' }, TOO_LONG_AGO)).toEqual({ kind: 'prove-again' });
    expect(await payments.act(qian, id, { do: 'approve' }, JUST_NOW)).toEqual({ kind: 'not-allowed' });
    expect(await payments.act(member('wu', 'payments-approver', ['990101']), id, { do: 'approve' }, JUST_NOW)).toEqual({ kind: 'batch-unknown' });
    expect(await payments.act(li, id, { do: 'release' }, JUST_NOW)).toEqual({ kind: 'not-approved' });
    expect(await payments.act(sun, id, { do: 'approve' }, JUST_NOW)).toBeUndefined();
    // Sent twice, or by whoever approved it: nothing is done.
    expect(await payments.act(sun, id, { do: 'approve' }, JUST_NOW)).toEqual({ kind: 'not-prepared' });
    expect(await payments.act(sun, id, { do: 'release' }, JUST_NOW)).toEqual({ kind: 'same-person' });
    expect(await payments.act(li, id, { do: 'release' }, TOO_LONG_AGO)).toEqual({ kind: 'prove-again' });
    expect(await payments.act(li, id, { do: 'release' }, JUST_NOW)).toBeUndefined();
    expect(await payments.batch(li, id)).toMatchObject({ stage: 'released', approvedBy: 'sun', releasedBy: 'li', may: [] });
  });

  test('a batch that has not left is taken back with a reason, and its money stands in the next', async () => {
    const id = '203106-county-990101-1';
    expect(await payments.act(qian, id, { do: 'withdraw', because: ' ' }, TOO_LONG_AGO)).toEqual({ kind: 'reason-missing' });
    expect(await payments.act(qian, id, { do: 'withdraw', because: '出资比例要改' }, TOO_LONG_AGO)).toBeUndefined();
    expect(await payments.act(qian, '203106-city-1', { do: 'withdraw', because: '晚了' }, JUST_NOW)).toEqual({ kind: 'not-prepared' });
    expect(await payments.prepare(qian)).toEqual({ batches: 1 });
    expect((await payments.list(qian)).batches.map(({ id: one, stage }) => [one, stage])).toContainEqual(['203106-county-990101-2', 'prepared']);
  });
});
