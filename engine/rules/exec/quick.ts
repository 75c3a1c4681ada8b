import { FIRST_DATE, LAST_DATE } from '../type.ts';
import type { Rounding } from '../type.ts';

/*
 * What generated code calls. Numbers are doubles that hold whole numbers exactly; an unknown one is NaN and comes out
 * as NaN; none is caught before. Written apart from the interpreter's calendar and rounding, so that each tests the other.
 */

const { floor, abs, min, max } = Math;

/** The month of a date, counted from year 0. */
const monthOf = (date: number): number => floor(date / 10_000) * 12 + (floor(date / 100) % 100) - 1;

/** Days since 1 March of year 0: years are taken to start in March, so that the leap day is their last. */
function serial(date: number): number {
  const month = (floor(date / 100) % 100) - 3;
  const year = floor(date / 10_000) + (month < 0 ? -1 : 0);
  const era = floor(year / 400);
  const ofEra = year - era * 400;
  return era * 146_097 + ofEra * 365 + floor(ofEra / 4) - floor(ofEra / 100) + floor((153 * (month < 0 ? month + 12 : month) + 2) / 5) + (date % 100) - 1;
}

function dateOf(days: number): number {
  const era = floor(days / 146_097);
  const ofEra = days - era * 146_097;
  const yearOfEra = floor((ofEra - floor(ofEra / 1_460) + floor(ofEra / 36_524) - floor(ofEra / 146_096)) / 365);
  const ofYear = ofEra - (365 * yearOfEra + floor(yearOfEra / 4) - floor(yearOfEra / 100));
  const month = floor((5 * ofYear + 2) / 153);
  const day = ofYear - floor((153 * month + 2) / 5) + 1;
  return (era * 400 + yearOfEra + (month < 10 ? 0 : 1)) * 10_000 + (month < 10 ? month + 3 : month - 9) * 100 + day;
}

const FIRST = serial(FIRST_DATE);
const LAST = serial(LAST_DATE);

/** The last day of a month that is counted from year 0: the day before the first of the next. */
function lastDay(month: number): number {
  const next = month + 1;
  const first = floor(next / 12) * 10_000 + ((next % 12) + 1) * 100 + 1;
  return dateOf(serial(first) - 1) % 100;
}

function addMonths(date: number, months: number): number {
  const month = monthOf(date) + months;
  if (month < 12) return FIRST_DATE;
  if (month >= 120_000) return LAST_DATE;
  return floor(month / 12) * 10_000 + ((month % 12) + 1) * 100 + min(date % 100, lastDay(month));
}

type Divide = (numerator: number, divisor: number) => number;
/** Division of whole numbers: what stands for the rest decides whether the size grows by one. */
const divided = (grows: (twice: number, divisor: number, negative: boolean, whole: number) => boolean): Divide => (numerator, divisor) => {
  const negative = numerator < 0 !== divisor < 0;
  const [top, bottom] = [abs(numerator), abs(divisor)];
  const whole = floor(top / bottom);
  const size = grows((top - whole * bottom) * 2, bottom, negative, whole) ? whole + 1 : whole;
  return negative ? 0 - size : size;
};

export const QUICK = {
  years: (from: number, to: number): number => (to < from ? 0 : floor((to - from) / 10_000)),
  months: (from: number, to: number): number => (to < from ? 0 : monthOf(to) - monthOf(from) - (to % 100 < from % 100 ? 1 : 0)),
  days: (from: number, to: number): number => (to < from ? 0 : serial(to) - serial(from)),
  addMonths,
  addDays: (date: number, days: number): number => (Number.isNaN(date + days) ? Number.NaN : dateOf(min(LAST, max(FIRST, serial(date) + days)))),
  monthStart: (date: number): number => date - (date % 100) + 1,
  monthEnd: (date: number): number => date - (date % 100) + lastDay(monthOf(date)),
  monthAfter: (date: number): number => (monthOf(date) === 119_999 ? LAST_DATE : addMonths(date - (date % 100) + 1, 1)),
  month: monthOf,
  covered: (months: number[], from: number, to: number): number => monthsIn(months, from, to, 'covered'),
  gap: (months: number[], from: number, to: number): number => monthsIn(months, from, to, 'gap'),
};

export const QUICK_DIVIDE: Readonly<Record<Rounding, Divide>> = {
  'half-up': divided((twice, divisor) => twice >= divisor),
  'half-down': divided((twice, divisor) => twice > divisor),
  'half-even': divided((twice, divisor, _, whole) => twice > divisor || (twice === divisor && whole % 2 === 1)),
  up: divided((twice) => twice > 0),
  down: divided(() => false),
  floor: divided((twice, _, negative) => twice > 0 && negative),
  ceiling: divided((twice, _, negative) => twice > 0 && !negative),
};

/** Months from `from` to `to` inside the spells, or the longest run outside; `months` holds first and last month of each spell in turn. */
function monthsIn(months: number[], from: number, to: number, which: 'covered' | 'gap'): number {
  const [first, last] = [monthOf(from), monthOf(to)];
  const spells = Array.from({ length: months.length / 2 }, (_, at) => [months[at * 2] ?? 0, months[at * 2 + 1] ?? 0] as const).sort((a, b) => a[0] - b[0]);
  let covered = 0;
  let longest = 0;
  let next = first;
  for (const [start, end] of spells) {
    if (start > last) break;
    longest = max(longest, start - next);
    covered += max(0, min(end, last) - max(start, next) + 1);
    next = max(next, end + 1);
  }
  return which === 'covered' ? covered : max(longest, last - next + 1, 0);
}
