import { LONGEST_TEXT } from './type.ts';
import type { Entry, Type } from './type.ts';

/** Why an operator cannot stand over its operands. */
export type TypeProblem =
  | { readonly kind: 'type-clash'; readonly expected: string; readonly found: string }
  | { readonly kind: 'scale-clash' }
  | { readonly kind: 'unit-clash'; readonly left: string; readonly right: string }
  /** An intermediate could leave the exact range; `bound` is how far it may get. */
  | { readonly kind: 'may-overflow'; readonly bound: bigint }
  /** A text, list or duration could become longer than any may be. */
  | { readonly kind: 'may-grow'; readonly bound: bigint; readonly most: bigint };

export const clash = (expected: string, found: Type): TypeProblem => ({ kind: 'type-clash', expected, found: found.kind });
export const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
export const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);

type Numeric = Extract<Type, { kind: 'number' }>;

/** Whether two types can be compared or be two branches: one kind, one scale, one code list, one unit where both have one; inside lists and contexts too. */
export function mismatch(a: Type, b: Type): TypeProblem | undefined {
  if (a.kind !== b.kind) return clash(a.kind, b);
  if (a.kind === 'number' && b.kind === 'number') return numbersClash(a, b);
  if (a.kind === 'code' && b.kind === 'code' && a.list !== b.list) return { kind: 'type-clash', expected: a.list, found: b.list };
  if (a.kind === 'list' && b.kind === 'list') return a.of && b.of && mismatch(a.of, b.of);
  return a.kind === 'context' && b.kind === 'context' ? contextsClash(a.entries, b.entries) : undefined;
}

function numbersClash(a: Numeric, b: Numeric): TypeProblem | undefined {
  if (a.scale !== b.scale) return { kind: 'scale-clash' };
  return a.unit !== undefined && b.unit !== undefined && a.unit !== b.unit ? { kind: 'unit-clash', left: a.unit, right: b.unit } : undefined;
}

function contextsClash(a: readonly Entry[], b: readonly Entry[]): TypeProblem | undefined {
  if (!sameKeys(a, b)) return { kind: 'type-clash', expected: keysOf(a), found: keysOf(b) };
  for (const { key, type } of a) {
    const other = b.find((entry) => entry.key === key);
    const problem = other && mismatch(type, other.type);
    if (problem) return problem;
  }
  return undefined;
}

const keysOf = (entries: readonly Entry[]): string => `{${entries.map((entry) => entry.key).join(', ')}}`;

export function sameKeys(a: readonly Entry[], b: readonly Entry[]): boolean {
  return a.length === b.length && a.every(({ key }) => b.some((entry) => entry.key === key));
}

/** The smallest type that holds the values of both; the two match. */
export function union(a: Type, b: Type): Type {
  if (a.kind === 'number' && b.kind === 'number') return { ...a, min: smaller(a.min, b.min), max: larger(a.max, b.max), unit: a.unit ?? b.unit };
  if (a.kind === 'date' && b.kind === 'date') return { kind: 'date', min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
  if (a.kind === 'text' && b.kind === 'text') return a.most === b.most ? a : { kind: 'text', most: Math.max(charactersIn(a), charactersIn(b)) };
  return wideUnion(a, b);
}

function wideUnion(a: Type, b: Type): Type {
  if ((a.kind === 'months' && b.kind === 'months') || (a.kind === 'duration' && b.kind === 'duration')) return { ...a, most: larger(a.most, b.most) };
  if (a.kind === 'list' && b.kind === 'list') return { kind: 'list', of: a.of && b.of ? union(a.of, b.of) : (a.of ?? b.of), nones: a.nones || b.nones, least: Math.min(a.least, b.least), most: Math.max(a.most, b.most) };
  if (a.kind === 'context' && b.kind === 'context') return { kind: 'context', entries: a.entries.map((entry) => unionOf(entry, b.entries.find((one) => one.key === entry.key))) };
  return a;
}

/** How many characters a text has at the most. */
export function charactersIn({ most }: Extract<Type, { kind: 'text' }>): number {
  return most ?? LONGEST_TEXT;
}

function unionOf(entry: Entry, other: Entry | undefined): Entry {
  return other ? { key: entry.key, type: union(entry.type, other.type), nonable: entry.nonable || other.nonable } : entry;
}

/**
 * The type at which values of both can stand together, in a list or as two sides: numbers at the larger scale, the same
 * inside lists and contexts. Undefined where they cannot.
 */
export function together(a: Type, b: Type): Type | undefined {
  if (a.kind === 'number' && b.kind === 'number') {
    const scale = Math.max(a.scale, b.scale);
    const [left, right] = [raisedTo(a, scale), raisedTo(b, scale)];
    return mismatch(left, right) ? undefined : union(left, right);
  }
  if (a.kind === 'list' && b.kind === 'list') {
    const of = a.of && b.of ? together(a.of, b.of) : (a.of ?? b.of);
    return a.of && b.of && !of ? undefined : { ...a, of, nones: a.nones || b.nones, least: Math.min(a.least, b.least), most: Math.max(a.most, b.most) };
  }
  if (a.kind === 'context' && b.kind === 'context') return contextsTogether(a.entries, b.entries);
  return mismatch(a, b) ? undefined : union(a, b);
}

function contextsTogether(a: readonly Entry[], b: readonly Entry[]): Type | undefined {
  if (!sameKeys(a, b)) return undefined;
  const entries: Entry[] = [];
  for (const { key, type, nonable } of a) {
    const other = b.find((entry) => entry.key === key);
    const both = other && together(type, other.type);
    if (!other || !both) return undefined;
    entries.push({ key, type: both, nonable: nonable || other.nonable });
  }
  return { kind: 'context', entries };
}

/** The same numbers in units of a larger scale. */
export function raisedTo(type: Numeric, scale: number): Numeric {
  const factor = 10n ** BigInt(scale - type.scale);
  return { ...type, scale, min: type.min * factor, max: type.max * factor };
}
