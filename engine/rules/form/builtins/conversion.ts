import { DAY, dayOf, HOUR, isPlace, MINUTE, monthsBetween, civilOf, SECOND } from '../calendar.ts';
import { aligned, compare, decimalOf, truncated, whole } from '../decimal.ts';
import { compared } from '../compare.ts';
import { parseForm } from '../../syntax/index.ts';
import { readDate, readDuration, readMoment, readTime } from '../read-temporal.ts';
import { is } from '../value.ts';
import type { Decimal, Duration, FormValue, Zone } from '../value.ts';
import { anything, builtin, clock, day, duration, moment, number, optional, orNull, text, way, whole as integer } from './signature.ts';

/** A number as people write it, with other signs for the thousands and the decimals. */
function numberFrom(from: string, grouping: string | null | undefined, point: string | null | undefined): FormValue {
  if ((grouping && ![' ', ',', '.'].includes(grouping)) || (point && !['.', ','].includes(point)) || (grouping && grouping === point)) return null;
  const ungrouped = grouping ? from.replaceAll(grouping, '') : from;
  if (point && point !== '.' && ungrouped.includes('.')) return null;
  return /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(point ? ungrouped.replace(point, '.') : ungrouped) ? decimalOf((point ? ungrouped.replace(point, '.') : ungrouped).replace(/\.(?=$|[eE])/, '')) : null;
}

function timeFrom(hour: number, minute: number, second: Decimal, zone: Zone | undefined): FormValue {
  const fits = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second.units >= 0n && compare(second, whole(60)) < 0;
  return fits ? { kind: 'time', nanos: BigInt(hour) * HOUR + BigInt(minute) * MINUTE + nanosOf(second), zone } : null;
}

function nanosOf(second: Decimal): bigint {
  const [units, , scale] = aligned(second, { kind: 'number', units: 1n, scale: 9 });
  return truncated({ kind: 'number', units: units * SECOND, scale });
}

/** A clock's distance from UTC: less than a day, in whole seconds. */
function zoneOf(offset: Duration | null | undefined): Zone | undefined {
  return offset ? { kind: 'offset', seconds: Number(offset.nanos / SECOND) } : undefined;
}
const tooFar = (offset: Duration | null | undefined): boolean => offset !== null && offset !== undefined && (offset.nanos <= -DAY || offset.nanos >= DAY);

function dateFrom(year: number, month: number, inMonth: number): FormValue {
  const found = dayOf({ year, month, day: inMonth });
  return found === undefined ? null : { kind: 'date', day: found };
}

/** A day with a clock. */
function joined(date: FormValue, time: FormValue): FormValue {
  return is(date, 'date') && is(time, 'time') ? { kind: 'date and time', day: date.day, nanos: time.nanos, zone: time.zone } : null;
}

const PARTS = [integer('year'), integer('month'), integer('day'), integer('hour'), integer('minute'), number('second')] as const;

const plainMoment = { name: 'from', read: (value: FormValue) => (is(value, 'date and time') ? value : undefined) } as const;

const RANGE = /^\s*([[(\]])\s*(.*?)\s*\.\.\s*(.*?)\s*([\])[])\s*$/s;

/** A text that spells a range of constants: `[1..3]`, `(..@"2020-01-01"]`. */
function rangeFrom(from: string): FormValue {
  const match = RANGE.exec(from);
  if (!match) return null;
  const [, left, low = '', high = '', right] = match;
  const [first, second] = [endOf(low, left !== '['), endOf(high, right !== ']')];
  if (first === undefined || second === undefined) return null;
  const fits = first === null || second === null ? first !== second : compared('<=', first, second) === true;
  // With one end it is the comparison with that end.
  const test = first === null ? (right === ']' ? '<=' : '<') : second === null ? (left === '[' ? '>=' : '>') : undefined;
  return fits ? { kind: 'range', low: first, lowIn: left === '[', high: second, highIn: right === ']', test } : null;
}

/** An end of a range: null where it is open; undefined where it is no constant, or open and included. */
function endOf(text: string, mayBeOpen: boolean): FormValue | undefined {
  if (text !== '') return constant(text);
  return mayBeOpen ? null : undefined;
}

const MAKERS: ReadonlyMap<string, (text: string) => FormValue> = new Map<string, (text: string) => FormValue>([['date and time', readMoment], ['time', readTime], ['duration', readDuration]]);

/** The value of a literal; undefined where the text is something else. */
function constant(text: string): FormValue | undefined {
  const { value } = parseForm(text);
  switch (value?.kind) {
    case 'number': return decimalOf(value.digits) ?? undefined;
    case 'text': return value.value;
    case 'date': return readDate(value.day) ?? undefined;
    case 'temporal': return readDuration(value.text) ?? readMoment(value.text) ?? readTime(value.text) ?? undefined;
    case 'call': {
      const [only] = value.of;
      if (only?.kind !== 'text' || value.of.length > 1) return undefined;
      return MAKERS.get(value.name)?.(only.value) ?? undefined;
    }
    default: return undefined;
  }
}

export const CONVERSIONS = {
  number: builtin(way([text('from'), optional(orNull(text('grouping separator'))), optional(orNull(text('decimal separator')))], ([from, grouping, point]) => numberFrom(from, grouping, point)), way([number('from')], ([from]) => from)),
  date: builtin(way([text('from')], ([from]) => readDate(from)), way([day('from')], ([from]) => from), way([integer('year'), integer('month'), integer('day')], ([year, month, inMonth]) => dateFrom(year, month, inMonth))),
  time: builtin(
    way([text('from')], ([from]) => readTime(from)), way([clock('from')], ([from]) => from),
    way([moment('from')], ([{ nanos, zone }]) => ({ kind: 'time', nanos, zone })),
    way([integer('hour'), integer('minute'), number('second'), optional(orNull(duration('offset')))], ([hour, minute, second, offset]) => (tooFar(offset) ? null : timeFrom(hour, minute, second, zoneOf(offset)))),
  ),
  'date and time': builtin(
    way([text('from')], ([from]) => readMoment(from)), way([plainMoment], ([from]) => from), way([moment('from')], ([from]) => from),
    way([...PARTS, optional(orNull(duration('offset')))], ([year, month, inMonth, hour, minute, second, offset]) => (tooFar(offset) ? null : joined(dateFrom(year, month, inMonth), timeFrom(hour, minute, second, zoneOf(offset))))),
    way([...PARTS, text('timezone')], ([year, month, inMonth, hour, minute, second, zone]) => (isPlace(zone) ? joined(dateFrom(year, month, inMonth), timeFrom(hour, minute, second, { kind: 'place', name: zone })) : null)),
    way([day('date'), clock('time')], ([date, { nanos, zone }]) => ({ kind: 'date and time', day: date.day, nanos, zone })),
    way([day('date'), text('timezone')], ([date, zone]) => (isPlace(zone) ? { kind: 'date and time', day: date.day, nanos: 0n, zone: { kind: 'place', name: zone } } : null)),
  ),
  duration: builtin(way([text('from')], ([from]) => readDuration(from)), way([duration('from')], ([from]) => from)),
  'years and months duration': builtin(way([day('from'), day('to')], ([from, to]) => ({ kind: 'months', months: BigInt(monthsBetween(civilOf(from.day), civilOf(to.day))) }))),
  range: builtin(way([text('from')], ([from]) => rangeFrom(from))),
  'is defined': builtin(way([anything('value')], ([value]) => value !== null)),
} as const;
