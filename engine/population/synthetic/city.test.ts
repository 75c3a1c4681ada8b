import { expect, test } from 'vitest';
import { loadPack } from '#engine/pack/index.ts';
import { LANE, linkRules } from '#engine/rules/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { dayNumberOf } from './day.ts';
import { collectSnapshot, drawCity, syntheticModel, TotalCounter } from './index.ts';

const { pack } = loadPack(packFiles('lantern-bay'));
const model = pack && syntheticModel(pack);
if (!pack || !model) throw new Error('Lantern Bay draws no city');
const { schema } = linkRules(pack).book.vocabulary;
const draw = (people: number, seed = 1): ReturnType<typeof drawCity> => drawCity(model, schema, { people, seed, on: 20310615 });
const town = collectSnapshot(schema, 'living', draw(8_000));

test('has as many people as asked for, shared out by county as the census says', () => {
  // East Lantern has 48,000 of 64,000 people, Reef County 16,000: 6,000 and 2,000 of 8,000, in families of four.
  expect([town.rows.get('person'), town.rows.get('living')]).toEqual([8_000, 2_000]);
  const areas = schema.codeLists.get('area')?.codes ?? [];
  const counts = new Map<string, number>();
  for (const area of town.columns.get('person.resident-area') ?? []) { const code = areas[area] ?? ''; counts.set(code, (counts.get(code) ?? 0) + 1); }
  expect([...counts]).toEqual([['990101001', 6_000], ['990122100', 2_000]]);
});

test('knows who is married to whom and whose children they are', () => {
  const [spouse, children] = [town.links.get('spouse'), town.links.get('children')];
  expect([spouse?.starts[2_000 * 4], children?.targets?.length]).toEqual([4_000, 4_000]);
  expect([...(spouse?.targets?.subarray(0, 2) ?? [])]).toEqual([1, 0]);
  // What the model does not draw is not known of anybody.
  expect(town.links.get('insurance')?.lost?.every((lost) => lost === 1)).toBe(true);
  expect(town.links.get('crew')?.group?.every((crew) => crew === LANE.int32.none)).toBe(true);
});

test('gives people stretches of time, in the order of their owners', () => {
  const [starts, from, until, item] = [town.links.get('care-visit')?.starts ?? [], town.columns.get('care-visit.from'), town.columns.get('care-visit.until'), town.columns.get('care-visit.item')];
  // Of 4,000 children half have been visited in their second week, and half at half a year: a person has none, one or both.
  expect([starts[8_000], town.rows.get('care-visit'), from?.length]).toEqual([4_000, 4_000, 4_000]);
  const born = town.columns.get('person.birth-date') ?? [];
  const visits = [...born].flatMap((day, person) => Array.from({ length: (starts[person + 1] ?? 0) - (starts[person] ?? 0) }, (_, at) => [day, (starts[person] ?? 0) + at] as const));
  expect(visits.every(([day, row]) => dayNumberOf(from?.[row] ?? 0) - dayNumberOf(day) === 7 + 180 * (item?.[row] ?? 0))).toBe(true);
  expect(until).toEqual(from);
  expect(town.links.get('care-visit')?.lost).toBeUndefined();
});

test('draws no visit that has not been yet', () => {
  const before = collectSnapshot(schema, 'living', drawCity({ ...model, spells: model.spells.map((one) => ({ ...one, facts: { 看护起: { daysBefore: { from: -30, to: -1 } } } })) }, schema, { people: 400, seed: 1, on: 20310615 }));
  expect([before.rows.get('care-visit'), before.links.get('care-visit')?.lost]).toEqual([0, undefined]);
});

test('keeps shares, gaps and rare lives', () => {
  const grade = [...(town.columns.get('person.fisher-grade') ?? [])];
  const count = (value: number): number => grade.filter((one) => one === value).length;
  // A quarter of 2,000 heads; two old salts and one whose income is not known have the second grade instead.
  expect(count(1)).toBe(3);
  expect(Math.abs(count(0) - 500)).toBeLessThanOrEqual(4);
  const income = [...(town.columns.get('person.month-income') ?? [])];
  expect(Math.abs(income.filter((value) => value === LANE.int32.unknown).length - 400)).toBeLessThanOrEqual(2);
  expect(income.filter((_, row) => grade[row] === 1).sort((a, b) => a - b)).toEqual([LANE.int32.unknown, 1_250, 1_250]);
});

test('stands beside its published totals, in its own size', () => {
  const counter = new TotalCounter(model);
  for (const block of draw(8_000)) counter.add(block);
  const [residents, gradeOne] = counter.residuals();
  // 4,000 of 64,000 are 500 of 8,000.
  expect([residents?.drawn, residents?.residual, gradeOne?.wanted]).toEqual([8_000, 0, 500]);
});

test('says what it costs to make incomes up to a line, month by month of the year that was published', () => {
  const counter = new TotalCounter(model);
  for (const block of draw(8_000)) counter.add(block);
  const found = counter.residuals().find(({ id }) => id === 'short-of-income');
  const [grades, incomes] = [town.columns.get('person.fisher-grade') ?? [], town.columns.get('person.month-income') ?? []];
  const known = [...incomes].filter((income, row) => grades[row] === 0 && income !== LANE.int32.unknown);
  // The line is 1,000 yuan in each month of 2031, and incomes are kept in fen.
  expect(found?.drawn).toBeCloseTo(known.reduce((sum, income) => sum + 12 * Math.max(0, 1_000 - income / 100), 0), 2);
  // 24 million for 64,000 people are three for 8,000.
  expect([found?.wanted, known.length > 400]).toEqual([3_000_000, true]);
});

test('does not add up what falls short of a line that was not drawn yet', () => {
  const before = new TotalCounter({ ...model, totals: model.totals.map((total) => ({ ...total, year: 2029 })) });
  const [block] = draw(400);
  expect(() => { if (block) before.add(block); }).toThrow('totals short-of-income: income-line is not one value for everybody in month 01 of 2029');
});

test('takes no block into account: a block more changes nobody', () => {
  // 40,000 people in families of four are two blocks; the first 8,192 households of a larger city are those of a smaller one.
  const [first] = draw(36_000);
  const [same] = draw(44_000);
  expect(first?.columns.get('person.birth-date')?.slice(0, 1_000)).toEqual(same?.columns.get('person.birth-date')?.slice(0, 1_000));
});
