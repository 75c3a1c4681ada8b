import { lengthOfMonth } from '#engine/kernel/index.ts';
import { expect, test } from 'vitest';
import { seeded } from '../testing/seed.ts';
import { LARGEST_EXACT, ROUNDINGS } from '../type.ts';
import * as calendar from './calendar.ts';
import { QUICK, QUICK_DIVIDE } from './quick.ts';
import { divideExactly } from './round.ts';

test('every mode rounds every small quotient as bigints do, on both signs', () => {
  const wrong: string[] = [];
  for (const round of ROUNDINGS) {
    for (let top = -60; top <= 60; top++) {
      for (let bottom = -12; bottom <= 12; bottom++) {
        if (bottom === 0) continue;
        const found = QUICK_DIVIDE[round](top, bottom);
        if (BigInt(found) !== divideExactly(BigInt(top), BigInt(bottom), round)) wrong.push(`${String(top)} / ${String(bottom)} ${round} gave ${String(found)}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('the floor of a double quotient is the true one while the numerator is exact; so is every rounding near 2^53', () => {
  const random = seeded(53);
  const wrong: string[] = [];
  for (let trial = 0; trial < 100_000; trial++) {
    const bottom = random.percent(50) ? random.between(1n, 1_000n) : random.between(1n, 2n ** 40n);
    // What the proof asks of a division: twice the numerator and the divisor stay exact.
    const most = (LARGEST_EXACT - bottom) / 2n;
    const whole = most / bottom;
    const top = random.percent(50) ? random.between(-most, most) : (whole - BigInt(random.below(Number(whole < 9n ? whole + 1n : 9n)))) * bottom + random.between(-1n, 1n);
    if (top > most || top < -most) continue;
    const round = random.pick(ROUNDINGS);
    if (BigInt(QUICK_DIVIDE[round](Number(top), Number(bottom))) !== divideExactly(top, bottom, round)) wrong.push(`${String(top)} / ${String(bottom)} ${round}`);
    if (top >= 0n && BigInt(Math.floor((2 * Number(top) + Number(bottom)) / (2 * Number(bottom)))) !== divideExactly(top, bottom, 'half-up')) wrong.push(`${String(top)} / ${String(bottom)} in one line`);
  }
  expect(wrong).toEqual([]);
});

/** Every day of four centuries' turns and ends, where calendars go wrong. */
const DAYS: readonly number[] = [1, 4, 1899, 1900, 1999, 2000, 2023, 2024, 9_998, 9_999].flatMap((year) =>
  Array.from({ length: 12 }, (_, at) => at + 1).flatMap((month) => Array.from({ length: lengthOfMonth(year, month) }, (_, day) => calendar.dateOf({ year, month, day: day + 1 }))));

test('the two calendars agree on months, neighbours and distances of every day', () => {
  const random = seeded(29);
  const pairs = [[QUICK.monthStart, calendar.monthStart], [QUICK.monthEnd, calendar.monthEnd], [QUICK.monthAfter, calendar.monthAfter], [QUICK.month, calendar.monthNumber]] as const;
  const between = [[QUICK.years, calendar.yearsBetween], [QUICK.months, calendar.monthsBetween], [QUICK.days, calendar.daysBetween]] as const;
  const moved = [[QUICK.addDays, calendar.addDays], [QUICK.addMonths, calendar.addMonths]] as const;
  const wrong = DAYS.filter((day) => {
    const other = random.percent(30) ? day - (day % 100) + 1 + random.below(28) : random.pick(DAYS);
    const by = random.percent(50) ? random.below(80) - 40 : random.below(2_000_000) - 1_000_000;
    return pairs.some(([quick, exact]) => quick(day) !== exact(day)) || between.some(([quick, exact]) => quick(day, other) !== exact(day, other) || quick(day, day) !== exact(day, day)) || moved.some(([quick, exact]) => quick(day, by) !== exact(day, by));
  });
  expect(wrong).toEqual([]);
});

test('unknown stays unknown through every date', () => {
  for (const of of [QUICK.monthStart, QUICK.monthEnd, QUICK.monthAfter]) expect(of(Number.NaN)).toBeNaN();
  for (const of of [QUICK.years, QUICK.months, QUICK.days, QUICK.addDays, QUICK.addMonths]) expect([of(Number.NaN, 20300101), of(20300101, Number.NaN)]).toEqual([Number.NaN, Number.NaN]);
  for (const round of ROUNDINGS) expect(QUICK_DIVIDE[round](Number.NaN, 3)).toBeNaN();
});
