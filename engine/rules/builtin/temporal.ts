import { civilOf, DAY, dayOf, dayOfYear, HOUR, isPlace, MINUTE, monthsBetween, monthsLater, offsetOf, SECOND, weekdayOf, weekOf } from '../form/calendar.ts';
import { readDate, readMoment, readTemporal, readTime } from '../form/read-temporal.ts';
import type { Clock, Moment, Zone } from '../form/value.ts';
import { LARGEST_EXACT, LONGEST_MONTHS, LONGEST_NANOS } from '../type.ts';
import type { Known, Type } from '../type.ts';
import type { Datum } from '../value.ts';
import { clashOf, count, kindsClash, textIn, typeAs, unitsIn, wholeNumber } from './builtin.ts';
import type { Builtin, Builtins, Given } from './builtin.ts';
import { instantOf } from './datum.ts';

/*
 * Functions of dates, times and durations. A date is yyyymmdd, of the years 1 to 9999 as everywhere in rules; a day
 * beyond them is no answer. Durations are whole months, or whole nanoseconds.
 */

const CLOCK: Type = { kind: 'time' };
const MOMENT: Type = { kind: 'moment' };
const DATE: Type = { kind: 'date', min: 10101, max: 99991231 };
const UTC: Zone = { kind: 'offset', seconds: 0 };
/** Days from 1970 to the first and the last day of the calendar of rules. */
const [FIRST_DAY, LAST_DAY] = [-719_162, 2_932_896];
const size = (value: bigint): bigint => (value < 0n ? -value : value);

export function daysOf(date: number): number {
  return dayOf({ year: Math.floor(date / 10_000), month: Math.floor(date / 100) % 100, day: date % 100 }) ?? 0;
}

export function dateOf(days: number | undefined): bigint | undefined {
  if (days === undefined || days < FIRST_DAY || days > LAST_DAY) return undefined;
  const { year, month, day } = civilOf(days);
  return BigInt(year * 10_000 + month * 100 + day);
}

function clockIn(datum: Datum | undefined): Clock {
  if (typeof datum !== 'object' || datum.kind !== 'time') throw new TypeError('a time was expected');
  return datum;
}

/** A moment; of a date its midnight, in UTC where it stands beside moments. */
function momentIn(datum: Datum | undefined): Moment {
  if (typeof datum === 'bigint') return { kind: 'date and time', day: daysOf(Number(datum)), nanos: 0n, zone: UTC };
  if (typeof datum !== 'object' || datum.kind !== 'date and time') throw new TypeError('a moment was expected');
  return datum;
}

const dayIn = (datum: Datum | undefined): number => momentIn(datum).day;

function duration(kind: 'months' | 'duration', most: bigint): Given {
  // So far beyond the calendar that only a sum of sums gets there.
  const limit = (kind === 'months' ? LONGEST_MONTHS : LONGEST_NANOS) * 10n ** 6n;
  return most > limit ? { kind: 'may-grow', bound: most, most: limit } : { type: { kind, most } };
}

/** Sums and differences of durations of one kind. */
function both(apply: (a: bigint, b: bigint) => bigint): Builtin {
  return {
    gives: ([a, b]) => {
      const [left, right] = [durationOf(a), durationOf(b)];
      return left && right && left.kind === right.kind ? duration(left.kind, left.most + right.most) : clashOf(left?.kind ?? 'duration', left ? b?.type : a?.type);
    },
    apply: ([a, b]) => apply(unitsIn(a), unitsIn(b)),
  };
}

function durationOf(known: Known | undefined): Extract<Type, { kind: 'months' | 'duration' }> | undefined {
  return typeAs('months', known) ?? typeAs('duration', known);
}

function one(apply: (value: bigint) => bigint): Builtin {
  return {
    gives: ([of]) => {
      const type = durationOf(of);
      return type ? { type } : clashOf('duration', of?.type);
    },
    apply: ([value]) => apply(unitsIn(value)),
  };
}

/** What is smaller than a month or a nanosecond is left out, toward zero. */
const times: Builtin = {
  gives: ([of, by]) => {
    const [type, factor] = [durationOf(of), typeAs('number', by)];
    if (!type || !factor) return clashOf(type ? 'number' : 'duration', type ? by?.type : of?.type);
    const most = size(factor.min) > size(factor.max) ? size(factor.min) : size(factor.max);
    return duration(type.kind, (type.most * most) / 10n ** BigInt(factor.scale) + 1n);
  },
  apply: ([value, by], { of }) => (unitsIn(value) * unitsIn(by)) / scaleOf(of[1]),
};

const shared: Builtin = {
  gives: ([of, by]) => {
    const [type, divisor] = [durationOf(of), typeAs('number', by)];
    if (!type || !divisor) return clashOf(type ? 'number' : 'duration', type ? by?.type : of?.type);
    const given = duration(type.kind, type.most * 10n ** BigInt(divisor.scale));
    return 'kind' in given ? given : { ...given, partial: divisor.min <= 0n && divisor.max >= 0n };
  },
  apply: ([value, by], { of }) => (by === 0n ? undefined : (unitsIn(value) * scaleOf(of[1])) / unitsIn(by)),
};

const scaleOf = (type: Type | undefined): bigint => 10n ** BigInt(type?.kind === 'number' ? type.scale : 0);

/** A date, moment or time moved by a duration; a date by time stands at midnight and keeps its day. */
function moved(sign: 1n | -1n): Builtin {
  return {
    gives: ([from, by]) => {
      const type = from?.type;
      const clash = kindsClash([from, by].filter((known) => known !== undefined), [['date', 'moment', 'time'], type?.kind === 'time' ? ['duration'] : ['duration', 'months']]);
      return clash ?? { type: type?.kind === 'date' ? DATE : (type ?? DATE), partial: type?.kind !== 'time' };
    },
    apply: ([from, by], { of }) => movedBy(from, of[1]?.kind === 'months' ? 'months' : 'duration', unitsIn(by) * sign),
  };
}

const modulo = (nanos: bigint): bigint => ((nanos % DAY) + DAY) % DAY;

function movedBy(from: Datum | undefined, kind: 'months' | 'duration', by: bigint): Datum | undefined {
  if (typeof from === 'object' && from.kind === 'time') return { ...from, nanos: modulo(from.nanos + by) };
  const start = momentIn(from);
  const nanos = start.nanos + (kind === 'months' ? 0n : by);
  const day = kind === 'months' ? monthsLater(start.day, by) : later(start.day, (nanos - modulo(nanos)) / DAY);
  if (typeof from === 'bigint') return dateOf(day);
  return day === undefined ? undefined : { ...start, day, nanos: modulo(nanos) };
}

/** So many days later, where the calendar has that day. */
function later(day: number, by: bigint): number | undefined {
  const found = day + Number(by);
  return Number.isSafeInteger(found) && monthsLater(found, 0n) !== undefined ? found : undefined;
}

/** How long from the second to the first; no answer where one has a zone and the other none. */
const apart: Builtin = {
  gives: (of) => {
    const clock = of[0]?.type.kind === 'time';
    const clash = kindsClash(of, clock ? [['time'], ['time']] : [['date', 'moment'], ['date', 'moment']]);
    return clash ?? { type: { kind: 'duration', most: LONGEST_NANOS }, partial: of.some((known) => known.type.kind !== 'date') };
  },
  apply: ([left, right]) => {
    const clocks = typeof left === 'object' && left.kind === 'time';
    const [a, b] = clocks ? [clockIn(left), clockIn(right)] : [momentIn(left), momentIn(right)];
    return (a.zone === undefined) === (b.zone === undefined) ? instantOf(a) - instantOf(b) : undefined;
  },
};

const PARTS: Readonly<Record<'date' | 'time' | 'moment' | 'months' | 'duration', Readonly<Record<string, Type>>>> = {
  date: { weekday: count(7, 1) },
  time: { hour: count(23), minute: count(59), second: count(59), 'time offset': { kind: 'duration', most: DAY }, timezone: { kind: 'text', most: 61 } },
  moment: { year: count(999_999_999, -999_999_999), month: count(12, 1), day: count(31, 1), weekday: count(7, 1), hour: count(23), minute: count(59), second: count(59), 'time offset': { kind: 'duration', most: DAY }, timezone: { kind: 'text', most: 61 } },
  months: { months: count(11, -11) },
  duration: { hours: count(23, -23), minutes: count(59, -59), seconds: count(59, -59) },
};
const SOMETIMES: ReadonlySet<string> = new Set(['time offset', 'timezone']);

/** The largest part of a duration has no bound of its own. */
function largestPart(type: Type | undefined, name: string): Given | undefined {
  const most = type?.kind === 'months' && name === 'years' ? type.most / 12n : type?.kind === 'duration' && name === 'days' ? type.most / DAY : undefined;
  if (most === undefined) return undefined;
  return most > LARGEST_EXACT ? { kind: 'may-overflow', bound: most } : { type: { kind: 'number', scale: 0, min: -most, max: most } };
}

function partType(of: Known | undefined, name: string): Given {
  const largest = largestPart(of?.type, name);
  if (largest) return largest;
  const kind = of?.type.kind;
  const found = kind === 'date' || kind === 'time' || kind === 'moment' || kind === 'months' || kind === 'duration' ? PARTS[kind][name] : undefined;
  return found ? { type: found, partial: SOMETIMES.has(name) } : clashOf(`{${name}}`, of?.type);
}

function partOf(value: Datum | undefined, name: string, type: Type | undefined): Datum | undefined {
  if (type?.kind === 'months') return name === 'years' ? unitsIn(value) / 12n : unitsIn(value) % 12n;
  if (type?.kind === 'duration') return durationPart(unitsIn(value), name);
  if (typeof value === 'object' && value.kind === 'time') return clockPart(value, 0, name);
  const moment = momentIn(value);
  const civil = civilOf(moment.day);
  switch (name) {
    case 'year': case 'month': case 'day': return BigInt(civil[name]);
    case 'weekday': return BigInt(weekdayOf(moment.day));
    default: return clockPart(moment, moment.day, name);
  }
}

function clockPart({ nanos, zone }: Clock | Moment, day: number, name: string): Datum | undefined {
  switch (name) {
    case 'hour': return nanos / HOUR;
    case 'minute': return (nanos / MINUTE) % 60n;
    case 'second': return (nanos / SECOND) % 60n;
    case 'time offset': return zone && BigInt(offsetOf(zone, day, nanos)) * SECOND;
    default: return zone?.kind === 'place' ? zone.name : undefined;
  }
}

function durationPart(nanos: bigint, name: string): bigint {
  switch (name) {
    case 'days': return nanos / DAY;
    case 'hours': return (nanos / HOUR) % 24n;
    case 'minutes': return (nanos / MINUTE) % 60n;
    default: return (nanos / SECOND) % 60n;
  }
}

const numbers = (of: readonly Known[], least: number, type: Type): Given => kindsClash(of, [...Array.from({ length: least }, () => ['number'] as const), ...(of.length > least ? [['duration'] as const] : [])]) ?? { type, partial: true };

/** A year that the calendar of rules may not have is a mistake, not a day without an answer. */
function yearClash(of: Known | undefined): Given | undefined {
  const year = typeAs('number', of);
  const unit = scaleOf(year);
  return year && (year.min < unit || year.max > 9_999n * unit) ? { kind: 'may-grow', bound: year.max > 9_999n * unit ? year.max / unit : year.min / unit, most: 9_999n } : undefined;
}

function dayAt(year: Datum | undefined, month: Datum | undefined, day: Datum | undefined, of: readonly (Type | undefined)[]): number | undefined {
  const [y, m, d] = [wholeNumber(year, of[0]), wholeNumber(month, of[1]), wholeNumber(day, of[2])];
  return y === undefined || m === undefined || d === undefined ? undefined : dayOf({ year: y, month: m, day: d });
}

/** A clock that is at most a day from UTC, to the nanosecond. */
function clockAt([hour, minute, second, offset]: readonly (Datum | undefined)[], of: readonly (Type | undefined)[]): Clock | undefined {
  const [h, m] = [wholeNumber(hour, of[0]), wholeNumber(minute, of[1])];
  const nanos = (unitsIn(second) * SECOND) / scaleOf(of[2]);
  if (h === undefined || m === undefined || h < 0 || h > 23 || m < 0 || m > 59 || nanos < 0n || nanos >= MINUTE) return undefined;
  const ahead = offset === undefined ? undefined : unitsIn(offset);
  if (ahead !== undefined && size(ahead) >= DAY) return undefined;
  return { kind: 'time', nanos: BigInt(h) * HOUR + BigInt(m) * MINUTE + nanos, zone: ahead === undefined ? undefined : { kind: 'offset', seconds: Number(ahead / SECOND) } };
}

const at = (day: number | undefined, clock: Clock | undefined): Moment | undefined => (day === undefined || !clock ? undefined : { kind: 'date and time', day, nanos: clock.nanos, zone: clock.zone });

const read = (type: Type, apply: (text: string) => Datum | undefined): Builtin => ({ gives: (of) => kindsClash(of, [['text']]) ?? { type, partial: true }, apply: ([text]) => apply(textIn(text)) });
const ofDay = (type: Type, apply: (day: number) => Datum): Builtin => ({ gives: (of) => kindsClash(of, [['date', 'moment']]) ?? { type }, apply: ([of]) => apply(dayIn(of)) });

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const;

/** What `@"…"` spells, as a value; a date is written as a constant instead. */
export function written(text: string): { readonly type: Type; readonly value: Datum } | undefined {
  const found = readTemporal(text);
  switch (found?.kind) {
    case 'months': return { type: { kind: 'months', most: size(found.months) }, value: found.months };
    case 'duration': return { type: { kind: 'duration', most: size(found.nanos) }, value: found.nanos };
    case 'time': return { type: CLOCK, value: found };
    case 'date and time': return { type: MOMENT, value: found };
    default: return undefined;
  }
}

export const TEMPORALS = {
  literal: {
    gives: (_, [text = '']) => {
      const found = written(text);
      return found ? (found.type.kind === 'months' || found.type.kind === 'duration' ? duration(found.type.kind, found.type.most) : { type: found.type }) : clashOf('duration', undefined);
    },
    apply: (_, { with: [text = ''] }) => written(text)?.value,
  },
  longer: both((a, b) => a + b), shorter: both((a, b) => a - b), negated: one((value) => -value), size: one(size), times, shared,
  later: moved(1n), earlier: moved(-1n), apart,
  'part of': { gives: ([of], [name = '']) => partType(of, name), apply: ([of], { with: [name = ''], of: types }) => partOf(of, name, types[0]) },
  'date in': { gives: (of) => kindsClash(of, [['date', 'moment']]) ?? { type: DATE, partial: true }, apply: ([of]) => dateOf(dayIn(of)) },
  'time in': { gives: (of) => kindsClash(of, [['date', 'moment']]) ?? { type: CLOCK }, apply: ([of]) => ({ kind: 'time', nanos: momentIn(of).nanos, zone: momentIn(of).zone }) },
  'moment in': { gives: (of) => kindsClash(of, [['date', 'moment']]) ?? { type: MOMENT }, apply: ([of]) => momentIn(of) },
  'moment at': { gives: (of) => kindsClash(of, [['date', 'moment'], ['time']]) ?? { type: MOMENT }, apply: ([day, clock]) => at(dayIn(day), clockIn(clock)) },
  'date of': { gives: (of) => yearClash(of[0]) ?? numbers(of, 3, DATE), apply: ([year, month, day], { of }) => dateOf(dayAt(year, month, day, of)) },
  'time of': { gives: (of) => numbers(of, 3, CLOCK), apply: (of, { of: types }) => clockAt(of, types) },
  'moment of': { gives: (of) => numbers(of, 6, MOMENT), apply: ([year, month, day, ...clock], { of }) => at(dayAt(year, month, day, of), clockAt(clock, of.slice(3))) },
  'date from': read(DATE, (text) => dateOf(readDate(text)?.day)),
  'time from': read(CLOCK, (text) => readTime(text) ?? undefined),
  'moment from': read(MOMENT, (text) => readMoment(text) ?? undefined),
  'in place': { gives: (of, [place = '']) => kindsClash(of, [['date', 'moment']]) ?? (isPlace(place) ? { type: MOMENT } : clashOf('text', undefined)), apply: ([of], { with: [name = ''] }) => ({ kind: 'date and time', day: dayIn(of), nanos: typeof of === 'object' ? momentIn(of).nanos : 0n, zone: { kind: 'place', name } }) },
  'years and months duration': { gives: (of) => kindsClash(of, [['date', 'moment'], ['date', 'moment']]) ?? { type: { kind: 'months', most: LONGEST_MONTHS } }, apply: ([from, to]) => BigInt(monthsBetween(civilOf(dayIn(from)), civilOf(dayIn(to)))) },
  'day of year': ofDay(count(366, 1), (day) => BigInt(dayOfYear(day))),
  'week of year': ofDay(count(53, 1), (day) => BigInt(weekOf(day))),
  'day of week': ofDay({ kind: 'text', most: 9 }, (day) => DAYS[weekdayOf(day) - 1] ?? ''),
  'month of year': ofDay({ kind: 'text', most: 9 }, (day) => MONTHS[civilOf(day).month - 1] ?? ''),
} as const satisfies Builtins;
