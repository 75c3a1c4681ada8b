import type { FormAst } from '../syntax/index.ts';
import { and, ordered, or } from './compare.ts';
import { add, integerOf, whole } from './decimal.ts';
import { is, list, spend, within } from './value.ts';
import type { FormValue, Run, Scope } from './value.ts';

/** A value as the list of it: null is the empty list, a list is itself. */
export function itemsOf(value: FormValue): readonly FormValue[] {
  if (value === null) return [];
  return is(value, 'list') ? value.items : [value];
}

const number = (value: FormValue): number | undefined => (is(value, 'number') ? integerOf(value) : undefined);
const isNumber = (value: FormValue): boolean => is(value, 'number');

/** `list[2]`, `list[-1]` and `list[item > 3]`. */
export function filtered(of: FormValue, where: FormAst, scope: Scope, run: Run): FormValue {
  return filteredBy(of, scope, run, (inner) => run.evaluate(where, inner, run));
}

/** The same, whatever the condition is written as. */
export function filteredBy(of: FormValue, scope: Scope, run: Run, where: (scope: Scope) => FormValue): FormValue {
  const items = itemsOf(of);
  const kept: FormValue[] = [];
  const outside = where(within(scope, new Map([['item', items[0] ?? null]])));
  if (isNumber(outside)) return at(items, number(outside));
  if (of === null) return null;
  for (const item of items) {
    if (!spend(run)) return null;
    const found = where(itemScope(scope, item));
    if (isNumber(found)) return at(items, number(found));
    if (found === true) kept.push(item);
    else if (found !== false && found !== null) return null;
  }
  return list(kept);
}

function at(items: readonly FormValue[], place: number | undefined): FormValue {
  if (place === undefined || place === 0) return null;
  return items[place > 0 ? place - 1 : items.length + place] ?? null;
}

/** In a filter the entries of the item are names, and so is `item` where it has none of that name. */
function itemScope(scope: Scope, item: FormValue): Scope {
  const inner = within(scope, new Map([['item', item]]));
  return is(item, 'context') ? within(inner, item.entries) : inner;
}

/** What `some` and `every` make of their conditions; one that is no truth value makes no answer. */
export function quantified(what: 'some' | 'every', found: readonly FormValue[]): FormValue {
  const truths = found.filter((value) => value === null || typeof value === 'boolean');
  if (truths.length < found.length) return null;
  return what === 'some' ? or(truths) : and(truths);
}

interface Variable {
  readonly name: string;
  readonly from: FormAst;
  readonly to?: FormAst | undefined;
}

/** `for`, `some` and `every`, over every combination of their variables; a later variable may depend on an earlier one. */
export function iterated(what: 'for' | 'some' | 'every', variables: readonly Variable[], gives: FormAst, scope: Scope, run: Run): FormValue {
  const found: FormValue[] = [];
  const partial = (inner: Scope): Scope => (what === 'for' ? { get: (name) => inner.get(name) ?? (name === 'partial' ? list([...found]) : undefined) } : inner);
  const fits = over(variables, scope, run, (inner) => found.push(run.evaluate(gives, partial(inner), run)));
  if (!fits) return null;
  if (what === 'for') return list(found);
  return quantified(what, found);
}

function over([first, ...rest]: readonly Variable[], scope: Scope, run: Run, visit: (scope: Scope) => void): boolean {
  if (!first) {
    visit(scope);
    return true;
  }
  const values = valuesOf(first, scope, run);
  if (!values) return false;
  for (const value of values) {
    if (!spend(run)) return false;
    if (!over(rest, within(scope, new Map([[first.name, value]])), run, visit)) return false;
  }
  return true;
}

function valuesOf({ from, to }: Variable, scope: Scope, run: Run): Iterable<FormValue> | undefined {
  const first = run.evaluate(from, scope, run);
  if (to) return stepsBetween(first, run.evaluate(to, scope, run));
  if (is(first, 'range')) return insideOf(first);
  return first === null ? undefined : itemsOf(first);
}

/** Every whole step between the ends of a range that has both. */
function insideOf({ low, lowIn, high, highIn }: Extract<FormValue, { kind: 'range' }>): Iterable<FormValue> | undefined {
  const steps = stepsBetween(low, high);
  if (!steps) return undefined;
  return (function* inside() {
    for (const value of steps) if ((lowIn || ordered(value, low) !== 0) && (highIn || ordered(value, high) !== 0)) yield value;
  })();
}

/** From one whole number or date to another, up or down; each step is only made when it is asked for. */
function stepsBetween(from: FormValue, to: FormValue): Iterable<FormValue> | undefined {
  if (from === null || to === null || typeof from !== 'object' || typeof to !== 'object') return undefined;
  if (from.kind === 'date' && to.kind === 'date') return counted(from.day, to.day, (day) => ({ kind: 'date', day }));
  const [first, last] = [number(from), number(to)];
  return first === undefined || last === undefined ? undefined : counted(first, last, whole);
}

function* counted(from: number, to: number, value: (count: number) => FormValue): Iterable<FormValue> {
  const step = from <= to ? 1 : -1;
  for (let count = from; step > 0 ? count <= to : count >= to; count += step) yield value(count);
}

/** The sum of numbers; null where one is none. */
export function sumOf(values: readonly FormValue[]): FormValue {
  return values.reduce<FormValue>((total, value) => (is(total, 'number') && is(value, 'number') ? add(total, value) : null), whole(0));
}
