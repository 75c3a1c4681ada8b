import { describe, expect, test } from 'vitest';
import { addWorkingDays, workingCalendar } from '#engine/casework/index.ts';
import { addDays, dayCount, isWeekend, parseDate } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';

const years = loadPack(packFiles('jinhua')).pack?.calendar ?? [];
const on = (text: string) => parseDate(text) ?? (() => { throw new Error(text); })();

describe('the calendar of Jinhua', () => {
  test('holds every year of the plan and the one after it that is published', () => {
    expect(years.map(({ year }) => year)).toEqual([2021, 2022, 2023, 2024, 2025, 2026]);
  });

  // Rest is shifted, never made: the weekdays that are free are the statutory holidays (11 until 2024, 13 since) and the weekends worked for them.
  test.each(years.map((year) => [year.year, year] as const))('of %d shifts rest and makes none', (year, { holidays, workdays }) => {
    const free = holidays.flatMap(({ from, until }) => Array.from({ length: dayCount(until) - dayCount(from) + 1 }, (_, index) => addDays(from, index)));
    expect(workdays.filter((day) => !isWeekend(day) || free.includes(day))).toEqual([]);
    expect(free.filter((day) => !isWeekend(day)).length - workdays.length).toBe(year < 2025 ? 11 : 13);
    expect(new Set(free).size).toBe(free.length);
  });

  // Fifteen working days from Tuesday 8 October 2024: Saturday the 12th was worked. Five from 27 September: Sunday the 29th, the 30th, then 8, 9, 10 October.
  test.each([['2024-10-08', 15, '2024-10-28'], ['2024-09-27', 5, '2024-10-10']])('gives the deadlines that are known: %s and %d working days', (from, count, expected) => {
    expect(addWorkingDays(workingCalendar(years), on(from), count)).toEqual({ kind: 'due', on: expected, counted: 'calendar' });
  });

  test('promises nothing for a year that is not published', () => {
    expect(addWorkingDays(workingCalendar(years), on('2026-12-31'), 1)).toEqual({ kind: 'due', on: '2027-01-01', counted: 'weekends' });
  });
});
