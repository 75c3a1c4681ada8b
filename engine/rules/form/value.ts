import type { FormAst } from '../syntax/index.ts';
import type { Test } from '../op.ts';
import type { FormType } from './type.ts';

/**
 * A value of FEEL, as forms and imported models know it.
 *
 * `null` is FEEL's null: no value, or no answer. Numbers are exact decimals of up to 34 digits, dates are counted in
 * days, times and durations in nanoseconds, so that no float stands for any of them.
 */
export type FormValue = null | boolean | string | Decimal | Day | Clock | Moment | Months | Duration | SetValue | List | Context | FunctionValue;

/** `units` divided by 10 to the power `scale`; the scale may be negative. Made by `decimal` only: at most 34 digits, no zero at the end. */
export interface Decimal {
  readonly kind: 'number';
  readonly units: bigint;
  readonly scale: number;
}

/** Days since 1970-01-01 of the Gregorian calendar carried both ways. */
export interface Day {
  readonly kind: 'date';
  readonly day: number;
}

/** Nanoseconds since midnight where the clock hangs. */
export interface Clock {
  readonly kind: 'time';
  readonly nanos: bigint;
  readonly zone?: Zone | undefined;
}

export interface Moment {
  readonly kind: 'date and time';
  readonly day: number;
  readonly nanos: bigint;
  readonly zone?: Zone | undefined;
}

/** How far a clock is ahead of UTC, or the place whose clock it is (`Europe/Paris`). */
export type Zone = { readonly kind: 'offset'; readonly seconds: number } | { readonly kind: 'place'; readonly name: string };

/** A duration of years and months, in months. */
export interface Months {
  readonly kind: 'months';
  readonly months: bigint;
}

/** A duration of days and time, in nanoseconds. */
export interface Duration {
  readonly kind: 'duration';
  readonly nanos: bigint;
}

/** The values that pass a comparison: between two ends, on one side of an end, or all but one. */
export interface SetValue {
  readonly kind: 'range';
  /** Null: open on that side. */
  readonly low: FormValue;
  readonly lowIn: boolean;
  readonly high: FormValue;
  readonly highIn: boolean;
  /** The comparison that it was written as; one written as a range equals none of these. */
  readonly test?: Test | undefined;
  /** Where the set is all values but this one; the ends are then null. */
  readonly except?: FormValue | undefined;
}

export interface List {
  readonly kind: 'list';
  readonly items: readonly FormValue[];
}

export interface Context {
  readonly kind: 'context';
  readonly entries: ReadonlyMap<string, FormValue>;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly takes: readonly { readonly name: string; readonly type?: FormType | undefined; readonly optional?: boolean | undefined }[];
  readonly gives?: FormType | undefined;
  /** By place, or by name where the arguments have names. Undefined: they do not fit. */
  readonly apply: (args: Arguments, run: Run) => FormValue;
}

export type Arguments = readonly { readonly name?: string | undefined; readonly value: FormValue }[];

/** One evaluation: what is left of its budget, and what it may know of the world. */
export interface Run {
  /** Steps left. At 0 every further answer is null, and the evaluation says that it was stopped. */
  steps: number;
  /** How deep it may still go into itself. */
  depth: number;
  readonly world: World;
  readonly evaluate: (ast: FormAst, scope: Scope, run: Run) => FormValue;
}

export interface World {
  /** Types that a model names. */
  readonly types: ReadonlyMap<string, FormType>;
  /** The moment that `now()` and `today()` give; without it they give null. */
  readonly now?: Moment | undefined;
}

/** What names mean, from the inside out. */
export interface Scope {
  readonly get: (name: string) => FormValue | undefined;
}

export const list = (items: readonly FormValue[]): List => ({ kind: 'list', items });
export const context = (entries: Iterable<readonly [string, FormValue]>): Context => ({ kind: 'context', entries: new Map(entries) });
export const NOTHING: Scope = { get: () => undefined };

/** A scope with more names in front of another. */
export function within(outer: Scope, names: ReadonlyMap<string, FormValue>): Scope {
  return { get: (name) => (names.has(name) ? names.get(name) : outer.get(name)) };
}

/** The word for the kind of a value; values of different kinds are never equal. */
export function kindOf(value: FormValue): 'null' | 'boolean' | 'string' | Exclude<FormValue, null | boolean | string>['kind'] {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'string' ? 'string' : value.kind;
}

/** Whether a value is of a kind. */
export function is<K extends Extract<FormValue, object>['kind']>(value: FormValue, kind: K): value is Extract<FormValue, { readonly kind: K }> {
  return kindOf(value) === kind;
}

/** Uses up steps; false where none are left. */
export function spend(run: Run, steps = 1): boolean {
  run.steps = Math.max(0, run.steps - steps);
  return run.steps > 0;
}
