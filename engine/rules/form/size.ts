import type { FormValue } from './value.ts';

const known = new WeakMap<object, number>();

/** How many values a value holds, itself and all inside it; what stands in two places counts twice. For a text its thousands of characters. */
export function sizeOf(value: FormValue): number {
  if (typeof value === 'string') return Math.ceil(value.length / 1_000);
  if (value === null || typeof value !== 'object' || (value.kind !== 'list' && value.kind !== 'context')) return 1;
  const found = known.get(value);
  if (found !== undefined) return found;
  let size = 1;
  for (const item of value.kind === 'list' ? value.items : value.entries.values()) size += sizeOf(item);
  known.set(value, size);
  return size;
}
