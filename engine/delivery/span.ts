import type { Schedule } from '#engine/pack/index.ts';
import { addDays, addMonths, dayNumber } from '#engine/rules/index.ts';

/** A length of time by the calendar. */
export type Span = NonNullable<Schedule['editions'][number]['items'][number]['at']>;

/** A day (yyyymmdd) so many spans later; months and years end on the matching day, or the last of a shorter month. */
export function addSpan(day: number, { count, unit }: Span, times = 1): number {
  switch (unit) {
    case 'days': return addDays(day, count * times);
    case 'weeks': return addDays(day, count * 7 * times);
    case 'months': return addMonths(day, count * times);
    case 'years': return addMonths(day, count * 12 * times);
    default: return unit satisfies never;
  }
}

/** At most this many days are in a unit: what is further off in days has more units than that between. */
const LONGEST_DAYS: Readonly<Record<Span['unit'], number>> = { days: 1, weeks: 7, months: 31, years: 366 };

/**
 * How many spans after `first` the latest day lies that is not after a day; 0 where even the next one is after it.
 *
 * Each is counted from the first, so that a short month shortens one of them alone.
 */
export function timesBy(first: number, every: Span, day: number): number {
  const step = every.count * LONGEST_DAYS[every.unit];
  // A year of the calendar apart is at least 365 days apart: a lower bound to begin from.
  let times = Math.max(0, Math.floor((Math.floor((day - first) / 10_000) * 365) / step) - 1);
  while (addSpan(first, every, times + 1) <= day) times++;
  return times;
}

export function laterOf(a: number, b: number): number {
  return Math.max(a, b);
}

/** `2031-06-15` as 20310615. */
export const dayOf = dayNumber;
