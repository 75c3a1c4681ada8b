import { and, ordered, or } from '../compare.ts';
import { add, compare, divide, whole } from '../decimal.ts';
import { deviationOf, meanOf } from '../transcendental.ts';
import { list } from '../value.ts';
import type { Decimal, FormValue, FunctionValue, List } from '../value.ts';
import { productOf, totalOf } from './number.ts';
import { builtin, numbersOf, several, way } from './signature.ts';

/** A fold of numbers; an item that is none makes it null. */
const ofNumbers = (apply: (numbers: readonly Decimal[]) => FormValue): FunctionValue => builtin(way([several('list')], ([of]) => {
  const numbers = numbersOf(of);
  return numbers ? apply(numbers) : null;
}));

/** The item that stands before (sign -1) or after all others; null where two have no order. */
const extreme = (sign: number): FunctionValue => builtin(way([several('list')], ([{ items }]) => {
  const [first = null, ...rest] = items;
  let found = first;
  for (const item of rest) {
    const order = ordered(item, found);
    if (order === undefined) return null;
    if (order * sign > 0) found = item;
  }
  return rest.length === 0 && ordered(first, first) === undefined ? null : found;
}));

const truths = ({ items }: List): readonly (boolean | null)[] => items.map((item) => (typeof item === 'boolean' ? item : null));
const sorted = (numbers: readonly Decimal[]): readonly Decimal[] => [...numbers].sort(compare);

function median(numbers: readonly Decimal[]): FormValue {
  const order = sorted(numbers);
  const middle = order.length / 2;
  const [low, high] = [order[Math.ceil(middle) - 1], order[Math.floor(middle)]];
  const sum = low && high && add(low, high);
  return sum ? divide(sum, whole(2)) : null;
}

/** The numbers that come most often, in order. */
function mode(numbers: readonly Decimal[]): FormValue {
  const runs: { readonly value: Decimal; count: number }[] = [];
  for (const value of sorted(numbers)) {
    const last = runs.at(-1);
    if (last && compare(last.value, value) === 0) last.count += 1;
    else runs.push({ value, count: 1 });
  }
  const most = Math.max(...runs.map((run) => run.count));
  return list(runs.filter((run) => run.count === most).map((run) => run.value));
}

export const STATISTICS = {
  min: extreme(-1),
  max: extreme(1),
  sum: ofNumbers(totalOf),
  mean: ofNumbers(meanOf),
  product: ofNumbers(productOf),
  median: ofNumbers(median),
  stddev: ofNumbers(deviationOf),
  mode: ofNumbers(mode),
  all: builtin(way([several('list')], ([of]) => and(truths(of)))),
  any: builtin(way([several('list')], ([of]) => or(truths(of)))),
  and: builtin(way([several('list')], ([of]) => and(truths(of)))),
  or: builtin(way([several('list')], ([of]) => or(truths(of)))),
} as const;
