import { DAY, offsetOf, SECOND } from './calendar.ts';
import { compare as compareNumbers } from './decimal.ts';
import type { Test } from '../op.ts';
import { is, kindOf } from './value.ts';
import type { FormValue, Moment, SetValue } from './value.ts';

/** True, false, or no answer. */
export type Truth = boolean | null;

/** Negative, zero or positive; undefined where the two have no order (two kinds, or a kind that has none). */
export function ordered(a: FormValue, b: FormValue): number | undefined {
  if (is(a, 'number') && is(b, 'number')) return compareNumbers(a, b);
  const [left, right] = [lineOf(a), lineOf(b)];
  if (left === undefined || right === undefined || left.line !== right.line) return undefined;
  return left.at < right.at ? -1 : left.at > right.at ? 1 : 0;
}

/** Where a value stands on which line. A clock without a zone stands on another line than one that has. */
function lineOf(value: FormValue): { readonly line: string; readonly at: bigint | number | string } | undefined {
  if (typeof value === 'string') return { line: 'string', at: value };
  if (value === null || typeof value !== 'object') return undefined;
  switch (value.kind) {
    case 'date': return { line: value.kind, at: value.day };
    case 'months': return { line: value.kind, at: value.months };
    case 'duration': return { line: value.kind, at: value.nanos };
    case 'time': return { line: value.zone ? 'time in a zone' : 'time', at: instantOf({ ...value, day: 0 }) };
    case 'date and time': return { line: value.zone ? 'moment in a zone' : 'moment', at: instantOf(value) };
    case 'number': case 'list': case 'context': case 'range': case 'function': return undefined;
    default: return value satisfies never;
  }
}

/** Nanoseconds since 1970 in UTC, or on its own clock where it has no zone. */
export function instantOf({ day, nanos, zone }: Omit<Moment, 'kind'>): bigint {
  return BigInt(day) * DAY + nanos - (zone ? BigInt(offsetOf(zone, day, nanos)) * SECOND : 0n);
}

/** Whether two values are the same. Null is itself and nothing else; two kinds give no answer. */
export function equal(a: FormValue, b: FormValue): Truth {
  if (a === null || b === null) return a === b;
  if (kindOf(a) !== kindOf(b)) return null;
  return typeof a === 'object' && typeof b === 'object' ? sameObject(a, b) : a === b;
}

function sameObject(a: Extract<FormValue, object>, b: Extract<FormValue, object>): boolean {
  if (is(a, 'list') && is(b, 'list')) return a.items.length === b.items.length && a.items.every((item, at) => equal(item, b.items[at] ?? null) === true);
  if (is(a, 'context') && is(b, 'context')) return a.entries.size === b.entries.size && [...a.entries].every(([key, value]) => b.entries.has(key) && equal(value, b.entries.get(key) ?? null) === true);
  if (is(a, 'range') && is(b, 'range')) return sameSet(a, b);
  if (is(a, 'function')) return a === b;
  return ordered(wholeSeconds(a), wholeSeconds(b)) === 0;
}

function sameSet(a: SetValue, b: SetValue): boolean {
  const ends = [[a.low, b.low], [a.high, b.high], [a.except ?? null, b.except ?? null]] as const;
  return a.test === b.test && a.lowIn === b.lowIn && a.highIn === b.highIn && ends.every(([one, other]) => equal(one, other) === true);
}

/** Two times are the same where their parts are, of which FEEL's smallest is the second. */
function wholeSeconds(value: FormValue): FormValue {
  return is(value, 'time') || is(value, 'date and time') ? { ...value, nanos: value.nanos - (value.nanos % SECOND) } : value;
}

/** Whether a comparison holds; null where it has no answer. */
export function compared(test: Test, left: FormValue, right: FormValue): Truth {
  if (test === '=') return equal(left, right);
  if (test === '!=') return not(equal(left, right));
  const found = ordered(left, right);
  return found === undefined ? null : holds(test, found);
}

function holds(test: Exclude<Test, '=' | '!='>, found: number): boolean {
  switch (test) {
    case '<': return found < 0;
    case '<=': return found <= 0;
    case '>': return found > 0;
    case '>=': return found >= 0;
    default: return test satisfies never;
  }
}

export const not = (truth: Truth): Truth => (truth === null ? null : !truth);

/** Kleene's: false settles it, else no answer beats true. */
export function and(parts: readonly Truth[]): Truth {
  return parts.includes(false) ? false : parts.includes(null) ? null : true;
}

export function or(parts: readonly Truth[]): Truth {
  return parts.includes(true) ? true : parts.includes(null) ? null : false;
}

/** Whether a value is in a set. */
export function contains({ low, lowIn, high, highIn, except }: SetValue, value: FormValue): Truth {
  if (except !== undefined) return not(equal(value, except));
  return and([low === null ? true : compared(lowIn ? '>=' : '>', value, low), high === null ? true : compared(highIn ? '<=' : '<', value, high)]);
}
