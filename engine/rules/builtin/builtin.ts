import type { TypeProblem } from '../relate.ts';
import type { Known, Type } from '../type.ts';
import type { Datum } from '../value.ts';

/** A call as its meaning sees it: what was written into it, and the types of its operands and of itself. */
export interface Called {
  readonly with: readonly string[];
  readonly of: readonly Type[];
  readonly type: Type;
}

/** What a call gives, or why it cannot stand; `partial`: it may be none though nothing is none. */
export type Given = { readonly type: Type; readonly partial?: boolean | undefined } | TypeProblem;

/**
 * A function that forms and questions may use and rules of services may not: what it takes, what it gives, and its
 * meaning. Total: `apply` has an answer for every value of the types that `gives` let pass, and it is one of the type
 * that `gives` said.
 */
export interface Builtin {
  readonly gives: (of: readonly Known[], written: readonly string[], declared: Type | undefined) => Given;
  /** Of known values; undefined is none. */
  readonly apply: (of: readonly (Datum | undefined)[], called: Called) => Datum | undefined;
  /** What is asked although an operand is none: all of it, or all but the first operand. The others give none of none. */
  readonly seesNone?: 'all' | 'rest' | undefined;
}

export type Builtins = Readonly<Record<string, Builtin>>;

export const TRUTH: Type = { kind: 'boolean' };
export const count = (max: number, min = 0): Type => ({ kind: 'number', scale: 0, min: BigInt(min), max: BigInt(max) });
export const clashOf = (expected: string, found: Type | undefined): TypeProblem => ({ kind: 'type-clash', expected, found: found?.kind ?? 'none' });

/** A type only where it is one of a kind. */
export function typeAs<K extends Type['kind']>(kind: K, known: Known | undefined): Extract<Type, { kind: K }> | undefined {
  const type = known?.type;
  const is = (one: Type): one is Extract<Type, { kind: K }> => one.kind === kind;
  return type && is(type) ? type : undefined;
}

/** The operands have these kinds, in their order; else the first that has not. */
export function kindsClash(of: readonly Known[], kinds: readonly (readonly Type['kind'][])[]): TypeProblem | undefined {
  for (const [at, allowed] of kinds.entries()) {
    const type = of[at]?.type;
    if (!type || !allowed.includes(type.kind)) return clashOf(allowed[0] ?? '', type);
  }
  return of.length > kinds.length ? clashOf('none', of[kinds.length]?.type) : undefined;
}

/* A value as the kind that the checked type says; anything else means that the checker let a wrong type pass. */

export function textIn(datum: Datum | undefined): string {
  if (typeof datum !== 'string') throw new TypeError('a text was expected');
  return datum;
}

export function unitsIn(datum: Datum | undefined): bigint {
  if (typeof datum !== 'bigint') throw new TypeError('a number was expected');
  return datum;
}

export function itemsIn(datum: Datum | undefined): readonly (Datum | undefined)[] {
  if (typeof datum !== 'object' || datum.kind !== 'list') throw new TypeError('a list was expected');
  return datum.items;
}

export function entriesIn(datum: Datum | undefined): ReadonlyMap<string, Datum | undefined> {
  if (typeof datum !== 'object' || datum.kind !== 'context') throw new TypeError('a context was expected');
  return datum.entries;
}

/** A number that is a whole one; undefined where it has a fraction. */
export function wholeNumber(datum: Datum | undefined, type: Type | undefined): number | undefined {
  const unit = 10n ** BigInt(type?.kind === 'number' ? type.scale : 0);
  return unitsIn(datum) % unit === 0n ? Number(unitsIn(datum) / unit) : undefined;
}

/** The whole part of a number with the scale of its type: places in texts and lists are counted so. */
export function wholePart(datum: Datum | undefined, type: Type | undefined): number {
  const scale = type?.kind === 'number' ? type.scale : 0;
  return Number(unitsIn(datum) / 10n ** BigInt(scale));
}
