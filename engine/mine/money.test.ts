import { expect, test } from 'vitest';
import { foldGrant } from '#engine/entitlement/index.ts';
import type { GrantEvent } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { nextDueOf, NO_AFFAIRS, sumsOfMine } from './index.ts';
import type { OwnPayment } from './index.ts';

const { pack } = loadPack(packFiles('lantern-bay'));
const service = pack?.services.get('closed-season-grant') ?? expect.unreachable('the town does not load');
const granted = (from: number, amountFen: number, until?: number): GrantEvent => ({ kind: 'set', run: 'r', ground: 'facts', from, until, right: { amountFen, areas: {} } });
const due = (after: number, ...events: readonly GrantEvent[]) => nextDueOf({ grant: foldGrant(events) }, service, after);

test('a monthly grant falls due next month with what holds then, and not at all once it has ended', () => {
  expect(due(203106, granted(203106, 80_000))).toEqual({ month: 203107, amountFen: 80_000, cycle: 'month' });
  expect(due(203106, granted(203106, 80_000), granted(203107, 86_000))).toMatchObject({ amountFen: 86_000 });
  expect(due(203106, granted(203106, 80_000, 203106))).toBeUndefined();
  expect(due(203106)).toBeUndefined();
});

test('what goes by the bills of its period is not told ahead', () => {
  const onBills = { standard: (service.standard ?? []).map((one) => ({ ...one, onBills: true })) };
  expect(nextDueOf({ grant: foldGrant([granted(203106, 80_000)]) }, onBills, 203106)).toBeUndefined();
});

test('one payment out of three purses is one sum, with its parts; what was taken back is none', () => {
  const item = (payer: string, amountFen: number, change: Partial<OwnPayment> = {}): OwnPayment => ({ service: service.id, subject: 'p', payer, amountFen, periods: [{ period: 203106, amountFen }], month: 203106, stage: 'released', leftOn: parseDate('2031-06-25') ?? null, returned: null, account: null, ...change });
  const sums = sumsOfMine({ ...NO_AFFAIRS, payments: [item('city', 60), item('county:990101', 40), item('province', 5, { stage: 'withdrawn' }), item('fund', 7, { stage: 'approved', leftOn: null })] });
  expect(sums.map(({ stage, amountFen, parts, periods }) => [stage, amountFen, parts.map(({ payer }) => payer), periods])).toEqual([['came', 100, ['city', 'county:990101'], [203106]], ['approved', 7, ['fund'], [203106]]]);
});
