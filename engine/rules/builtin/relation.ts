import { mismatch } from '../relate.ts';
import type { Entry, Type } from '../type.ts';
import type { Datum } from '../value.ts';
import { clashOf, TRUTH } from './builtin.ts';
import type { Builtins } from './builtin.ts';
import { keyOf, orderOf, sameDatum } from './datum.ts';

const ORDERED: ReadonlySet<Type['kind']> = new Set(['text', 'months', 'duration', 'time', 'moment']);

/* How two values of one type stand to each other, where a plain comparison does not tell. */
export const RELATIONS = {
  /** `with` is `=`, `!=`, `<`, `<=`, `>` or `>=`. Times with and without a zone have no order. */
  compare: {
    gives: ([left, right], [test = '']) => {
      if (!left || !right) return clashOf('text', undefined);
      const problem = mismatch(left.type, right.type);
      if (problem) return problem;
      const equality = test === '=' || test === '!=';
      return equality || ORDERED.has(left.type.kind) ? { type: TRUTH, partial: !equality && (left.type.kind === 'time' || left.type.kind === 'moment') } : clashOf('number', left.type);
    },
    apply: ([left, right], { with: [test] }) => {
      if (left === undefined || right === undefined) return undefined;
      if (test === '=' || test === '!=') return sameDatum(left, right) === (test === '=');
      const order = orderOf(left, right);
      return order === undefined ? undefined : holds(test ?? '', order);
    },
  },
  /** Whether two values of one type are written the same: two clocks in two zones are not, even where they strike together. */
  is: { gives: ([left, right]) => (left && right ? (mismatch(left.type, right.type) ?? { type: TRUTH }) : clashOf('text', undefined)), apply: ([left, right]) => keyOf(left) === keyOf(right) },
  /** None of the declared type. */
  nothing: { gives: (_, __, declared) => (declared ? { type: declared, partial: true } : clashOf('text', undefined)), apply: () => undefined },
  /** The same value at the scales of the declared type. */
  recast: { gives: ([of], _, declared) => (of && declared ? { type: declared } : clashOf('list', of?.type)), apply: ([value], { of, type }) => (of[0] ? recast(value, of[0], type) : undefined) },
} as const satisfies Builtins;

function holds(test: string, order: number): boolean {
  switch (test) {
    case '<': return order < 0;
    case '<=': return order <= 0;
    case '>': return order > 0;
    default: return order >= 0;
  }
}

function recast(value: Datum | undefined, from: Type, to: Type): Datum | undefined {
  if (typeof value === 'bigint') return from.kind === 'number' && to.kind === 'number' ? value * 10n ** BigInt(to.scale - from.scale) : value;
  if (typeof value !== 'object') return value;
  if (value.kind === 'list') return from.kind === 'list' && to.kind === 'list' ? { kind: 'list', items: value.items.map((item) => (from.of && to.of ? recast(item, from.of, to.of) : item)) } : value;
  if (value.kind !== 'context' || from.kind !== 'context' || to.kind !== 'context') return value;
  return { kind: 'context', entries: new Map([...value.entries].map(([key, entry]) => [key, entered(entry, entryOf(from.entries, key), entryOf(to.entries, key))])) };
}

const entryOf = (entries: readonly Entry[], key: string): Type | undefined => entries.find((one) => one.key === key)?.type;
const entered = (value: Datum | undefined, from: Type | undefined, to: Type | undefined): Datum | undefined => (from && to ? recast(value, from, to) : value);
