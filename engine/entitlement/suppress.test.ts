import { expect, test } from 'vitest';
import { seeded } from '#engine/rules/testing/seed.ts';
import { hiddenCells, hiddenPlaces, SMALLEST_SHOWN } from './index.ts';

test('a small number is hidden, and where it is the only one the next smallest with it', () => {
  expect([...hiddenPlaces([120, 5, 0, 30])]).toEqual([]);
  // 155 in all less 120 and 30 would give the 4 and the 1 only together.
  expect(hiddenPlaces([120, 4, 0, 30, 1])).toEqual(new Set([1, 4]));
  // 154 less 120 and 30 would be the 4: the 30 is hidden with it.
  expect(hiddenPlaces([120, 4, 0, 30])).toEqual(new Set([1, 3]));
  expect([...hiddenPlaces([0, 3, 0])]).toEqual([1]);
});

test('in a table with its sums, no row and no column gives a small number away', () => {
  // The 3 takes the 10 of its row with it; then the columns of both have one place hidden, and take 9 and 20: a square, which gives nothing away.
  const hidden = hiddenCells([[3, 10, 50], [9, 20, 40], [60, 70, 80]]);
  expect(hidden.map((row) => row)).toEqual([new Set([0, 1]), new Set([1, 0]), new Set()]);
  // Alone in its row and in its column there is nothing else to hide.
  expect(hiddenCells([[3, 0], [0, 50]]).map((row) => [...row])).toEqual([[0], []]);
  expect(hiddenCells([]).length).toBe(0);
});

test('whatever the table, a row or column with one place hidden has nothing else in it', () => {
  const random = seeded(7);
  for (let round = 0; round < 200; round++) {
    const table = Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => (random.below(3) === 0 ? 0 : random.below(40))));
    const hidden = hiddenCells(table);
    const lines = [...table.map((row, at) => row.map((count, place) => ({ count, hidden: hidden[at]?.has(place) === true }))), ...[0, 1, 2, 3, 4].map((place) => table.map((row, at) => ({ count: row[place] ?? 0, hidden: hidden[at]?.has(place) === true })))];
    for (const line of lines) {
      expect(line.filter((one) => one.count > 0 && one.count < SMALLEST_SHOWN && !one.hidden)).toEqual([]);
      const alone = line.filter((one) => one.hidden).length === 1;
      expect(alone ? line.filter((one) => one.count > 0).length : 1).toBe(1);
    }
  }
});
