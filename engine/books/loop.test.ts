import { expect, test } from 'vitest';
import type { ScheduledReform } from '#engine/entitlement/index.ts';
import { NO_MONEY } from './books.ts';
import type { KeptObservation, Money, PayerMonth } from './books.ts';
import { loopOf, sumsOf } from './loop.ts';
import { dayOf, runOf } from './testing.ts';

function payer(of: string, fen: number, change: Partial<PayerMonth> = {}): PayerMonth {
  return { payer: of, decidedFen: fen, bookedFen: fen, preparedFen: fen, paidFen: fen, returnedFen: 0, ...change };
}

function reform(on: string, state: ScheduledReform['state']): ScheduledReform {
  return { state, withdrawn: undefined, entry: { id: `reform of ${on}`, kind: 'reform', at: dayOf('2031-05-01'), by: 'li', on: dayOf(on), place: { file: 'history.yaml', line: 1, column: 1, endLine: 1, endColumn: 1 } } };
}

function observation(run: string, numerator: number): KeptObservation {
  return { indicator: 'reach', month: 203106, numerator, denominator: 10, value: undefined, formula: '', of: [], run, observedAt: '2031-06-30T00:00:00Z', people: undefined };
}

const [june, july] = [runOf('2031-06-01', { acted: 'whole' }), runOf('2031-07-01', { acted: 'whole' })];
const money: Money = { ...NO_MONEY, months: [{ month: 203106, payers: [payer('city', 600), payer('county:990101', 400)] }, { month: 203107, payers: [payer('city', 60)] }] };

test('the turn before ends with the day before the reform, the turn after begins with its day', () => {
  const loop = loopOf({ runs: [june, july], money, observations: [observation(june.id, 7), observation(june.id, 8), observation(july.id, 9)], reforms: [reform('2031-07-01', 'in-force')] });
  expect([loop.before.run?.asOf, loop.after.run?.asOf]).toEqual(['2031-06-01', '2031-07-01']);
  // 600 + 400 of June; of two observations with the run of June the newer stands.
  expect(loop.before).toMatchObject({ month: 203106, money: { paidFen: 1000, agrees: true }, observations: [{ numerator: 8 }] });
  expect(loop.after).toMatchObject({ month: 203107, money: { paidFen: 60 }, observations: [{ numerator: 9 }] });
});

test('without a reform there is one turn, and the reform that was taken back is none', () => {
  for (const reforms of [[], [reform('2031-07-01', 'withdrawn')]]) {
    const loop = loopOf({ runs: [june, july], money, observations: [], reforms });
    expect([loop.before.run?.id, loop.reform, loop.after]).toEqual([july.id, undefined, { run: undefined, month: undefined, money: undefined, observations: [] }]);
  }
});

test('a run that was acted on stands before a later one that was not, and one against another run is none of the loop', () => {
  const of = (...runs: Parameters<typeof loopOf>[0]['runs']): string | undefined => loopOf({ runs, money, observations: [], reforms: [] }).before.run?.asOf;
  expect(of(june, { ...july, acted: 'not' })).toBe('2031-06-01');
  expect(of({ ...june, acted: 'not' }, { ...july, acted: 'not' })).toBe('2031-07-01');
  expect(of(june, { ...july, against: { kind: 'run', id: june.id } })).toBe('2031-06-01');
  expect(of({ ...june, against: { kind: 'nothing' } })).toBeUndefined();
});

test('a month agrees where what is decided, booked and paid is the same but for what has no payer', () => {
  const agrees = (...payers: readonly PayerMonth[]): boolean => sumsOf({ month: 203106, payers }).agrees;
  expect(agrees(payer('city', 600))).toBe(true);
  // 50 are booked for a county that is not known and 5 for nobody: they cannot leave.
  const nobody = [payer('county:', 50, { preparedFen: 0, paidFen: 0 }), payer('unstated', 5, { preparedFen: 0, paidFen: 0 })];
  expect(sumsOf({ month: 203106, payers: [payer('city', 600), ...nobody] })).toMatchObject({ bookedFen: 655, paidFen: 600, withoutPayerFen: 55, agrees: true });
  expect(agrees(payer('city', 600, { decidedFen: 601 }))).toBe(false);
  expect(agrees(payer('city', 600, { paidFen: 599 }))).toBe(false);
  expect(agrees(payer('city', 600, { returnedFen: 600 }))).toBe(false);
});
