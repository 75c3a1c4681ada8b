import type { Rounding } from '../type.ts';

/**
 * The exact quotient of two integers, rounded to an integer. The divisor is not 0.
 *
 * The quotient is taken apart into its sign, the whole part of its size and the rest; what each mode does with the
 * rest stands in one line.
 */
export function divideExactly(numerator: bigint, divisor: bigint, round: Rounding): bigint {
  const negative = numerator < 0n !== divisor < 0n;
  const [top, bottom] = [size(numerator), size(divisor)];
  const whole = top / bottom;
  const rest = top % bottom;
  const grown = awayFromZero(round, { negative, odd: whole % 2n === 1n, some: rest > 0n, half: order(rest * 2n, bottom) }) ? whole + 1n : whole;
  return negative ? -grown : grown;
}

interface Rest {
  readonly negative: boolean;
  readonly odd: boolean;
  /** Whether anything is left over. */
  readonly some: boolean;
  /** Below 0, 0 or above 0 as what is left over is less than, exactly, or more than a half. */
  readonly half: number;
}

function awayFromZero(round: Rounding, { negative, odd, some, half }: Rest): boolean {
  switch (round) {
    case 'half-up': return half >= 0;
    case 'half-down': return half > 0;
    case 'half-even': return half > 0 || (half === 0 && odd);
    case 'up': return some;
    case 'down': return false;
    case 'floor': return some && negative;
    case 'ceiling': return some && !negative;
    default: return round satisfies never;
  }
}

const size = (value: bigint): bigint => (value < 0n ? -value : value);
const order = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
