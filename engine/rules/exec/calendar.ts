import { lengthOfMonth } from '#engine/kernel/index.ts';
import { FIRST_DATE, LAST_DATE } from '../type.ts';

/*
 * Dates as the integer yyyymmdd, for the interpreter: counted out from a table of month lengths, so that a reader
 * can check it by eye. Valid from FIRST_DATE to LAST_DATE of the Gregorian calendar, carried back before 1582.
 */

export interface DateParts {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

export function partsOfDate(date: number): DateParts {
  return { year: Math.floor(date / 10_000), month: Math.floor(date / 100) % 100, day: date % 100 };
}

export function dateOf({ year, month, day }: DateParts): number {
  return year * 10_000 + month * 100 + day;
}

/** Months since January of year 0: two dates of one month have the same number, the next month has the next. */
export function monthNumber(date: number): number {
  const { year, month } = partsOfDate(date);
  return year * 12 + month - 1;
}

/** Full years, 0 where the second date is earlier. One born on 29 February is a year older on 1 March of a common year. */
export function yearsBetween(from: number, to: number): number {
  return to < from ? 0 : Math.floor((to - from) / 10_000);
}

/** Full months, 0 where the second date is earlier. From 31 January a month has passed on 1 March, not on 29 February. */
export function monthsBetween(from: number, to: number): number {
  return to < from ? 0 : monthNumber(to) - monthNumber(from) - (to % 100 < from % 100 ? 1 : 0);
}

/** Days from one date to another, 0 where the second is earlier. */
export function daysBetween(from: number, to: number): number {
  return to < from ? 0 : dayNumber(to) - dayNumber(from);
}

/** Days since 31 December of year 0. */
export function dayNumber(date: number): number {
  const { year, month, day } = partsOfDate(date);
  const before = year - 1;
  let days = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) + day;
  for (let earlier = 1; earlier < month; earlier++) days += lengthOfMonth(year, earlier);
  return days;
}

/** The date so many months later, or earlier where negative: a day the month lacks becomes its last. Held at the ends of the calendar. */
export function addMonths(date: number, months: number): number {
  const target = monthNumber(date) + months;
  const year = Math.floor(target / 12);
  if (year < 1) return FIRST_DATE;
  if (year > 9_999) return LAST_DATE;
  const month = target - year * 12 + 1;
  return dateOf({ year, month, day: Math.min(date % 100, lengthOfMonth(year, month)) });
}

/** The date so many days later, or earlier where negative. Held at the ends of the calendar. */
export function addDays(date: number, days: number): number {
  const target = dayNumber(date) + days;
  if (target <= dayNumber(FIRST_DATE)) return FIRST_DATE;
  if (target >= dayNumber(LAST_DATE)) return LAST_DATE;
  let year = Math.floor(target / 366) + 1;
  while (dayNumber(dateOf({ year: year + 1, month: 1, day: 1 })) <= target) year++;
  let month = 1;
  let day = target - dayNumber(dateOf({ year, month: 1, day: 1 })) + 1;
  for (; day > lengthOfMonth(year, month); month++) day -= lengthOfMonth(year, month);
  return dateOf({ year, month, day });
}

export function monthStart(date: number): number {
  return date - (date % 100) + 1;
}

export function monthEnd(date: number): number {
  const { year, month } = partsOfDate(date);
  return dateOf({ year, month, day: lengthOfMonth(year, month) });
}

/** The first day of the month after; the last date of all has none and stands for it. */
export function monthAfter(date: number): number {
  return date >= 99991201 ? LAST_DATE : addMonths(monthStart(date), 1);
}
