import { parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { dayText } from '#engine/rules/index.ts';
import type { Cycle } from '../totals.ts';

/** A calendar month as yyyymm. */
export type Month = number;

/** What one payment of a grant is for: a month (yyyymm), a year (yyyy), or 0 for what is paid once. */
export type Period = number;

export const ONCE: Period = 0;

/** The month of a day written as yyyymmdd. */
export function monthOf(day: number): Month {
  return Math.floor(day / 100);
}

/** So many months later; earlier where negative. */
export function monthsLater(month: Month, count: number): Month {
  const index = Math.floor(month / 100) * 12 + (month % 100) - 1 + count;
  return Math.floor(index / 12) * 100 + (index % 12) + 1;
}

/** The first day of a month as yyyymmdd: a period of a month is decided by the facts of that day. */
export function firstDayOf(month: Month): number {
  return month * 100 + 1;
}

/** The same as a day of the calendar, for people. */
export function dayOfMonth(month: Month): CalendarDate {
  const day = parseDate(dayText(firstDayOf(month)));
  if (day === undefined) throw new RangeError(`${month} is no month`);
  return day;
}

/** A period and the month in which it falls due. */
export interface Due {
  readonly period: Period;
  readonly month: Month;
}

/**
 * The periods of a grant that began in `since` and fall due through a month, both included.
 *
 * A yearly grant falls due each year in the month in which it began. What is paid by the day or by the use has no
 * periods: it is paid for each use.
 */
export function duePeriods(cycle: Cycle, since: Month, through: Month): readonly Due[] {
  if (since > through) return [];
  switch (cycle) {
    case 'once': return [{ period: ONCE, month: since }];
    case 'month': {
      const due: Due[] = [];
      for (let month = since; month <= through; month = monthsLater(month, 1)) due.push({ period: month, month });
      return due;
    }
    case 'year': {
      const due: Due[] = [];
      for (let month = since; month <= through; month += 100) due.push({ period: Math.floor(month / 100), month });
      return due;
    }
    case 'day': case 'use': return [];
    default: return cycle satisfies never;
  }
}
