import { clash, mismatch, together, union } from '../relate.ts';
import { LARGEST_EXACT, LARGEST_LIST } from '../type.ts';
import type { Known, Type } from '../type.ts';
import type { Datum, ListDatum } from '../value.ts';
import { clashOf, count, itemsIn, TRUTH, typeAs, wholeNumber, wholePart } from './builtin.ts';
import type { Builtin, Builtins, Given } from './builtin.ts';
import { sameDatum } from './datum.ts';

/* Functions of lists. Places count from 1, or from -1 at the end; a place that a list does not have has no answer. */

type ListType = Extract<Type, { kind: 'list' }>;
type Items = readonly (Datum | undefined)[];

export const listOf = (items: Items): ListDatum => ({ kind: 'list', items });

/** How many things are in a value, itself and all inside it. */
export function sizeOf(type: Type): number {
  if (type.kind === 'list') return 1 + type.most * (type.of ? sizeOf(type.of) : 1);
  return type.kind === 'context' ? type.entries.reduce((sum, entry) => sum + sizeOf(entry.type), 1) : 1;
}

function list(type: ListType, partial = false): Given {
  const size = sizeOf(type);
  return size > LARGEST_LIST + 1 ? { kind: 'may-grow', bound: BigInt(size), most: BigInt(LARGEST_LIST) } : { type, partial };
}

/** The place from 0, undefined where the list has none. */
function placeOf(items: Items, position: number): number | undefined {
  const at = position < 0 ? items.length + position : position - 1;
  return position !== 0 && at >= 0 && at < items.length ? at : undefined;
}

/** A function of one list and perhaps of more operands. */
function over(gives: (list: ListType, rest: readonly Known[]) => Given, apply: (items: Items, rest: Items, types: readonly Type[]) => Datum | undefined, sees?: 'rest'): Builtin {
  const builtin: Builtin = {
    gives: (of) => {
      const first = typeAs('list', of[0]);
      return first ? gives(first, of.slice(1)) : clashOf('list', of[0]?.type);
    },
    apply: ([first, ...rest], { of: [, ...types] }) => (first === undefined ? undefined : apply(itemsIn(first), rest, types)),
  };
  return sees ? { ...builtin, seesNone: sees } : builtin;
}

/** The list as it is, in another order or with some left out. */
const rearranged = (change: (items: Items) => Items, keeps: boolean): Builtin => over((type) => list(keeps ? type : { ...type, least: Math.min(1, type.least) }), (items) => listOf(change(items)));

function distinct(items: Items): Items {
  return items.reduce<Items>((kept, item) => (kept.some((one) => sameDatum(one, item)) ? kept : [...kept, item]), []);
}

/** A fold over the things of a list; where one is none, or there are none, it has no answer. */
function folded(gives: (type: ListType, of: Type) => Given, apply: (items: readonly Datum[]) => Datum): Builtin {
  return over(
    (type) => {
      if (!type.of) return { type: count(0), partial: true };
      const given = gives(type, type.of);
      return 'kind' in given ? given : { ...given, partial: type.nones || type.least === 0 };
    },
    (items) => {
      const there = items.filter((item) => item !== undefined);
      return there.length < items.length || there.length === 0 ? undefined : apply(there);
    },
  );
}

const ORDERED: ReadonlySet<Type['kind']> = new Set(['number', 'date', 'text', 'months', 'duration']);
const extreme = (better: (item: Datum, best: Datum) => boolean): Builtin => folded((_, of) => (ORDERED.has(of.kind) ? { type: of } : clash('number', of)), (items) => items.reduce((best, item) => (better(item, best) ? item : best)));

const sum = (items: readonly Datum[]): bigint => items.reduce((total: bigint, item) => (typeof item === 'bigint' ? total + item : total), 0n);
const product = (items: readonly Datum[]): bigint => items.reduce((total: bigint, item) => (typeof item === 'bigint' ? total * item : total), 1n);
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const sizes = (type: Extract<Type, { kind: 'number' }>): bigint => larger(type.max < 0n ? -type.max : type.max, type.min < 0n ? -type.min : type.min);

function bounded(type: Extract<Type, { kind: 'number' }>, bound: bigint): Given {
  return bound > LARGEST_EXACT ? { kind: 'may-overflow', bound } : { type: { ...type, min: type.min < 0n ? -bound : 0n, max: bound } };
}

function productType({ least, most }: ListType, of: Type): Given {
  if (of.kind !== 'number') return clash('number', of);
  if (of.scale > 0 && least !== most) return { kind: 'scale-clash' };
  // Each factor alone may be the largest, or all of them.
  const factor = larger(1n, sizes(of));
  return most > 60 && factor > 1n ? { kind: 'may-overflow', bound: factor ** 60n } : bounded({ ...of, scale: of.scale * most, unit: undefined }, factor ** BigInt(most));
}

/** The middle of an odd count; between the two middles of an even one, which is exact with one more decimal. */
function median(items: readonly Datum[]): bigint {
  const sorted = items.filter((item) => typeof item === 'bigint').sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0n) + (sorted[Math.floor(middle)] ?? 0n)) * 5n;
}

/** `any` is settled by true, `all` by false; else one that is none leaves no answer. */
function kleene(settles: boolean): Builtin {
  return over((type) => (type.of && type.of.kind !== 'boolean' ? clash('boolean', type.of) : { type: TRUTH, partial: type.nones }), (items) => (items.includes(settles) ? settles : items.includes(undefined) ? undefined : !settles));
}

function joined(of: readonly Known[]): Given {
  const lists = of.map((one) => typeAs('list', one));
  const [first, ...rest] = lists.filter((one) => one !== undefined);
  if (!first || lists.includes(undefined)) return clashOf('list', of.find((one) => one.type.kind !== 'list')?.type);
  let whole: ListType = first;
  for (const next of rest) {
    const problem = mismatch(whole, next);
    if (problem) return problem;
    const both = union(whole, next);
    if (both.kind !== 'list') return clashOf('list', both);
    whole = { ...both, least: whole.least + next.least, most: whole.most + next.most };
  }
  return list(whole);
}

/** A list with a thing put in; the thing and those of the list are of one type. */
function withItem(gives: (type: ListType) => Given, change: (items: Items, at: number, item: Datum | undefined) => Items): Builtin {
  return over(
    (type, [position, item]) => {
      if (position?.type.kind !== 'number') return clashOf('number', position?.type);
      if (!item || (type.of && mismatch(type.of, item.type))) return clashOf(type.of?.kind ?? '', item?.type);
      return gives({ ...type, of: type.of ? union(type.of, item.type) : item.type, nones: type.nones || item.nonable });
    },
    (items, [position, item], types) => {
      const at = position === undefined ? undefined : placeOf(items, wholePart(position, types[0]));
      return at === undefined ? undefined : listOf(change(items, at, item));
    },
    'rest',
  );
}

const matching = (type: ListType, [item]: readonly Known[]): Given | undefined => (item && (!type.of || !mismatch(type.of, item.type)) ? undefined : clashOf(type.of?.kind ?? '', item?.type));

function flattened(items: Items): Items {
  return items.flatMap((item) => (typeof item === 'object' && item.kind === 'list' ? flattened(item.items) : [item]));
}

function flatType(type: ListType): ListType {
  if (type.of?.kind !== 'list') return type;
  const inner = flatType(type.of);
  return { ...inner, nones: type.nones || inner.nones, least: type.nones ? type.least * Math.min(1, inner.least) : type.least * inner.least, most: type.most * Math.max(1, inner.most) };
}

/** The type of things that stand in one list; undefined where they cannot. */
export function typeOfAll(of: readonly Type[]): Type | undefined {
  return of.reduce<Type | undefined>((all, next) => all && together(all, next), of[0]);
}

function literal(of: readonly Known[]): Given {
  const [first, ...rest] = of;
  let inner = first?.type;
  for (const next of rest) {
    const problem = inner && mismatch(inner, next.type);
    if (problem) return problem;
    inner = inner && union(inner, next.type);
  }
  return list({ kind: 'list', of: inner, nones: of.some((one) => one.nonable), least: of.length, most: of.length });
}

export const LISTS = {
  /** `[a, b, c]`. */
  list: { gives: literal, apply: (of) => listOf(of), seesNone: 'all' },
  count: over((type) => ({ type: count(type.most, type.least) }), (items) => BigInt(items.length)),
  sum: folded((type, of) => (of.kind === 'number' ? bounded(of, sizes(of) * BigInt(type.most)) : clash('number', of)), sum),
  min: extreme((item, best) => item < best),
  max: extreme((item, best) => item > best),
  product: folded(productType, product),
  median: folded((_, of) => (of.kind === 'number' ? bounded({ ...of, scale: of.scale + 1 }, sizes(of) * 10n) : clash('number', of)), median),
  any: kleene(true),
  all: kleene(false),
  'list contains': over((type, rest) => matching(type, rest) ?? { type: TRUTH }, (items, [item]) => items.some((one) => sameDatum(one, item)), 'rest'),
  concatenate: { gives: joined, apply: (of) => listOf(of.flatMap(itemsIn)) },
  'distinct values': rearranged(distinct, false),
  reverse: rearranged((items) => items.toReversed(), true),
  flatten: over((type) => list(flatType(type)), (items) => listOf(flattened(items))),
  'index of': over((type, rest) => matching(type, rest) ?? { type: { kind: 'list', of: count(type.most, 1), nones: false, least: 0, most: type.most } }, (items, [match]) => listOf(items.flatMap((item, at) => (sameDatum(item, match) ? [BigInt(at + 1)] : []))), 'rest'),
  sublist: over(
    (type, rest) => (rest.every((one) => one.type.kind === 'number') ? list({ ...type, least: 0 }, true) : clashOf('number', rest.find((one) => one.type.kind !== 'number')?.type)),
    (items, [start, length], types) => {
      const from = placeOf(items, wholePart(start, types[0]));
      const size = length === undefined ? undefined : wholePart(length, types[1]);
      if (from === undefined || (size !== undefined && (size < 1 || from + size > items.length))) return undefined;
      return listOf(items.slice(from, size === undefined ? items.length : from + size));
    },
  ),
  'insert before': withItem((type) => list({ ...type, least: type.least + 1, most: type.most + 1 }, true), (items, at, item) => items.toSpliced(at, 0, item)),
  'list replace': withItem((type) => list(type, true), (items, at, item) => items.with(at, item)),
  remove: over((type, [position]) => (position?.type.kind === 'number' ? list({ ...type, least: Math.max(0, type.least - 1) }, true) : clashOf('number', position?.type)), (items, [position], types) => {
    const at = placeOf(items, wholePart(position, types[0]));
    return at === undefined ? undefined : listOf(items.toSpliced(at, 1));
  }),
  /** `list[2]`; a place between two has no answer. */
  item: over((type, [position]) => (position?.type.kind === 'number' ? { type: type.of ?? TRUTH, partial: true } : clashOf('number', position?.type)), (items, [position], types) => {
    const place = wholeNumber(position, types[0]);
    const at = place === undefined ? undefined : placeOf(items, place);
    return at === undefined ? undefined : items[at];
  }),
  /** The things of a list for which the truth value in the same place of another is true: `list[item > 2]`. */
  kept: over((type, [flags]) => (flags?.type.kind === 'list' ? list({ ...type, least: 0 }) : clashOf('list', flags?.type)), (items, [flags]) => listOf(items.filter((_, at) => itemsIn(flags)[at] === true))),
  /** So many from the start of a list, all where it has fewer: what `for` makes of a list whose length is not fixed. */
  first: over((type, [length]) => (length?.type.kind === 'number' ? list({ ...type, least: 0 }) : clashOf('number', length?.type)), (items, [length]) => listOf(items.slice(0, wholePart(length, undefined)))),
} as const satisfies Builtins;
