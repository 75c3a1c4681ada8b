import { expect, test } from 'vitest';
import type { Drawn } from './sheet.ts';
import { isOfTheDay, valueIn } from './value.ts';

const of = (type: Drawn['type'], lane: Drawn['lane']): Drawn => ({ name: 'column', entity: 'person', type, fact: undefined, lane, labels: [], column: new Float64Array() });
const number = of({ kind: 'number', scale: 0, min: 0n, max: 9999n }, 'float64');
const date = of({ kind: 'date', min: 19000101, max: 21001231 }, 'int32');
const on = (drawn: Drawn, text: string): number => valueIn(drawn, text, 20310305, 'here');

test('a year, a month and a day may be said by the day of the city', () => {
  expect(['year', 'year-1', 'year+1', 'month', '12'].map((text) => on(number, text))).toEqual([2031, 2030, 2032, 3, 12]);
  expect(['year-1-10-15', 'year-04-01', 'year+1-01-01', '-5d', '2030-02-28'].map((text) => on(date, text))).toEqual([20301015, 20310401, 20320101, 20310228, 20300228]);
});

test('a word that stands for a number makes no column of codes', () => {
  expect(['month', 'year-2', 'monthly', 'year-1-10-15'].map(isOfTheDay)).toEqual([true, true, false, false]);
});
