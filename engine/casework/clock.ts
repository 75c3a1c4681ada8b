import { addDays, addMonths, dayCount, isWeekend, partsOf } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { CalendarYear } from '#engine/pack/index.ts';
import type { DueCounting } from './task.ts';

/** Which days are worked. A year that nobody has published yet is known only by its weekends. */
export interface WorkingCalendar {
  readonly isWorkingDay: (day: CalendarDate) => boolean;
  readonly isKnown: (year: number) => boolean;
}

/** How long something may take. Working days and days are counted from the day after; a month ends on the day with the same number. */
export type TimeLimit =
  | { readonly kind: 'working-days'; readonly count: number }
  | { readonly kind: 'days'; readonly count: number }
  | { readonly kind: 'months'; readonly count: number };

/**
 * A time in which a limit does not run: the resident was asked to complete what is missing. The day of asking still
 * counts; the day on which it came does not. `until` null: it has not come yet.
 */
export interface Pause {
  readonly from: CalendarDate;
  readonly until: CalendarDate | null;
}

/** The last day of a limit and how it was counted; `paused`: it has none while something is awaited. */
export type Deadline =
  | { readonly kind: 'due'; readonly on: CalendarDate; readonly counted: DueCounting }
  | { readonly kind: 'paused'; readonly since: CalendarDate };

/** The calendar of a city from the years its pack holds. */
export function workingCalendar(years: readonly CalendarYear[]): WorkingCalendar {
  const free = new Set(years.flatMap(({ holidays }) => holidays.flatMap(({ from, until }) => daysFrom(from, until))));
  const worked = new Set(years.flatMap(({ workdays }) => workdays));
  const known = new Set(years.map(({ year }) => year));
  return {
    isWorkingDay: (day) => worked.has(day) || (!free.has(day) && !isWeekend(day)),
    isKnown: (year) => known.has(year),
  };
}

/** The day that ends so many working days counted from the day after; 0: the day itself, or the next working day. */
export function addWorkingDays(calendar: WorkingCalendar, from: CalendarDate, count: number): Extract<Deadline, { kind: 'due' }> {
  return due(calendar, from, lastOf(calendar, from, { kind: 'working-days', count }, []));
}

/** The last day of a limit that began on a day, with the times in which it did not run. A last day that is free moves to the next working day. */
export function deadlineOf(calendar: WorkingCalendar, from: CalendarDate, limit: TimeLimit, pauses: readonly Pause[] = []): Deadline {
  const open = pauses.find(({ until }) => until === null);
  return open ? { kind: 'paused', since: open.from } : due(calendar, from, lastOf(calendar, from, limit, pauses));
}

/** Working days after one day up to another, which counts; negative where it has passed: how many too late. */
export function workingDaysUntil(calendar: WorkingCalendar, today: CalendarDate, on: CalendarDate): number {
  if (on < today) return -workingDaysUntil(calendar, on, today);
  return daysFrom(addDays(today, 1), on).filter(calendar.isWorkingDay).length;
}

function lastOf({ isWorkingDay }: WorkingCalendar, from: CalendarDate, limit: TimeLimit, pauses: readonly Pause[]): CalendarDate {
  const runs = (day: CalendarDate): boolean => !pauses.some((pause) => day > pause.from && pause.until !== null && day <= pause.until);
  switch (limit.kind) {
    case 'working-days': return count(from, limit.count, (day) => runs(day) && isWorkingDay(day));
    case 'days': return count(from, limit.count, runs);
    // The paused days before the end are added to it, and those that this reaches.
    case 'months': return count(from, dayCount(addMonths(from, limit.count)) - dayCount(from), runs);
    default: return limit satisfies never;
  }
}

/** The day on which so many counting days after a day are full. */
function count(from: CalendarDate, days: number, counts: (day: CalendarDate) => boolean): CalendarDate {
  let [day, left] = [from, days];
  while (left > 0) {
    day = addDays(day, 1);
    if (counts(day)) left -= 1;
  }
  return day;
}

function due(calendar: WorkingCalendar, from: CalendarDate, last: CalendarDate): Extract<Deadline, { kind: 'due' }> {
  let on = last;
  while (!calendar.isWorkingDay(on)) on = addDays(on, 1);
  const [first, final] = [partsOf(from).year, partsOf(on).year];
  const isKnown = Array.from({ length: final - first + 1 }, (_, index) => first + index).every(calendar.isKnown);
  return { kind: 'due', on, counted: isKnown ? 'calendar' : 'weekends' };
}

/** The days from one to another, both included; none where the second is earlier. */
function daysFrom(from: CalendarDate, until: CalendarDate): CalendarDate[] {
  return Array.from({ length: Math.max(0, dayCount(until) - dayCount(from) + 1) }, (_, index) => addDays(from, index));
}
