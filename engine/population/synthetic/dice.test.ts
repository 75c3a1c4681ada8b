import { expect, test } from 'vitest';
import { bornOn, dateOfDay, dayNumberOf } from './day.ts';
import { Deal, Dice, Quota } from './dice.ts';

test('a quota of one in 172 hits 1,000 of 172,000 rows, give or take one', () => {
  const quota = new Quota(new Dice(1, 'a'));
  let hits = 0;
  for (let row = 0; row < 172_000; row++) if (quota.hit(1 / 172)) hits += 1;
  expect(Math.abs(hits - 1_000)).toBeLessThanOrEqual(1);
});

test('two quotas of a half do not hit the same rows: a quarter of the rows are hit by both', () => {
  const [a, b] = [new Quota(new Dice(1, 'a')), new Quota(new Dice(1, 'b'))];
  let both = 0;
  for (let row = 0; row < 100_000; row++) { const [left, right] = [a.hit(0.5), b.hit(0.5)]; if (left && right) both += 1; }
  // Chance alone would miss 25,000 by about 140.
  expect(Math.abs(both - 25_000)).toBeLessThan(500);
});

test('a quota that must hit hits first, and owes so much less later', () => {
  const quota = new Quota(new Dice(1, 'a'), 2);
  const hits = Array.from({ length: 1_000 }, () => quota.hit(0.01));
  expect(hits.slice(0, 3)).toEqual([true, true, false]);
  expect(Math.abs(hits.filter(Boolean).length - 10)).toBeLessThanOrEqual(1);
});

test('a deal gives each place its share', () => {
  const deal = new Deal(new Dice(3, 'deal'), [5, 90, 0, 5]);
  const counts = [0, 0, 0, 0];
  for (let row = 0; row < 10_000; row++) { const place = deal.next(); counts[place] = (counts[place] ?? 0) + 1; }
  expect(counts.map((count, place) => Math.abs(count - ([500, 9_000, 0, 500][place] ?? 0)) <= 2)).toEqual([true, true, true, true]);
});

test('days count through leap years, and somebody born on a drawn day is of that age', () => {
  expect(dateOfDay(dayNumberOf(20240228) + 2)).toBe(20240301);
  expect(dayNumberOf(19700101)).toBe(0);
  // 0 years old on 31 March 2026: born from 1 April 2025 to 31 March 2026.
  expect([bornOn(20260331, 0, 0), bornOn(20260331, 0, 0.999999)]).toEqual([20260331, 20250401]);
  expect(bornOn(20240229, 1, 0)).toBe(20230228);
});
