import type { Decimal, Duration, Months, Zone } from './value.ts';
import { decimal, truncated } from './decimal.ts';

/*
 * The Gregorian calendar carried both ways, counted in days from 1970-01-01, for years far beyond any register: FEEL
 * knows nine digits of them.
 */

export interface Civil {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

export const LARGEST_YEAR = 999_999_999;
export const SECOND = 1_000_000_000n;
export const MINUTE = 60n * SECOND;
export const HOUR = 60n * MINUTE;
export const DAY = 24n * HOUR;
const DAYS_OF_400_YEARS = 146_097;
/** From 1 March of year 0 to 1 January 1970. */
const TO_1970 = 719_468;

export const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

export function lengthOfMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The day of a date that there is; undefined where there is none. */
export function dayOf({ year, month, day }: Civil): number | undefined {
  if (![year, month, day].every(Number.isInteger) || Math.abs(year) > LARGEST_YEAR || month < 1 || month > 12 || day < 1 || day > lengthOfMonth(year, month)) return undefined;
  // Years begin in March, so that the day that comes and goes is the last.
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return era * DAYS_OF_400_YEARS + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - TO_1970;
}

export function civilOf(count: number): Civil {
  const from = count + TO_1970;
  const era = Math.floor(from / DAYS_OF_400_YEARS);
  const dayOfEra = from - era * DAYS_OF_400_YEARS;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1 };
}

/** The day so many months later; a day that the month lacks becomes its last. Undefined beyond the years. */
export function monthsLater(count: number, months: bigint): number | undefined {
  const { year, month, day } = civilOf(count);
  const target = BigInt(year) * 12n + BigInt(month - 1) + months;
  const inMonth = Number(((target % 12n) + 12n) % 12n);
  const inYear = Number((target - BigInt(inMonth)) / 12n);
  return Math.abs(inYear) > LARGEST_YEAR ? undefined : dayOf({ year: inYear, month: inMonth + 1, day: Math.min(day, lengthOfMonth(inYear, inMonth + 1)) });
}

/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (count: number): number => ((((count + 3) % 7) + 7) % 7) + 1;

export const dayOfYear = (count: number): number => count - (dayOf({ year: civilOf(count).year, month: 1, day: 1 }) ?? count) + 1;

/** The week by ISO 8601: the first has the year's first Thursday. */
export function weekOf(count: number): number {
  const thursday = count + 4 - weekdayOf(count);
  return Math.floor((dayOfYear(thursday) - 1) / 7) + 1;
}

/** Full months from one day to another, negative backwards. */
export function monthsBetween(from: Civil, to: Civil): number {
  const months = (to.year - from.year) * 12 + to.month - from.month;
  if (months > 0 && to.day < from.day) return months - 1;
  return months < 0 && to.day > from.day ? months + 1 : months;
}

/** The zone's seconds ahead of UTC at a moment on its own clocks. */
export function offsetOf(zone: Zone, day: number, nanos: bigint): number {
  if (zone.kind === 'offset') return zone.seconds;
  const local = day * 86_400 + Number(nanos / SECOND);
  const guess = placeOffset(zone.name, local);
  return placeOffset(zone.name, local - guess);
}

const formats = new Map<string, Intl.DateTimeFormat | undefined>();
/** As many seconds from 1970 as an Intl format can be asked about. */
const LARGEST_SECONDS = 8_640_000_000_000;

function formatOf(name: string): Intl.DateTimeFormat | undefined {
  if (!formats.has(name)) {
    let format: Intl.DateTimeFormat | undefined;
    try {
      format = new Intl.DateTimeFormat('en', { timeZone: name, timeZoneName: 'longOffset' });
    } catch {
      format = undefined; // The only way to ask whether there is such a place.
    }
    formats.set(name, format);
  }
  return formats.get(name);
}

export const isPlace = (name: string): boolean => /^[A-Za-z][\w+/-]{0,60}$/.test(name) && formatOf(name) !== undefined;

function placeOffset(name: string, seconds: number): number {
  const held = Math.max(-LARGEST_SECONDS, Math.min(LARGEST_SECONDS, seconds));
  const said = formatOf(name)?.formatToParts(held * 1000).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const match = /([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(said);
  return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0)) : 0;
}

/** A duration times or by a number loses what is smaller than its unit. */
export const nanosOf = (nanos: Decimal): Duration => ({ kind: 'duration', nanos: truncated(nanos) });
export const monthsOf = (months: Decimal): Months => ({ kind: 'months', months: truncated(months) });
/** A count as a number, for arithmetic with numbers. */
export const counted = (count: bigint): Decimal | null => decimal(count);
