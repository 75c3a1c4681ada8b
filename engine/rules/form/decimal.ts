import type { Rounding } from '../type.ts';
import type { Decimal } from './value.ts';

/** How many digits a number keeps, as decimal128 does. */
export const DIGITS = 34;
/** The largest and smallest power of ten of a first digit. Beyond it there is no number. */
const LARGEST_EXPONENT = 6144;

const abs = (value: bigint): bigint => (value < 0n ? -value : value);
const power = (exponent: number): bigint => 10n ** BigInt(exponent);
export const lengthOf = (units: bigint): number => abs(units).toString().length;

/** The number units / 10^scale, rounded half to even where it has more than `digits` digits. Null beyond the largest; what is too small to tell from zero is zero. */
export function decimal(units: bigint, scale = 0, digits: number = DIGITS): Decimal | null {
  const excess = lengthOf(units) - digits;
  const kept = excess > 0 ? rounded(units, excess, 'half-even') : units;
  const found = stripped(kept, excess > 0 ? scale - excess : scale);
  const exponent = lengthOf(found.units) - 1 - found.scale;
  if (exponent > LARGEST_EXPONENT) return null;
  return exponent < -LARGEST_EXPONENT ? ZERO : found;
}

function stripped(units: bigint, scale: number): Decimal {
  if (units === 0n) return ZERO;
  let [left, at] = [units, scale];
  for (; left % 10n === 0n; at -= 1) left /= 10n;
  return { kind: 'number', units: left, scale: at };
}

const ZERO: Decimal = { kind: 'number', units: 0n, scale: 0 };

/** A whole number. */
export function whole(value: number | bigint): Decimal {
  return stripped(BigInt(value), 0);
}

/** The number that digits spell (`1.5`, `-2e10`); null where they spell none. */
export function decimalOf(text: string): Decimal | null {
  const match = /^(-?)(\d*)(?:\.(\d+))?(?:[eE]([+-]?\d{1,5}))?$/.exec(text);
  if (!match || text.length > 10_000 || (match[2] === '' && match[3] === undefined)) return null;
  const [, sign, before, fraction = '', exponent = '0'] = match;
  return decimal(BigInt(`${sign}${before}${fraction}`), fraction.length - Number(exponent));
}

/** The digits of a number, without an exponent. */
export function printDecimal({ units, scale }: Decimal): string {
  if (scale <= 0) return String(units * power(-scale));
  const digits = String(abs(units)).padStart(scale + 1, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Both numbers as units of one scale. */
export function aligned(a: Decimal, b: Decimal): readonly [bigint, bigint, number] {
  const scale = Math.max(a.scale, b.scale);
  return [a.units * power(scale - a.scale), b.units * power(scale - b.scale), scale];
}

/** So much smaller a number changes none of the digits of a sum. */
const FAR = 3 * DIGITS;
const exponentOf = ({ units, scale }: Decimal): number => lengthOf(units) - scale;

export function add(a: Decimal, b: Decimal): Decimal | null {
  const apart = a.units === 0n || b.units === 0n ? 0 : exponentOf(a) - exponentOf(b);
  if (Math.abs(apart) > FAR) return apart > 0 ? a : b;
  const [left, right, scale] = aligned(a, b);
  return decimal(left + right, scale);
}

export function negate({ units, scale }: Decimal): Decimal {
  return { kind: 'number', units: -units, scale };
}

export function multiply(a: Decimal, b: Decimal, digits?: number): Decimal | null {
  return decimal(a.units * b.units, a.scale + b.scale, digits);
}

/** The quotient to as many digits as there may be; null by zero. */
export function divide(a: Decimal, b: Decimal, digits: number = DIGITS): Decimal | null {
  if (b.units === 0n) return null;
  const more = Math.max(0, digits + 2 + lengthOf(b.units) - lengthOf(a.units));
  const numerator = a.units * power(more);
  const quotient = numerator / b.units;
  // One digit more tells an exact quotient from one that goes on, so that a half is only a half where it is one.
  const on = numerator % b.units === 0n ? 0n : (a.units < 0n) === (b.units < 0n) ? 1n : -1n;
  return decimal(quotient * 10n + on, a.scale - b.scale + more + 1, digits);
}

/** The remainder with the sign of the divisor; null by zero. */
export function modulo(a: Decimal, b: Decimal): Decimal | null {
  const [left, right, scale] = aligned(a, b);
  if (right === 0n) return null;
  const rest = left % right;
  return decimal(rest !== 0n && (rest < 0n) !== (right < 0n) ? rest + right : rest, scale);
}

const signOf = ({ units }: Decimal): number => (units < 0n ? -1 : units > 0n ? 1 : 0);

/** Negative, zero or positive as the first is smaller, equal or larger. */
export function compare(a: Decimal, b: Decimal): number {
  const [one, other] = [signOf(a), signOf(b)];
  if (one !== other) return one - other;
  const apart = one === 0 ? 0 : exponentOf(a) - exponentOf(b);
  if (apart !== 0) return apart > 0 ? one : -one;
  const [left, right] = aligned(a, b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The number with so many decimals (negative: tens, hundreds …). */
export function round(value: Decimal, scale: number, mode: Rounding): Decimal | null {
  return value.scale <= scale ? value : decimal(rounded(value.units, value.scale - scale, mode), scale);
}

/** Whole units without the last digits. */
function rounded(units: bigint, digits: number, mode: Rounding): bigint {
  const unit = power(Math.min(digits, lengthOf(units) + 1));
  const [size, sign] = [abs(units), units < 0n ? -1n : 1n];
  const down = size / unit;
  const rest = size % unit;
  return sign * (rest !== 0n && upward(mode, { half: rest * 2n === unit ? 0 : rest * 2n > unit ? 1 : -1, odd: down % 2n === 1n, negative: sign < 0n }) ? down + 1n : down);
}

/** Whether what is left over makes the size of the number larger. */
function upward(mode: Rounding, { half, odd, negative }: { readonly half: number; readonly odd: boolean; readonly negative: boolean }): boolean {
  switch (mode) {
    case 'up': return true;
    case 'down': return false;
    case 'floor': return negative;
    case 'ceiling': return !negative;
    case 'half-up': return half >= 0;
    case 'half-down': return half > 0;
    case 'half-even': return half > 0 || (half === 0 && odd);
    default: return mode satisfies never;
  }
}

/** The whole number it is, where it is one that counts exactly; undefined otherwise. */
export function integerOf({ units, scale }: Decimal): number | undefined {
  if (scale > 0 || scale < -15) return undefined;
  const value = Number(units * power(-scale));
  return Number.isSafeInteger(value) ? value : undefined;
}

/** The whole part toward zero. */
export function truncated({ units, scale }: Decimal): bigint {
  return scale <= 0 ? units * power(-scale) : units / power(scale);
}
