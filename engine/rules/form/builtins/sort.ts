import { called } from '../function.ts';
import { ordered } from '../compare.ts';
import { list, spend } from '../value.ts';
import type { FormValue } from '../value.ts';
import { builtin, callable, listed, way } from './signature.ts';

/** Merges sorted runs; where neither of two precedes the other they keep their order. Null where an order has no answer. */
function merged(items: readonly FormValue[], precedes: (a: FormValue, b: FormValue) => FormValue): readonly FormValue[] | null {
  if (items.length < 2) return items;
  const middle = Math.floor(items.length / 2);
  const [left, right] = [merged(items.slice(0, middle), precedes), merged(items.slice(middle), precedes)];
  if (!left || !right) return null;
  const found: FormValue[] = [];
  let [a, b] = [0, 0];
  while (a < left.length && b < right.length) {
    const first = precedes(right[b] ?? null, left[a] ?? null);
    if (typeof first !== 'boolean') return null;
    found.push((first ? right[b++] : left[a++]) ?? null);
  }
  return [...found, ...left.slice(a), ...right.slice(b)];
}

export const SORTING = {
  sort: builtin(
    way([listed('list'), callable('precedes')], ([{ items }, precedes], run) => {
      const order = merged(items, (a, b) => (spend(run) ? called(precedes, [{ value: a }, { value: b }], run) : null));
      return order && list(order);
    }),
    way([listed('list')], ([{ items }]) => {
      const order = merged(items, (a, b) => {
        const found = ordered(a, b);
        return found === undefined ? null : found < 0;
      });
      return order && list(order);
    }),
  ),
} as const;
