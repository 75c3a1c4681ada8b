import { mismatch, union } from '../relate.ts';
import type { Entry, Known, Type } from '../type.ts';
import type { Datum } from '../value.ts';
import { clashOf, entriesIn, typeAs } from './builtin.ts';
import type { Builtins, Given } from './builtin.ts';
import { listOf, sizeOf } from './list.ts';
import { LARGEST_LIST } from '../type.ts';

/* Functions of contexts, whose entries are all known by name before anything is computed. */

function context(entries: readonly Entry[]): Given {
  const type: Type = { kind: 'context', entries };
  const size = sizeOf(type);
  return size > LARGEST_LIST ? { kind: 'may-grow', bound: BigInt(size), most: BigInt(LARGEST_LIST) } : { type };
}

/** The entries with some more; one of the same name is replaced where it stands. */
export function merged<T extends { readonly key: string }>(entries: readonly T[], more: readonly T[]): readonly T[] {
  const kept = entries.map((entry) => more.find((one) => one.key === entry.key) ?? entry);
  return [...kept, ...more.filter((one) => !entries.some((entry) => entry.key === one.key))];
}

function entriesList(type: Extract<Type, { kind: 'context' }>): Given {
  const [first, ...rest] = type.entries;
  if (!first) return { type: { kind: 'list', of: undefined, nones: false, least: 0, most: 0 } };
  const longest = Math.max(...type.entries.map((entry) => Array.from(entry.key).length));
  let value = first.type;
  for (const next of rest) {
    const problem = mismatch(value, next.type);
    if (problem) return problem;
    value = union(value, next.type);
  }
  const entry: Type = { kind: 'context', entries: [{ key: 'key', type: { kind: 'text', most: longest }, nonable: false }, { key: 'value', type: value, nonable: type.entries.some((one) => one.nonable) }] };
  return { type: { kind: 'list', of: entry, nones: false, least: type.entries.length, most: type.entries.length } };
}

const entered = (key: string, value: Datum | undefined): Datum => ({ kind: 'context', entries: new Map<string, Datum | undefined>([['key', key], ['value', value]]) });
const asEntry = (key: string, { type, nonable }: Known): Entry => ({ key, type, nonable });

export const CONTEXTS = {
  /** `{a: 1, b: 2}`: the names are written, the values are the operands. */
  context: {
    gives: (of, keys) => context(of.map((one, at) => asEntry(keys[at] ?? '', one))),
    apply: (of, { with: keys }) => ({ kind: 'context', entries: new Map(of.map((value, at) => [keys[at] ?? '', value])) }),
    seesNone: 'all',
  },
  /** `context.a`. */
  entry: {
    gives: ([of], [key = '']) => {
      const found = typeAs('context', of)?.entries.find((entry) => entry.key === key);
      return found ? { type: found.type, partial: found.nonable } : clashOf(`{${key}}`, of?.type);
    },
    apply: ([of], { with: [key = ''] }) => entriesIn(of).get(key),
  },
  'get entries': {
    gives: ([of]) => {
      const type = typeAs('context', of);
      return type ? entriesList(type) : clashOf('context', of?.type);
    },
    apply: ([of]) => listOf([...entriesIn(of)].map(([key, value]) => entered(key, value))),
  },
  /** Contexts one over the other; of entries of one name the last holds. */
  'context merge': {
    gives: (of) => {
      const types = of.map((one) => typeAs('context', one));
      const wrong = of.find((one) => one.type.kind !== 'context');
      return wrong ? clashOf('context', wrong.type) : context(types.reduce<readonly Entry[]>((all, type) => merged(all, type?.entries ?? []), []));
    },
    apply: (of) => ({ kind: 'context', entries: new Map(of.flatMap((one) => [...entriesIn(one)])) }),
  },
} as const satisfies Builtins;
