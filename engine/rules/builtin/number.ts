import { LARGEST_EXACT } from '../type.ts';
import type { Known, Type } from '../type.ts';
import { clashOf, TRUTH, typeAs, unitsIn } from './builtin.ts';
import type { Builtin, Builtins, Given } from './builtin.ts';

/* Functions of numbers beyond those of services. The operands of one have one scale. */

type Numeric = Extract<Type, { kind: 'number' }>;
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const sizeOf = ({ min, max }: Numeric): bigint => larger(max < 0n ? -max : max, min < 0n ? -min : min);

function remainder([left, right]: readonly Known[]): Given {
  const [dividend, divisor] = [typeAs('number', left), typeAs('number', right)];
  if (!dividend || !divisor) return clashOf('number', dividend ? right?.type : left?.type);
  if (dividend.scale !== divisor.scale) return { kind: 'scale-clash' };
  const bound = sizeOf(divisor);
  if (bound > LARGEST_EXACT) return { kind: 'may-overflow', bound };
  return { type: { kind: 'number', scale: dividend.scale, min: divisor.min < 0n ? -bound : 0n, max: divisor.max > 0n ? bound : 0n }, partial: divisor.min <= 0n && divisor.max >= 0n };
}

/** Whether a whole number is odd, or even; of one with a fraction there is no answer. */
function parity(rest: bigint): Builtin {
  return {
    gives: ([of]) => {
      const type = typeAs('number', of);
      return type ? { type: TRUTH, partial: type.scale > 0 } : clashOf('number', of?.type);
    },
    apply: ([value], { of: [type] }) => {
      const unit = 10n ** BigInt(type?.kind === 'number' ? type.scale : 0);
      const units = unitsIn(value);
      return units % unit === 0n ? ((units / unit) % 2n !== 0n) === (rest === 1n) : undefined;
    },
  };
}

export const NUMBERS = {
  /** The remainder has the sign of the divisor. */
  modulo: {
    gives: remainder,
    apply: ([left, right]) => {
      const [dividend, divisor] = [unitsIn(left), unitsIn(right)];
      if (divisor === 0n) return undefined;
      const rest = dividend % divisor;
      return rest !== 0n && rest < 0n !== divisor < 0n ? rest + divisor : rest;
    },
  },
  odd: parity(1n),
  even: parity(0n),
} as const satisfies Builtins;
