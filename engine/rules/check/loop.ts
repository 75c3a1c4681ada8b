import { dateOf, daysOf } from '../builtin/index.ts';
import type { Expr, Span } from '../op.ts';
import type { FormAst } from '../syntax/index.ts';
import { LARGEST_LIST } from '../type.ts';
import type { Check, Frame } from './frame.ts';
import { all, numberOf } from './operand.ts';
import { asList, call, cut, eachOf, elementsOf, inForms, isExact, isThere, itemAt, listOf, withNames } from './wide.ts';

/*
 * Loops over lists are written out: a list has a largest length before anything is computed, so that what stands in
 * them stands there once for each place. Places beyond the length of a list are none, and are cut off after.
 */

export interface Variable {
  readonly name: string;
  readonly from: FormAst;
  readonly to?: FormAst | undefined;
}

interface Loop {
  readonly what: 'for' | 'some' | 'every';
  readonly variables: readonly Variable[];
  readonly gives: FormAst;
  readonly at: Span;
}

/** `for`, `some` and `every` over lists and counts. */
export function looped(check: Check, { what, variables, gives, at }: Loop, frame: Frame): Expr | undefined {
  if (!inForms(check, frame, at, what)) return undefined;
  const made = over(check, variables, gives, at, frame);
  if (!made) return undefined;
  if (what === 'for') return made;
  return call(check, what === 'some' ? 'any' : 'all', [made], at, frame);
}

/** The list of what a loop gives, of all variables flat. */
function over(check: Check, [first, ...rest]: readonly Variable[], gives: FormAst, at: Span, frame: Frame): Expr | undefined {
  if (!first) return undefined;
  const values = valuesOf(check, first, at, frame);
  if (!values) return undefined;
  const inside = (value: Expr): Expr | undefined => {
    const inner = withNames(frame, [[first.name, value]]);
    return rest.length === 0 ? check.expr(gives, inner) : over(check, rest, gives, at, inner);
  };
  const each = eachOf(elementsOf(check, values, at, frame), inside);
  if (!each) return undefined;
  if (rest.length > 0) return flat(check, each, values, at, frame);
  return cut(check, listOf(check, each, at, frame), values, at, frame);
}

/** The lists of the inner loops one behind the other; only lists whose lengths are known can be joined so. */
function flat(check: Check, each: readonly Expr[], values: Expr, at: Span, frame: Frame): Expr | undefined {
  if (!isExact(values) || !isThere(values)) return check.fail(frame, 'list-length-open', at);
  const pieces = each.flatMap((one): readonly (Expr | undefined)[] => (one.node.op === 'call' && one.node.name === 'list' ? one.node.of : [undefined]));
  return pieces.includes(undefined) ? call(check, 'concatenate', each, at, frame) : listOf(check, all(pieces), at, frame);
}

/** The list that a variable goes through: one that is given, or every whole step from one written number or date to another. */
function valuesOf(check: Check, { from, to }: Variable, at: Span, frame: Frame): Expr | undefined {
  const ends = from.kind === 'set' && from.test.kind === 'range' ? from.test : undefined;
  const first = check.expr(ends ? ends.low : from, frame);
  const end = ends ? ends.high : to;
  if (!end) return first && asList(check, first, at, frame);
  // A range goes up; a count may go down.
  const last = check.expr(end, frame);
  if (!first || !last) return undefined;
  const steps = stepsBetween(first, last);
  if (!steps || (ends && isDown(steps))) return check.fail(frame, 'range-not-written', at, { most: LARGEST_LIST });
  const inside = steps.filter((_, place) => (place > 0 || ends?.lowIn !== false) && (place < steps.length - 1 || ends?.highIn !== false));
  return listOf(check, eachOf(inside.map(() => first), (_, place) => valueAt(check, first, inside[place] ?? 0n, at, frame)), at, frame);
}

const isDown = ([first, second]: readonly bigint[]): boolean => first !== undefined && second !== undefined && second < first;

function valueAt(check: Check, { type }: Expr, value: bigint, at: Span, frame: Frame): Expr | undefined {
  return type.kind === 'date' ? check.make({ op: 'constant', value }, at, frame, { kind: 'date', min: Number(value), max: Number(value) }) : numberOf(check, value, 0, at, frame);
}

/** Up or down, both ends included; undefined where they are not known before anything is computed, or too far apart. */
function stepsBetween({ type: from }: Expr, { type: to }: Expr): readonly bigint[] | undefined {
  if (from.kind === 'number' && to.kind === 'number') return from.scale === 0 && to.scale === 0 && from.min === from.max && to.min === to.max ? steps(from.min, to.min) : undefined;
  if (from.kind !== 'date' || to.kind !== 'date' || from.min !== from.max || to.min !== to.max) return undefined;
  return steps(BigInt(daysOf(from.min)), BigInt(daysOf(to.min)))?.map((day): bigint => dateOf(Number(day)) ?? 0n);
}

function steps(from: bigint, to: bigint): readonly bigint[] | undefined {
  const apart = to > from ? to - from : from - to;
  return apart < BigInt(LARGEST_LIST) ? Array.from({ length: Number(apart) + 1 }, (_, place) => (to > from ? from + BigInt(place) : from - BigInt(place))) : undefined;
}

/** `list[2]`, and `list[item > 3]`, in which the entries of a context are names too. */
export function indexed(check: Check, of: Expr, where: FormAst, at: Span, frame: Frame): Expr | undefined {
  if (!inForms(check, frame, at, '[…]')) return undefined;
  const list = asList(check, of, at, frame);
  if (!list) return undefined;
  if (list.type.kind === 'list' && !list.type.of) return check.fail(frame, 'list-empty', of.at);
  const elements = all(elementsOf(check, list, at, frame));
  if (!elements) return undefined;
  // A list that is never longer than nothing has things of a type all the same.
  const first = elements[0] ?? itemAt(check, list, 1, at, frame);
  const found = first && check.expr(where, itemFrame(check, first, frame));
  if (!found) return undefined;
  if (found.type.kind === 'number') return call(check, 'item', [list, found], at, frame);
  if (found.type.kind !== 'boolean') return check.fail(frame, 'type-clash', where.at, { expected: 'boolean', found: found.type.kind });
  const flags = eachOf(elements, (element, place) => (place === 0 ? found : check.expr(where, itemFrame(check, element, frame))));
  const kept = flags && listOf(check, flags, at, frame);
  return kept && call(check, 'kept', [list, kept], at, frame);
}

function itemFrame(check: Check, item: Expr, frame: Frame): Frame {
  const entries = item.type.kind === 'context' ? item.type.entries : [];
  const names = entries.flatMap(({ key }): readonly (readonly [string, Expr])[] => {
    const value = call(check, 'entry', [item], item.at, frame, [key]);
    return value ? [[key, value]] : [];
  });
  return withNames(frame, [['item', item], ...names]);
}
