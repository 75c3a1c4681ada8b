import type { Rounding } from '../../type.ts';
import { add, compare, integerOf, modulo, multiply, negate, round, whole } from '../decimal.ts';
import { exponential, logarithm, squareRoot } from '../transcendental.ts';
import type { Decimal, FormValue, FunctionValue } from '../value.ts';
import { builtin, duration, number, optional, place, truth, way } from './signature.ts';
import { is, kindOf } from '../value.ts';

/** How many decimals a rounding may keep: those of decimal128. */
const [LEAST_SCALE, MOST_SCALE] = [-6111, 6176];

function rounding(mode: Rounding, ...[scale]: readonly ['scale' | 'may-scale']): FunctionValue {
  const apply = (n: Decimal, decimals: number | undefined): FormValue => (decimals !== undefined && (decimals < LEAST_SCALE || decimals > MOST_SCALE) ? null : round(n, decimals ?? 0, mode));
  return builtin(scale === 'scale' ? way([number('n'), place('scale')], ([n, decimals]) => apply(n, decimals)) : way([number('n'), optional(place('scale'))], ([n, decimals]) => apply(n, decimals)));
}

const parity = (odd: boolean): FunctionValue => builtin(way([number('number')], ([n]) => {
  const rest = integerOf(n) === undefined && n.scale > 0 ? null : modulo(n, whole(2));
  return rest && (rest.units !== 0n) === odd;
}));

const unary = (apply: (n: Decimal) => FormValue): FunctionValue => builtin(way([number('number')], ([n]) => apply(n)));

export const NUMBERS = {
  not: builtin(way([truth('negand')], ([negand]) => !negand)),
  decimal: rounding('half-even', 'scale'),
  floor: rounding('floor', 'may-scale'),
  ceiling: rounding('ceiling', 'may-scale'),
  'round up': rounding('up', 'scale'),
  'round down': rounding('down', 'scale'),
  'round half up': rounding('half-up', 'scale'),
  'round half down': rounding('half-down', 'scale'),
  'round half even': rounding('half-even', 'scale'),
  abs: builtin(way([number('n')], ([n]) => (compare(n, whole(0)) < 0 ? negate(n) : n)), way([duration('n')], ([n]) => ({ kind: 'duration', nanos: n.nanos < 0n ? -n.nanos : n.nanos })), way([{ name: 'n', read: (value) => (is(value, 'months') ? value : undefined) }], ([n]) => ({ kind: 'months', months: n.months < 0n ? -n.months : n.months }))),
  modulo: builtin(way([number('dividend'), number('divisor')], ([dividend, divisor]) => modulo(dividend, divisor))),
  sqrt: unary(squareRoot),
  log: unary(logarithm),
  exp: unary(exponential),
  odd: parity(true),
  even: parity(false),
} as const;

/** The product of numbers; null where there are none. */
export function productOf(values: readonly Decimal[]): FormValue {
  const [first = null, ...rest] = values;
  return rest.reduce<Decimal | null>((total, value) => total && multiply(total, value), first);
}

export function totalOf(values: readonly Decimal[]): FormValue {
  const [first = null, ...rest] = values;
  return rest.reduce<Decimal | null>((total, value) => total && add(total, value), first);
}

export const isNumber = (value: FormValue): boolean => kindOf(value) === 'number';
