import { expect, test } from 'vitest';
import { loadPack, readReform } from '#engine/pack/index.ts';
import type { Residual } from '#engine/population/index.ts';
import { linkRules } from '#engine/rules/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { baselineOf, consequencesOf, simulate, statedErrorOf, withMoreIncome } from './index.ts';
import type { Consequence } from './index.ts';
import { fishersOf } from './testing.ts';

const { pack } = loadPack(packFiles('lantern-bay'));
if (!pack) throw new Error('the town does not load');
const town = pack;
const { book, parsed } = linkRules(town);
const GRANT = 'closed-season-grant';
const baseline = baselineOf(book, parsed, fishersOf(town), 20310615);

function consequences(text: string, residuals?: readonly Residual[]): readonly Consequence[] {
  const { reform } = readReform(town, 'try.yaml', `name: { zh: 试, en: A try }\n${text}`);
  const found = reform && simulate(baseline, reform);
  if (found?.kind !== 'simulated') throw new Error('not simulated');
  return consequencesOf(baseline, found, residuals);
}

const line = (value: string): string => `parameters: [{ parameter: income-line, area: "990100", from: "2031-01-01", value: ${value} }]`;
const residual = (id: string, percent: number): Residual => ({ id, name: { zh: id, en: id }, kind: 'count', published: 1, wanted: 1, drawn: 1, residual: percent, year: 2030, source: 'LB-DEMO', confidence: 'demo', heldOut: false });

test('what a higher line does, told apart by place and by income', () => {
  // 1,200.00 lets in 1,000.01 and 1,200.00 on the quay, and 1,000.01 in the country; all three are above the line of today.
  const [one] = consequences(line('1200.00'));
  expect(one?.places.map(({ group, counts, beforeFen, afterFen }) => [group, counts.new, beforeFen, afterFen])).toEqual([['quay', 2, 160_000, 320_000], ['country', 1, 86_000, 172_000]]);
  expect(one?.incomes.map(({ group, counts, beforeFen, afterFen }) => [group, counts.new, beforeFen, afterFen])).toEqual([['low', 0, 246_000, 246_000], ['high', 3, 0, 246_000]]);
  expect(consequences(line('1000.00'))).toEqual([]);
});

test('near misses before and after: three of the five whom their income keeps out are let in', () => {
  expect(consequences(line('1200.00'))[0]?.near).toEqual({ before: [{ clause: 'licence', count: 1 }, { clause: 'income', count: 5 }], after: [{ clause: 'licence', count: 1 }, { clause: 'income', count: 2 }] });
});

test('a cliff is where one more yuan of income takes more than a yuan away', () => {
  // Today the one with exactly 1,000.00 would lose 800.00. With a line of 1,200.00 the one at 1,200.00 would; 1,000.01 would not.
  expect(consequences(line('1200.00'))[0]?.cliffs).toEqual({ before: { count: 1, mostFen: 80_000 }, after: { count: 1, mostFen: 80_000 } });
  // A line of 999.99 has nobody within a yuan below it.
  expect(consequences(line('999.99'))[0]?.cliffs).toEqual({ before: { count: 1, mostFen: 80_000 }, after: { count: 0, mostFen: 0 } });
  // A grant that goes down by what is earned is no cliff: 1,000.00 less the income, so a yuan less for a yuan more.
  const taper = 'standards: [{ service: closed-season-grant, from: "2031-01-01", amount: "max(1000.00 - 本月收入, 0)" }]';
  expect(consequences(`${taper}\n${line('2000.00')}`)[0]?.cliffs?.after).toEqual({ count: 0, mostFen: 0 });
});

test('with more income nobody gets an income that was not known, and the snapshot itself stays', () => {
  const more = withMoreIncome(book, baseline.snapshot);
  const [was, is] = [baseline.snapshot.columns.get('person.month-income'), more?.columns.get('person.month-income')];
  expect([...was ?? []].map((value, row) => (is?.[row] ?? 0) - value)).toEqual([100, 100, 100, 100, 100, 100, 100, 100, 100, 0, 100]);
  expect(more?.columns.get('person.sex')).toBe(baseline.snapshot.columns.get('person.sex'));
});

test('the error of a figure is the worst of the totals that bear on it, unknown where none does, and none for everybody', () => {
  // The old fishers' grant reads the grade of the card, which one total counts; the other counts everybody and bears on nothing.
  const residuals = [residual('residents', 0.1), residual('grade-one', -2.5)];
  expect(statedErrorOf(book, 20310615, 'old-fisher-grant', residuals)).toEqual({ kind: 'band', percent: 2.5, worst: 'grade-one', totals: ['grade-one'] });
  expect(statedErrorOf(book, 20310615, GRANT, residuals)).toEqual({ kind: 'unknown' });
  expect(statedErrorOf(book, 20310615, GRANT, undefined)).toEqual({ kind: 'everybody' });
  expect(consequences(line('1200.00'), residuals)[0]?.error).toEqual({ kind: 'unknown' });
});

test('a service is measured by the totals that name it, and never by one that cannot be equal', () => {
  const changed = (change: (text: string) => string): ReturnType<typeof linkRules>['book'] => {
    const files = new Map([...packFiles('lantern-bay')].map(([file, bytes]) => [file, file.startsWith('synthetic/') ? new TextEncoder().encode(change(new TextDecoder().decode(bytes))) : bytes]));
    const { pack: other } = loadPack(files);
    if (!other) throw new Error('the town does not load');
    return linkRules(other).book;
  };
  const residuals = [residual('grade-one', 9), residual('incomes', 1)];
  const errorIn = (book_: typeof book): unknown => statedErrorOf(book_, 20310615, 'old-fisher-grant', residuals);
  expect(errorIn(book)).toMatchObject({ worst: 'grade-one' });
  expect(errorIn(changed((text) => text.replace('id: grade-one,', 'id: grade-one, not-equal: true,')))).not.toMatchObject({ worst: 'grade-one' });
});
