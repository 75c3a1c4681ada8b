import type { Op } from '../op.ts';
import type { TypeProblem } from '../relate.ts';
import type { Known, Type } from '../type.ts';
import { found, NONE, UNKNOWN } from '../value.ts';
import type { Found } from '../value.ts';
import type { Builtin, Called } from './builtin.ts';
import { CONTEXTS } from './context.ts';
import { LISTS } from './list.ts';
import { NUMBERS } from './number.ts';
import { RELATIONS } from './relation.ts';
import { TEMPORALS } from './temporal.ts';
import { TEXTS } from './text.ts';

export type { Called } from './builtin.ts';
export { merged } from './context.ts';
export { keyOf } from './datum.ts';
export { typeOfAll } from './list.ts';
export { asForm, printed } from './print.ts';
export { dateOf, daysOf, written } from './temporal.ts';

const TABLE = { ...TEXTS, ...LISTS, ...CONTEXTS, ...TEMPORALS, ...NUMBERS, ...RELATIONS } as const;
/** The functions beyond services, by the name that a `call` has. */
export type BuiltinName = keyof typeof TABLE;
const BUILTINS: ReadonlyMap<string, Builtin> = new Map(Object.entries(TABLE));

/** All of them. */
export const builtinNames = (): readonly string[] => [...BUILTINS.keys()];

/** How a call is typed: none of none and unknown of unknown, except what sees none itself. */
export function callType({ name, with: written = [], of }: Extract<Op<Known>, { op: 'call' }>, declared: Type | undefined): Known | TypeProblem {
  const builtin = builtinOf(name);
  const given = builtin.gives(of, written, declared);
  if ('kind' in given) return given;
  const passes = builtin.seesNone === 'all' ? false : (builtin.seesNone === 'rest' ? of.slice(0, 1) : of).some((one) => one.nonable);
  return { type: given.type, unknowable: of.some((one) => one.unknowable), nonable: passes || given.partial === true };
}

/** What a call gives, whoever computes it. */
export function applied(name: string, called: Called, of: readonly Found[]): Found {
  const builtin = builtinOf(name);
  if (builtin.seesNone !== 'all' && (builtin.seesNone === 'rest' ? of.slice(0, 1) : of).some((value) => value.kind === 'none')) return NONE;
  if (of.some((value) => value.kind === 'unknown')) return UNKNOWN;
  const value = builtin.apply(of.map((one) => (one.kind === 'known' ? one.value : undefined)), called);
  return value === undefined ? NONE : found(value);
}

function builtinOf(name: string): Builtin {
  const found = BUILTINS.get(name);
  if (!found) throw new RangeError(`there is no function ${name}`);
  return found;
}
