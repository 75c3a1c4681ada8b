import type { TypeName } from '../syntax/index.ts';
import { is, kindOf, list } from './value.ts';
import type { FormValue } from './value.ts';

/** A type of FEEL, or of a model. */
export type FormType =
  | { readonly kind: 'any' }
  | { readonly kind: 'plain'; readonly of: ReturnType<typeof kindOf> }
  | { readonly kind: 'list' | 'range'; readonly of: FormType }
  | { readonly kind: 'context'; readonly entries: ReadonlyMap<string, FormType> }
  | { readonly kind: 'function'; readonly takes: readonly FormType[]; readonly gives: FormType }
  /** Only those values that pass. */
  | { readonly kind: 'allowed'; readonly of: FormType; readonly passes: (value: FormValue) => boolean };

export const ANY: FormType = { kind: 'any' };
const plain = (of: ReturnType<typeof kindOf>): FormType => ({ kind: 'plain', of });

const BY_NAME: ReadonlyMap<string, FormType> = new Map<string, FormType>([
  ['Any', ANY], ['Null', plain('null')], ['number', plain('number')], ['string', plain('string')], ['boolean', plain('boolean')],
  ['date', plain('date')], ['time', plain('time')], ['date and time', plain('date and time')], ['dateTime', plain('date and time')],
  ['days and time duration', plain('duration')], ['dayTimeDuration', plain('duration')], ['years and months duration', plain('months')], ['yearMonthDuration', plain('months')],
  ['context', { kind: 'context', entries: new Map() }], ['list', { kind: 'list', of: ANY }], ['range', { kind: 'range', of: ANY }], ['function', { kind: 'function', takes: [], gives: ANY }],
]);

/** The type of a name: of FEEL, or of the model; undefined where there is none. */
export function typeOf(name: TypeName, types: ReadonlyMap<string, FormType>): FormType | undefined {
  switch (name.kind) {
    case 'named': return types.get(name.name) ?? BY_NAME.get(name.name.replace(/^feel:/, ''));
    case 'list': case 'range': {
      const of = typeOf(name.of, types);
      return of && { kind: name.kind, of };
    }
    case 'context': {
      const entries = name.entries.map(({ key, type }) => [key, typeOf(type, types)] as const);
      return { kind: 'context', entries: new Map(entries.flatMap(([key, type]) => (type ? [[key, type] as const] : []))) };
    }
    case 'function': {
      const takes = name.takes.map((type) => typeOf(type, types));
      return { kind: 'function', takes: takes.map((type) => type ?? ANY), gives: typeOf(name.gives, types) ?? ANY };
    }
    default: return name satisfies never;
  }
}

/** Whether a value is of a type: `instance of`. Null is of `Null` only. What values a type allows is only asked where it is `strict`. */
export function isOf(value: FormValue, type: FormType, strict = false): boolean {
  switch (type.kind) {
    case 'any': return value !== null;
    case 'plain': return kindOf(value) === type.of;
    case 'allowed': return isOf(value, type.of, strict) && (!strict || type.passes(value));
    default: return value !== null && typeof value === 'object' && isMade(value, type, strict);
  }
}

/** Inside a list or context null stands for a value of any type. */
const isInside = (value: FormValue, type: FormType, strict: boolean): boolean => value === null || isOf(value, type, strict);

function isMade(value: Extract<FormValue, object>, type: Extract<FormType, { kind: 'list' | 'range' | 'context' | 'function' }>, strict: boolean): boolean {
  switch (type.kind) {
    case 'list': return value.kind === 'list' && value.items.every((item) => isInside(item, type.of, strict));
    case 'range': return value.kind === 'range' && isInside(value.low, type.of, strict) && isInside(value.high, type.of, strict);
    case 'context': return value.kind === 'context' && [...type.entries].every(([key, of]) => value.entries.has(key) && isInside(value.entries.get(key) ?? null, of, strict));
    case 'function': return value.kind === 'function' && (type.takes.length === 0 || (type.takes.length === value.takes.length && type.takes.every((takes, at) => conforms(takes, value.takes[at]?.type ?? ANY)) && conforms(value.gives ?? ANY, type.gives)));
    default: return type satisfies never;
  }
}

/** Whether every value of one type is of another. */
export function conforms(type: FormType, to: FormType): boolean {
  if (to.kind === 'any') return true;
  if (type.kind === 'allowed') return conforms(type.of, to);
  if (type.kind === 'plain') return type.of === 'null' || (to.kind === 'plain' && to.of === type.of);
  return type.kind === to.kind && conformsInside(type, to);
}

function conformsInside(type: FormType, to: FormType): boolean {
  const pairs = (from: readonly FormType[], toEach: readonly FormType[]): boolean => toEach.every((of, at) => conforms(from[at] ?? ANY, of));
  if (type.kind === 'context' && to.kind === 'context') return [...to.entries].every(([key, of]) => conforms(type.entries.get(key) ?? ANY, of));
  // A function that takes more can stand for one that takes less.
  if (type.kind === 'function' && to.kind === 'function') return type.takes.length === to.takes.length && pairs(to.takes, type.takes) && conforms(type.gives, to.gives);
  return 'of' in type && typeof type.of === 'object' && 'of' in to && typeof to.of === 'object' && conforms(type.of, to.of);
}

/**
 * A value where one of a type is wanted: itself, the one item of a list, a list of it, the midnight of a date; null
 * where it is none of these.
 */
export function coerced(value: FormValue, type: FormType): FormValue {
  if (value === null || type.kind === 'any' || isOf(value, type, true)) return value;
  const base = type.kind === 'allowed' ? type.of : type;
  return candidates(value, base).find((candidate) => candidate !== null && isOf(candidate, type, true)) ?? null;
}

function candidates(value: FormValue, base: FormType): readonly FormValue[] {
  if (is(value, 'list')) return base.kind !== 'list' && value.items.length === 1 ? value.items : [];
  if (base.kind === 'list') return [list([value])];
  return is(value, 'date') ? [{ kind: 'date and time', day: value.day, nanos: 0n, zone: { kind: 'offset', seconds: 0 } }] : [];
}
