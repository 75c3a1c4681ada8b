import { equal } from '../compare.ts';
import { whole } from '../decimal.ts';
import { itemsOf } from '../many.ts';
import { is, list, spend } from '../value.ts';
import type { FormValue, List, Run } from '../value.ts';
import { anything, builtin, callable, listed, place, optional, several, way } from './signature.ts';
import type { Parameter } from './signature.ts';
import { called } from '../function.ts';

const same = (a: FormValue, b: FormValue): boolean => equal(a, b) === true;

/** The place from 0 that counts from 1, or from -1 backwards; undefined where the list has none. */
function indexOf(items: readonly FormValue[], position: number): number | undefined {
  const at = position > 0 ? position - 1 : items.length + position;
  return position !== 0 && at >= 0 && at < items.length ? at : undefined;
}

function distinct(items: readonly FormValue[], run: Run): FormValue {
  const kept: FormValue[] = [];
  for (const item of items) {
    if (!spend(run, kept.length + 1)) return null;
    if (!kept.some((before) => same(before, item))) kept.push(item);
  }
  return list(kept);
}

function flattened(items: readonly FormValue[], run: Run): readonly FormValue[] {
  if (!spend(run, items.length + 1)) return [];
  return items.flatMap((item) => (is(item, 'list') ? flattened(item.items, run) : [item]));
}

/** A list that came about; null where it would be larger than the budget. */
const grown = (items: readonly FormValue[], run: Run): FormValue => (spend(run, items.length) ? list(items) : null);

/** Lists, each of them an argument. */
const lists: Parameter<readonly List[]> = { name: 'list', rest: true, read: (value) => (is(value, 'list') ? value.items.map((item) => list(itemsOf(item))) : undefined) };
const more: Parameter<List> = { ...several('item'), rest: true };
/** Several lists are arguments of their own even where there is one. */
const joined = (args: readonly List[]): readonly FormValue[] => args.flatMap((each) => each.items);

function replaced(items: readonly FormValue[], position: number, item: FormValue): FormValue {
  const at = indexOf(items, position);
  return at === undefined ? null : list(items.with(at, item));
}

export const LISTS = {
  'list contains': builtin(way([listed('list'), anything('element')], ([{ items }, element]) => items.some((item) => same(item, element)))),
  count: builtin(way([several('list')], ([{ items }]) => whole(items.length))),
  sublist: builtin(way([listed('list'), place('start position'), optional(place('length'))], ([{ items }, start, length]) => {
    const from = indexOf(items, start);
    if (from === undefined || (length !== undefined && (length < 1 || from + length > items.length))) return null;
    return list(items.slice(from, length === undefined ? undefined : from + length));
  })),
  append: builtin(way([listed('list'), more], ([{ items }, added], run) => grown([...items, ...added.items], run))),
  concatenate: builtin(way([lists], ([args], run) => grown(joined(args), run))),
  union: builtin(way([lists], ([args], run) => distinct(joined(args), run))),
  'insert before': builtin(way([listed('list'), place('position'), anything('newItem')], ([{ items }, position, item]) => {
    const at = indexOf(items, position);
    return at === undefined ? null : list(items.toSpliced(at, 0, item));
  })),
  remove: builtin(way([listed('list'), place('position')], ([{ items }, position]) => {
    const at = indexOf(items, position);
    return at === undefined ? null : list(items.toSpliced(at, 1));
  })),
  'list replace': builtin(
    way([listed('list'), place('position'), anything('newItem')], ([{ items }, position, item]) => replaced(items, position, item)),
    way([listed('list'), callable('match'), anything('newItem')], ([{ items }, match, item], run) => {
      const found = items.map((each) => called(match, [{ value: each }, { value: item }], run));
      return found.every((each) => typeof each === 'boolean') ? list(items.map((each, at) => (found[at] === true ? item : each))) : null;
    }),
  ),
  reverse: builtin(way([listed('list')], ([{ items }]) => list(items.toReversed()))),
  'index of': builtin(way([listed('list'), anything('match')], ([{ items }, match]) => list(items.flatMap((item, at) => (same(item, match) ? [whole(at + 1)] : []))))),
  'distinct values': builtin(way([listed('list')], ([{ items }], run) => distinct(items, run))),
  flatten: builtin(way([listed('list')], ([{ items }], run) => list(flattened(items, run)))),
} as const;
