import type { Sign } from '../syntax/index.ts';
import { counted, DAY, monthsLater, monthsOf, nanosOf } from './calendar.ts';
import { instantOf } from './compare.ts';
import { add, divide, multiply, negate } from './decimal.ts';
import { raise } from './transcendental.ts';
import { kindOf } from './value.ts';
import type { Clock, Day, Decimal, Duration, FormValue, Moment, Months } from './value.ts';

/** What an operator gives; null where it does not fit the kinds of its operands, or has no result. */
export function calculated(sign: Sign, left: FormValue, right: FormValue): FormValue {
  switch (sign) {
    case '+': return sum(left, right);
    case '-': return difference(left, right);
    case '*': return product(left, right);
    case '/': return quotient(left, right);
    case '**': return isNumber(left) && isNumber(right) ? raise(left, right) : null;
    default: return sign satisfies never;
  }
}

const isNumber = (value: FormValue): value is Decimal => kindOf(value) === 'number';
const isDuration = (value: FormValue): value is Duration => kindOf(value) === 'duration';
const isMonths = (value: FormValue): value is Months => kindOf(value) === 'months';
const isDated = (value: FormValue): value is Day | Moment => kindOf(value) === 'date' || kindOf(value) === 'date and time';
const isClock = (value: FormValue): value is Clock => kindOf(value) === 'time';

/** The longest text that may come about. */
export const LONGEST_TEXT = 1_000_000;

function sum(left: FormValue, right: FormValue): FormValue {
  if (isNumber(left) && isNumber(right)) return add(left, right);
  if (typeof left === 'string' && typeof right === 'string') return left.length + right.length > LONGEST_TEXT ? null : left + right;
  if (isMonths(left) && isMonths(right)) return { kind: 'months', months: left.months + right.months };
  if (isDuration(left) && isDuration(right)) return { kind: 'duration', nanos: left.nanos + right.nanos };
  return later(left, right) ?? later(right, left);
}

/** A date, moment or time moved by a duration. */
function later(from: FormValue, by: FormValue): FormValue {
  if (isDated(from) && isMonths(by)) {
    const day = monthsLater(from.day, by.months);
    return day === undefined ? null : { ...from, day };
  }
  if (!isDuration(by)) return null;
  if (isClock(from)) return { ...from, nanos: modulo(from.nanos + by.nanos) };
  return isDated(from) ? moved(from, by.nanos) : null;
}

const modulo = (nanos: bigint): bigint => ((nanos % DAY) + DAY) % DAY;

function moved(from: Day | Moment, by: bigint): FormValue {
  const nanos = (from.kind === 'date' ? 0n : from.nanos) + by;
  const clock = modulo(nanos);
  const day = from.day + Number((nanos - clock) / DAY);
  if (!Number.isSafeInteger(day) || monthsLater(day, 0n) === undefined) return null;
  return from.kind === 'date' ? { kind: 'date', day } : { ...from, day, nanos: clock };
}

function difference(left: FormValue, right: FormValue): FormValue {
  if (isNumber(left) && isNumber(right)) return add(left, negate(right));
  if (isMonths(left) && isMonths(right)) return { kind: 'months', months: left.months - right.months };
  if (isDuration(left) && isDuration(right)) return { kind: 'duration', nanos: left.nanos - right.nanos };
  if (isMonths(right)) return later(left, { kind: 'months', months: -right.months });
  if (isDuration(right)) return later(left, { kind: 'duration', nanos: -right.nanos });
  if (isDated(left) && isDated(right)) return apart(instantlike(left), instantlike(right));
  return isClock(left) && isClock(right) ? apart({ ...left, day: 0 }, { ...right, day: 0 }) : null;
}

/** A date taken with a moment is its midnight in UTC. */
function instantlike(value: Day | Moment): Omit<Moment, 'kind'> {
  return value.kind === 'date' ? { day: value.day, nanos: 0n, zone: { kind: 'offset', seconds: 0 } } : value;
}

function apart(left: Omit<Moment, 'kind'>, right: Omit<Moment, 'kind'>): FormValue {
  return (left.zone === undefined) === (right.zone === undefined) ? { kind: 'duration', nanos: instantOf(left) - instantOf(right) } : null;
}

function product(left: FormValue, right: FormValue): FormValue {
  if (isNumber(left) && isNumber(right)) return multiply(left, right);
  if (!isNumber(right)) return isNumber(left) && (isMonths(right) || isDuration(right)) ? product(right, left) : null;
  return scaled(left, (count) => multiply(count, right));
}

function quotient(left: FormValue, right: FormValue): FormValue {
  if (isNumber(right)) return isNumber(left) ? divide(left, right) : scaled(left, (count) => divide(count, right));
  if (isMonths(left) && isMonths(right)) return ratio(left.months, right.months);
  return isDuration(left) && isDuration(right) ? ratio(left.nanos, right.nanos) : null;
}

function scaled(value: FormValue, to: (count: Decimal) => Decimal | null): FormValue {
  if (!isMonths(value) && !isDuration(value)) return null;
  const count = counted(value.kind === 'months' ? value.months : value.nanos);
  const result = count && to(count);
  return result && (value.kind === 'months' ? monthsOf(result) : nanosOf(result));
}

function ratio(left: bigint, right: bigint): FormValue {
  const [above, below] = [counted(left), counted(right)];
  return above && below && divide(above, below);
}

/** The value with its sign turned. */
export function opposite(value: FormValue): FormValue {
  if (isNumber(value)) return negate(value);
  if (isMonths(value)) return { kind: 'months', months: -value.months };
  return isDuration(value) ? { kind: 'duration', nanos: -value.nanos } : null;
}
