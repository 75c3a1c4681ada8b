import { DAY, offsetOf, SECOND } from '../form/calendar.ts';
import type { Clock, Moment } from '../form/value.ts';
import type { Datum } from '../value.ts';

/** A value as a text that no other value has: the closure keeps one number for each. */
export function keyOf(datum: Datum | undefined): string {
  if (datum === undefined) return 'none';
  if (typeof datum === 'string') return JSON.stringify(datum);
  if (typeof datum !== 'object') return String(datum);
  switch (datum.kind) {
    case 'time': return `time ${String(datum.nanos)} ${zoneKey(datum)}`;
    case 'date and time': return `moment ${String(datum.day)} ${String(datum.nanos)} ${zoneKey(datum)}`;
    case 'list': return `[${datum.items.map(keyOf).join(',')}]`;
    case 'context': return `{${[...datum.entries].map(([key, value]) => `${JSON.stringify(key)}:${keyOf(value)}`).join(',')}}`;
    default: return datum satisfies never;
  }
}

function zoneKey({ zone }: Clock | Moment): string {
  if (!zone) return '-';
  return zone.kind === 'place' ? `@${zone.name}` : String(zone.seconds);
}

/** Nanoseconds of a clock or moment in UTC, or on its own clock where it has no zone. */
export function instantOf(value: Clock | Moment): bigint {
  const day = value.kind === 'time' ? 0 : value.day;
  return BigInt(day) * DAY + value.nanos - (value.zone ? BigInt(offsetOf(value.zone, day, value.nanos)) * SECOND : 0n);
}

/** Whether two values of one type are the same; of times their whole seconds, as FEEL compares them. */
export function sameDatum(a: Datum | undefined, b: Datum | undefined): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  if (a.kind === 'list') return b.kind === 'list' && a.items.length === b.items.length && a.items.every((item, at) => sameDatum(item, b.items[at]));
  if (a.kind === 'context') return b.kind === 'context' && a.entries.size === b.entries.size && [...a.entries].every(([key, value]) => b.entries.has(key) && sameDatum(value, b.entries.get(key)));
  if (b.kind === 'list' || b.kind === 'context' || (a.zone === undefined) !== (b.zone === undefined)) return false;
  return instantOf(wholeSeconds(a)) === instantOf(wholeSeconds(b));
}

function wholeSeconds<T extends Clock | Moment>(value: T): T {
  return { ...value, nanos: value.nanos - (value.nanos % SECOND) };
}

/** Negative, zero or positive; undefined where two times have no order, for one has a zone and the other none. */
export function orderOf(a: Datum, b: Datum): number | undefined {
  if (typeof a === 'object' && typeof b === 'object') {
    if (a.kind === 'list' || a.kind === 'context' || b.kind === 'list' || b.kind === 'context' || (a.zone === undefined) !== (b.zone === undefined)) return undefined;
    return orderOf(instantOf(a), instantOf(b));
  }
  return a < b ? -1 : a > b ? 1 : 0;
}
