import { FIRST_DATE, LAST_DATE } from '../../type.ts';

/** Dates as the integers yyyymmdd, for generated code; every function is total on dates of the calendar. */

/** Full months from one date to another; 0 where the second is earlier. */
export function monthsBetween(from: number, to: number): number {
  if (to < from) return 0;
  const months = (Math.floor(to / 10_000) - Math.floor(from / 10_000)) * 12 + ((Math.floor(to / 100) % 100) - (Math.floor(from / 100) % 100));
  return to % 100 < from % 100 ? months - 1 : months;
}

/** Days from one date to another; 0 where the second is earlier. */
export function daysBetween(from: number, to: number): number {
  return to < from ? 0 : dayNumber(to) - dayNumber(from);
}

/** The date that many months later; a day the month does not have becomes its last. */
export function addMonths(date: number, months: number): number {
  const index = Math.floor(date / 10_000) * 12 + (Math.floor(date / 100) % 100) - 1 + months;
  const year = Math.floor(index / 12);
  if (year < 1) return FIRST_DATE;
  if (year > 9999) return LAST_DATE;
  const month = index - year * 12 + 1;
  return year * 10_000 + month * 100 + Math.min(date % 100, lengthOfMonth(year, month));
}

/** The date that many days later. */
export function addDays(date: number, days: number): number {
  const number = dayNumber(date) + days;
  if (number <= FIRST_DAY) return FIRST_DATE;
  return number >= LAST_DAY ? LAST_DATE : dateOf(number);
}

export function monthEnd(date: number): number {
  const year = Math.floor(date / 10_000);
  const month = Math.floor(date / 100) % 100;
  return year * 10_000 + month * 100 + lengthOfMonth(year, month);
}

/** The first day of the next month; the last date of all in the last month of all. */
export function monthAfter(date: number): number {
  return addMonths(date - (date % 100) + 1, 1);
}

function lengthOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days since 1 March of year 0: the year begins in March, so that the leap day is its last. */
function dayNumber(date: number): number {
  const month = Math.floor(date / 100) % 100;
  const year = Math.floor(date / 10_000) - (month <= 2 ? 1 : 0);
  const sinceMarch = (month + 9) % 12;
  return 365 * year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + Math.floor((153 * sinceMarch + 2) / 5) + (date % 100) - 1;
}

function dateOf(number: number): number {
  const era = Math.floor(number / 146_097);
  const day = number - era * 146_097;
  const year = Math.floor((day - Math.floor(day / 1460) + Math.floor(day / 36_524) - Math.floor(day / 146_096)) / 365);
  const rest = day - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const sinceMarch = Math.floor((5 * rest + 2) / 153);
  const month = sinceMarch < 10 ? sinceMarch + 3 : sinceMarch - 9;
  return (year + era * 400 + (month <= 2 ? 1 : 0)) * 10_000 + month * 100 + (rest - Math.floor((153 * sinceMarch + 2) / 5) + 1);
}

const FIRST_DAY = dayNumber(FIRST_DATE);
const LAST_DAY = dayNumber(LAST_DATE);
