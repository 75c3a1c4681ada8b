import { keyOf } from '../builtin/index.ts';
import type { Constant } from '../op.ts';
import { constantOf, known, NONE, UNKNOWN } from '../value.ts';
import type { Datum, Found } from '../value.ts';

/* The three states, as more than one operator handles them. */

/** None first, then unknown; only known operands reach the operator. */
export function strict(of: readonly Found[], apply: (of: readonly [Constant, Constant]) => Found): Found {
  if (of.some((value) => value.kind === 'none')) return NONE;
  const constants = of.flatMap((value) => (value.kind === 'known' ? [constantOf(value.value)] : []));
  const [first, second = first] = constants;
  return first === undefined || second === undefined || constants.length < of.length ? UNKNOWN : apply([first, second]);
}

/** A truth value in logic: none is false. */
export function truth(value: Found): boolean | undefined {
  return value.kind === 'unknown' ? undefined : value.kind === 'known' && value.value === true;
}

/** Whether two values are the same known one, both none, or both unknown. */
export function sameValue(a: Found, b: Found): boolean {
  return a.kind === b.kind && (a.kind !== 'known' || (b.kind === 'known' && keyOf(a.value) === keyOf(b.value)));
}

/** The smallest or largest; none is left out, all none is none, an unknown one makes it unknown. */
export function extreme(which: 'least' | 'greatest', of: readonly Found[]): Found {
  if (of.some((value) => value.kind === 'unknown')) return UNKNOWN;
  const constants = of.flatMap((value) => (value.kind === 'known' ? [constantOf(value.value)] : []));
  const [first, ...rest] = constants;
  if (first === undefined) return NONE;
  return known(rest.reduce((best, next) => ((which === 'least' ? next < best : next > best) ? next : best), first));
}

/** The units of a number; anything else here means that the checker let a wrong type pass. */
export function integer(value: Datum): bigint {
  if (typeof value !== 'bigint') throw new TypeError('a number was expected');
  return value;
}
