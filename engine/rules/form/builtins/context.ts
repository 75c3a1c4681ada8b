import { entryOf } from '../property.ts';
import { context, is, list } from '../value.ts';
import type { Context, FormValue } from '../value.ts';
import { anything, builtin, contextual, listed, orNull, text, way } from './signature.ts';
import type { Parameter } from './signature.ts';

/** Contexts of `{ key, value }`. */
function entries(items: readonly FormValue[]): FormValue {
  const found = new Map<string, FormValue>();
  for (const item of items) {
    if (!is(item, 'context')) return null;
    const key = item.entries.get('key');
    if (typeof key !== 'string' || found.has(key) || !item.entries.has('value')) return null;
    found.set(key, item.entries.get('value') ?? null);
  }
  return context(found);
}

/** The context with a value at the end of a path; null where the path has no steps or leads through what is no context. */
function put(of: Context, [first, ...rest]: readonly FormValue[], value: FormValue): FormValue {
  if (typeof first !== 'string') return null;
  const inner = of.entries.get(first) ?? null;
  if (rest.length > 0 && inner !== null && (typeof inner !== 'object' || inner.kind !== 'context')) return null;
  const below = rest.length === 0 ? value : inner === null ? null : put(inner as Context, rest, value);
  return rest.length > 0 && below === null ? null : context([...of.entries, [first, below]]);
}

const keys: Parameter<readonly FormValue[]> = { name: 'keys', read: (value) => (is(value, 'list') && value.items.length > 0 ? value.items : undefined) };

export const CONTEXTS = {
  'get value': builtin(way([orNull(contextual('m')), orNull(text('key'))], ([m, key]) => (m === null || key === null ? null : entryOf(m, key)))),
  'get entries': builtin(way([contextual('m')], ([m]) => list([...m.entries].map(([key, value]) => context([['key', key], ['value', value]]))))),
  context: builtin(way([listed('entries')], ([{ items }]) => entries(items))),
  'context put': builtin(
    way([contextual('context'), text('key'), anything('value')], ([of, key, value]) => put(of, [key], value)),
    way([contextual('context'), keys, anything('value')], ([of, path, value]) => put(of, path, value)),
  ),
  'context merge': builtin(way([listed('contexts')], ([{ items }]) => {
    const all = items.map((item) => (is(item, 'context') ? [...item.entries] : undefined));
    return all.some((each) => each === undefined) ? null : context(all.flatMap((each) => each ?? []));
  })),
} as const;
