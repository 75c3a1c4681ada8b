import { expect, test } from 'vitest';
import { booksOf, dayOf, detailOf, runOf } from '#engine/books/testing.ts';
import { NO_ACTS, NO_MONEY } from '#engine/books/index.ts';
import type { Money } from '#engine/books/index.ts';
import { openCity } from '#engine/city.ts';
import type { City } from '#engine/city.ts';
import { linkBook } from '#engine/entitlement/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { loopSteps } from './loop-steps.ts';
import type { LoopStep } from './loop-steps.ts';
import { deskWords } from './words.ts';

const { pack } = loadPack(packFiles('lantern-bay'));
if (!pack) throw new Error('the town does not load');
const today = dayOf('2031-06-15');
const reform = { id: '2031-06-02-1', kind: 'reform', at: dayOf('2031-06-02'), by: 'li', name: { zh: '收入线提高', en: 'A higher line' }, on: dayOf('2031-07-01'), place: { file: 'history.yaml', line: 1, column: 1, endLine: 1, endColumn: 1 } } as const;

/** The town with these books; from July on a higher income line holds. */
function town(books: City['books']): City {
  if (!pack) throw new Error('the town does not load');
  const changed = { ...pack, history: new Map([[reform.id, reform]]) };
  return openCity({ pack: changed, ...linkBook(pack), findings: [], today, release: { digest: 'd', activatedAt: undefined }, diagnostics: [], mode: 'demo', books });
}

const acts = { ...NO_ACTS, set: { count: 8, fen: 640_000 } };
const [june, july] = [detailOf(runOf('2031-06-01', { acted: 'whole', acts })), detailOf(runOf('2031-07-01'))];
const paid = { payer: 'city', decidedFen: 640_000, bookedFen: 640_000, preparedFen: 640_000, paidFen: 640_000, returnedFen: 0 };
const money: Money = { ...NO_MONEY, months: [{ month: 203106, payers: [paid] }, { month: 203107, payers: [{ ...paid, decidedFen: 640_001, preparedFen: 0, paidFen: 0 }] }] };

async function stepsOf(city: City): Promise<ReadonlyMap<string, LoopStep>> {
  return new Map((await loopSteps(city, 'en', deskWords('en'))).map((step) => [step.id, step]));
}

test('a turn that went round is done and equal to the fen from what was set to what was paid', async () => {
  const steps = await stepsOf(town(booksOf([june, july], money)));
  expect(steps.get('book-before')).toMatchObject({ command: null, agrees: true, says: ['Set by the run 6,400.00 yuan = Decided 6,400.00 yuan = Booked 6,400.00 yuan'], link: { to: '/desk/money#m203106' } });
  expect(steps.get('pay-before')).toMatchObject({ command: null, agrees: true, says: ['Payable 6,400.00 yuan = Prepared 6,400.00 yuan = Paid 6,400.00 yuan'] });
});

test('the turn after the reform stands where it has come to: decided ahead of its day, not acted on, booked with a fen missing, not paid', async () => {
  const steps = await stepsOf(town(booksOf([june, july], money)));
  expect(steps.get('reform')).toMatchObject({ command: null, link: { to: '/desk/reforms' } });
  expect(steps.get('reform')?.says.join()).toMatch(/A higher line, in force from 2031-07-01, which is still ahead/);
  expect(steps.get('run-after')?.says).toHaveLength(2);
  expect(steps.get('acts-after')?.command).toBe('minsheng act 2031-07-01-c0ffee000000 --accept --as ACCOUNT');
  // 6,400.01 are decided and 6,400.00 booked.
  expect(steps.get('book-after')).toMatchObject({ agrees: false, command: null });
  expect(steps.get('book-after')?.says[0]).toContain('6,400.01 yuan ≠ Booked 6,400.00 yuan');
  expect(steps.get('pay-after')?.command).toBe('minsheng pay prepare --month 2031-07');
  expect(steps.get('observe-after')?.command).toMatch(/^minsheng observe \S+ --month 2031-07 --run 2031-07-01-c0ffee000000$/);
});

test('without a store every step but the reform waits, and the run after it is asked for as of its day', async () => {
  const steps = await stepsOf(town(undefined));
  expect([...steps.values()].filter(({ command }) => command === null).map(({ id }) => id)).toEqual(['reform']);
  expect(steps.get('run-before')?.command).toBe('minsheng decide --all --as-of 2031-06-15 --against grants');
  expect(steps.get('run-after')?.command).toBe('minsheng decide --all --as-of 2031-07-01 --against grants');
});

test('what was observed after the reform says what changed in numerator and denominator, and what has no payer is told apart from what is equal', async () => {
  const observed = (run: string, month: number, numerator: number, denominator: number) => ({ indicator: 'reach', month, numerator, denominator, value: undefined, formula: '', of: [], run, observedAt: '2031-07-30T00:00:00Z', people: { release: 'v1', count: 100, synthetic: true } });
  const unpaid = { ...paid, payer: 'unstated', decidedFen: 5_000, bookedFen: 5_000, preparedFen: 0, paidFen: 0 };
  const books = { ...booksOf([june, july], { ...NO_MONEY, months: [{ month: 203106, payers: [paid, unpaid] }] }), observations: () => Promise.resolve([observed(june.line.id, 203106, 20, 40), observed(july.line.id, 203107, 25, 74)]) };
  const steps = await stepsOf(town(books));
  expect(steps.get('observe-after')?.says[1]).toContain('+5 who receive it, +34 who are entitled');
  expect(steps.get('observe-before')?.says).toHaveLength(1);
  // 6,450.00 are booked, of which 50.00 have nobody who pays: the rest is equal to the fen.
  expect(steps.get('pay-before')).toMatchObject({ agrees: true, says: ['Of 6,450.00 yuan booked, 50.00 have no payer yet and cannot leave; 6,400.00 can be paid.', 'Payable 6,400.00 yuan = Prepared 6,400.00 yuan = Paid 6,400.00 yuan'] });
});
