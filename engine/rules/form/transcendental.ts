import { add, compare, decimal, DIGITS, divide, integerOf, lengthOf, multiply, negate, printDecimal, whole } from './decimal.ts';
import type { Decimal } from './value.ts';

/*
 * Roots, powers, exponentials and logarithms in whole numbers of 10^-60, rounded at the end to 34 digits: a float is
 * only ever the first guess of an iteration.
 */

const PLACES = 60;
const ONE = 10n ** BigInt(PLACES);
/** e^x leaves the numbers beyond this. */
const LARGEST_POWER = 14_150;

const fixed = ({ units, scale }: Decimal): bigint => (scale <= PLACES ? units * 10n ** BigInt(PLACES - scale) : units / 10n ** BigInt(scale - PLACES));
const times = (a: bigint, b: bigint): bigint => (a * b) / ONE;

/** The root to 34 digits; null of a negative number. */
export function squareRoot({ units, scale }: Decimal): Decimal | null {
  if (units < 0n) return null;
  const more = DIGITS * 2 + 4 + ((scale + DIGITS * 2 + 4) % 2 === 0 ? 0 : 1);
  const square = units * 10n ** BigInt(more);
  const root = wholeRoot(square);
  // A digit more where it goes on, so that it is not taken for a half.
  return decimal(root * 10n + (root * root === square ? 0n : 1n), (scale + more) / 2 + 1);
}

function wholeRoot(square: bigint): bigint {
  if (square < 2n) return square;
  let root = 10n ** BigInt(Math.ceil(square.toString().length / 2));
  for (;;) {
    const next = (root + square / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
}

/** e^x; null where it is beyond all numbers. */
export function exponential(x: Decimal): Decimal | null {
  const limit = whole(LARGEST_POWER);
  if (compare(x, limit) > 0) return null;
  if (compare(x, negate(limit)) < 0) return whole(0);
  const value = fixed(x);
  const tens = value / LN10;
  return decimal(seriesOfE(value - tens * LN10), PLACES - Number(tens));
}

/** e^x of a fixed number not far from 0: the series for x / 2^16, squared sixteen times. */
function seriesOfE(x: bigint): bigint {
  const small = x >> 16n;
  let [sum, term] = [ONE, ONE];
  for (let n = 1n; term !== 0n && n < 60n; n += 1n) {
    term = times(term, small) / n;
    sum += term;
  }
  for (let squared = 0; squared < 16; squared++) sum = times(sum, sum);
  return sum;
}

/** ln of a fixed number between 0.1 and 10: each step of Halley's method triples the digits of the guess. */
function logarithmOf(y: bigint): bigint {
  let guess = BigInt(Math.round(Math.log(Number(y / 10n ** BigInt(PLACES - 15)) / 1e15) * 1e15)) * 10n ** BigInt(PLACES - 15);
  for (let step = 0; step < 3; step++) {
    const reached = seriesOfE(guess);
    guess += (2n * (y - reached) * ONE) / (y + reached);
  }
  return guess;
}

const LN10 = logarithmOf(10n * ONE);

/** The natural logarithm; null of what is not positive. */
export function logarithm(x: Decimal): Decimal | null {
  if (x.units <= 0n) return null;
  const digits = lengthOf(x.units) - 1;
  const mantissa = x.units * 10n ** BigInt(PLACES - digits);
  return decimal(logarithmOf(mantissa) + BigInt(digits - x.scale) * LN10, PLACES);
}

/** The largest whole exponent that is counted out by multiplying. */
const LARGEST_WHOLE = 1_000_000;

/** base^exponent; null where it is no real number or beyond all numbers. */
export function raise(base: Decimal, exponent: Decimal): Decimal | null {
  const times = integerOf(exponent);
  if (times !== undefined && Math.abs(times) <= LARGEST_WHOLE) return multiplied(base, times);
  if (base.units === 0n) return exponent.units > 0n ? whole(0) : null;
  const root = printDecimal(exponent) === '0.5' ? squareRoot(base) : undefined;
  if (root !== undefined) return root;
  const log = logarithm(base);
  const product = log && multiply(log, exponent, PLACES);
  return product && exponential(product);
}

function multiplied(base: Decimal, times: number): Decimal | null {
  let [result, factor]: [Decimal | null, Decimal | null] = [whole(1), base];
  for (let left = Math.abs(times); left > 0 && result; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = factor && multiply(result, factor, PLACES);
    if (left > 1) factor = factor && multiply(factor, factor, PLACES);
  }
  const rounded = result && decimal(result.units, result.scale);
  return times < 0 ? rounded && divide(whole(1), rounded) : rounded;
}

/** The mean; null of none. */
export function meanOf(values: readonly Decimal[]): Decimal | null {
  const sum = values.reduce<Decimal | null>((total, value) => total && add(total, value), whole(0));
  return sum && divide(sum, whole(values.length));
}

/** The standard deviation of a sample; null of fewer than two. */
export function deviationOf(values: readonly Decimal[]): Decimal | null {
  const count = whole(values.length);
  if (values.length < 2) return null;
  // n·Σx² − (Σx)² is exact, so that only the root and one quotient are rounded.
  const exact = (numbers: readonly Decimal[]): Decimal | null => numbers.reduce<Decimal | null>((total, value) => total && sumOf(total, value), whole(0));
  const sum = exact(values);
  const squares = exact(values.map((value) => ({ kind: 'number', units: value.units * value.units, scale: value.scale * 2 })));
  if (!sum || !squares) return null;
  const spread = sumOf({ kind: 'number', units: squares.units * count.units, scale: squares.scale + count.scale }, { kind: 'number', units: -(sum.units * sum.units), scale: sum.scale * 2 });
  const below = multiply(count, whole(values.length - 1));
  const variance = below && divide(spread, below, PLACES);
  return variance && squareRoot(variance);
}

/** A sum of which no digit is rounded away. */
function sumOf(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { kind: 'number', units: a.units * 10n ** BigInt(scale - a.scale) + b.units * 10n ** BigInt(scale - b.scale), scale };
}
