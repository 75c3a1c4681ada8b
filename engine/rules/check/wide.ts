import { typeOfAll } from '../builtin/index.ts';
import type { Expr, Span, Test } from '../op.ts';
import { mismatch } from '../relate.ts';
import { isWide } from '../type.ts';
import type { Type } from '../type.ts';
import type { FormAst, Sign } from '../syntax/index.ts';
import type { Check, Frame } from './frame.ts';
import { all, numberOf, raised } from './operand.ts';

/* What forms and questions may say and rules of services may not: each becomes a `call` of `builtin/`. */

/** Whether forms are checked; where rules of services are, what they may not say is reported at its place. */
export function inForms(check: Check, frame: Frame, at: Span, name: string): boolean {
  if (!check.env.forms) check.fail(frame, 'not-in-services', at, { name });
  return check.env.forms === true;
}

/** A function beyond services over values. */
export function call(check: Check, name: string, of: readonly Expr[], at: Span, frame: Frame, written?: readonly string[]): Expr | undefined {
  return check.make({ op: 'call', name, of, ...(written ? { with: written } : {}) }, at, frame);
}

export const isList = ({ type }: Expr): boolean => type.kind === 'list';

/** Values at one type, so that they can stand in one list or as two sides; undefined and reported where they cannot. */
export function fitted(check: Check, of: readonly Expr[], at: Span, frame: Frame): readonly Expr[] | undefined {
  const type = typeOfAll(of.map((one) => one.type));
  if (of.length > 0 && !type) {
    const other = of.find((one) => typeOfAll([of[0]?.type ?? one.type, one.type]) === undefined);
    return check.fail(frame, 'type-clash', other?.at ?? at, { expected: of[0]?.type.kind ?? '', found: other?.type.kind ?? '' });
  }
  return all(of.map((one) => (type ? recast(check, one, type, frame) : one)));
}

/** A value at the scales of a type that it can have. */
export function recast(check: Check, expr: Expr, type: Type, frame: Frame): Expr | undefined {
  if (type.kind === 'number' && expr.type.kind === 'number') return raised(check, expr, type.scale, frame);
  if (!isWide(type) || mismatch(expr.type, type) === undefined) return expr;
  return check.make({ op: 'call', name: 'recast', of: [expr] }, expr.at, frame, type);
}

/** `[a, b, c]`; a `null` among them is none of the type of the others. */
export function listed(check: Check, items: readonly FormAst[], at: Span, frame: Frame): Expr | undefined {
  const found = items.map((item) => (item.kind === 'null' ? 'null' : check.expr(item, frame)));
  if (found.includes(undefined)) return undefined;
  const there = found.filter((item) => item !== undefined && item !== 'null');
  const type = typeOfAll(there.map((item) => item.type));
  if (there.length < found.length && !type) return check.fail(frame, 'null-not-allowed', at);
  return listOf(check, all(found.map((item) => (item === 'null' ? nothing(check, type ?? { kind: 'boolean' }, at, frame) : item))), at, frame);
}

export function listOf(check: Check, items: readonly Expr[] | undefined, at: Span, frame: Frame): Expr | undefined {
  const ready = items && fitted(check, items, at, frame);
  return ready && call(check, 'list', ready, at, frame);
}

/** None of a type. */
export function nothing(check: Check, type: Type, at: Span, frame: Frame): Expr | undefined {
  return check.make({ op: 'call', name: 'nothing', of: [] }, at, frame, type);
}

/** A comparison that a plain one is not made for: of texts in their order, of times, durations, lists and contexts. */
export function comparedWide(check: Check, test: Test, left: Expr, right: Expr, at: Span, frame: Frame): Expr | undefined {
  if (!inForms(check, frame, at, test)) return undefined;
  const equality = test === '=' || test === '!=';
  // Contexts of other names are never the same, whatever stands in them.
  if (equality && left.type.kind === right.type.kind && isWide(left.type) && !typeOfAll([left.type, right.type])) return check.make({ op: 'constant', value: test === '!=' }, at, frame);
  const sides = fitted(check, [left, right], at, frame);
  return sides && call(check, 'compare', sides, at, frame, [test]);
}

/** Whether two sides need `comparedWide`. */
export function needsWide(test: Test, left: Expr, right: Expr): boolean {
  if (isWide(left.type) || isWide(right.type)) return true;
  return left.type.kind === 'text' && right.type.kind === 'text' && test !== '=' && test !== '!=';
}

const DATED: ReadonlySet<Type['kind']> = new Set(['date', 'moment', 'time']);
const DURATIONS: ReadonlySet<Type['kind']> = new Set(['months', 'duration']);

/** Whether an operator has a value of forms beside it, or two that rules cannot combine. */
export function isWideArithmetic(left: Expr, right: Expr): boolean {
  const dates = left.type.kind === 'date' && right.type.kind === 'date';
  return isWide(left.type) || isWide(right.type) || dates || (left.type.kind === 'text' && right.type.kind === 'text');
}

export function calculatedWide(check: Check, sign: Sign, left: Expr, right: Expr, at: Span, frame: Frame): Expr | undefined {
  if (!inForms(check, frame, at, sign)) return undefined;
  const name = functionOf(sign, left.type.kind, right.type.kind);
  if (name === undefined) return check.fail(frame, 'type-clash', at, { expected: left.type.kind, found: right.type.kind });
  return call(check, name.name, name.turned ? [right, left] : [left, right], at, frame);
}

/** The function that an operator is; `turned` where its operands stand the other way round. */
function functionOf(sign: Sign, left: Type['kind'], right: Type['kind']): { readonly name: string; readonly turned?: true } | undefined {
  switch (sign) {
    case '+': {
      if (left === 'text' && right === 'text') return { name: 'joined' };
      if (DATED.has(left)) return { name: 'later' };
      return DATED.has(right) ? { name: 'later', turned: true } : { name: 'longer' };
    }
    case '-': {
      if (!DATED.has(left)) return { name: 'shorter' };
      return DURATIONS.has(right) ? { name: 'earlier' } : { name: 'apart' };
    }
    case '*': return DURATIONS.has(left) ? { name: 'times' } : { name: 'times', turned: true };
    case '/': return DURATIONS.has(left) ? { name: 'shared' } : undefined;
    case '**': return undefined;
    default: return sign satisfies never;
  }
}

type Context = Extract<FormAst, { kind: 'context' }>;

/** `{a: 1, b: a + 1}`: a later entry may name an earlier one. */
export function contextOf(check: Check, ast: Context, frame: Frame): Expr | undefined {
  if (!inForms(check, frame, ast.at, '{…}')) return undefined;
  let inner = frame;
  const values: Expr[] = [];
  for (const { key, value } of ast.entries) {
    const expr = check.expr(value, inner);
    if (!expr) return undefined;
    values.push(expr);
    inner = withNames(inner, [[key, expr]]);
  }
  const keys = ast.entries.map((entry) => entry.key);
  if (new Set(keys).size < keys.length) return check.fail(frame, 'name-twice', ast.at, { name: keys.find((key, at) => keys.indexOf(key) !== at) ?? '' });
  return call(check, 'context', values, ast.at, frame, keys);
}

/** A frame in which more names stand for values. */
export function withNames(frame: Frame, names: readonly (readonly [string, Expr])[]): Frame {
  return { ...frame, vars: new Map([...frame.vars, ...names.map(([name, expr]) => [name, { kind: 'expr', expr, depth: frame.depth }] as const)]) };
}

/** An entry of a context, which is what stands there where the context is written out. */
export function entryOf(check: Check, of: Expr, key: string, at: Span, frame: Frame): Expr | undefined {
  if (of.node.op === 'call' && of.node.name === 'context') {
    const written = of.node.of[(of.node.with ?? []).indexOf(key)];
    if (written) return { ...written, at };
  }
  return call(check, 'entry', [of], at, frame, [key]);
}

/** `value.name` of what forms know: an entry of a context, a part of a time or duration; of a list that of each. */
export function partOf(check: Check, of: Expr, name: string, at: Span, frame: Frame): Expr | undefined {
  if (!inForms(check, frame, at, name)) return undefined;
  switch (of.type.kind) {
    case 'context': return of.type.entries.some((entry) => entry.key === name) ? entryOf(check, of, name, at, frame) : check.fail(frame, 'part-unknown', at, { name });
    case 'list': return cut(check, listOf(check, eachOf(elementsOf(check, of, at, frame), (one) => partOf(check, one, name, at, frame)), at, frame), of, at, frame);
    default: return call(check, 'part of', [of], at, frame, [name]);
  }
}

/** What is made of each, until something cannot be: then nothing is. */
export function eachOf(of: readonly (Expr | undefined)[], make: (one: Expr, at: number) => Expr | undefined): readonly Expr[] | undefined {
  const found: Expr[] = [];
  for (const [at, one] of of.entries()) {
    const made = one && make(one, at);
    if (!made) return undefined;
    found.push(made);
  }
  return found;
}

/** The things of a list one by one: those that are written out, or what stands in each place that it may have. */
export function elementsOf(check: Check, of: Expr, at: Span, frame: Frame): readonly (Expr | undefined)[] {
  if (of.node.op === 'call' && of.node.name === 'list') return of.node.of;
  const most = of.type.kind === 'list' ? of.type.most : 0;
  const found: (Expr | undefined)[] = [];
  // What cannot be made once, for the rule has grown too large, cannot be made again.
  for (let place = 1; place <= most && !found.includes(undefined); place++) found.push(itemAt(check, of, place, at, frame));
  return found;
}

export function itemAt(check: Check, of: Expr, place: number, at: Span, frame: Frame): Expr | undefined {
  const position = numberOf(check, BigInt(place), 0, at, frame);
  return position && call(check, 'item', [of, position], at, frame);
}

/** A value as the list of it, where it is none. */
export function asList(check: Check, of: Expr, at: Span, frame: Frame): Expr | undefined {
  return isList(of) ? of : call(check, 'list', [of], at, frame);
}

/** Whether the length of a list is known before anything is computed. */
export function isExact({ type }: Expr): boolean {
  return type.kind === 'list' && type.least === type.most;
}

/** Whether a list is written out, or can be neither none nor unknown. */
export function isThere({ node, nonable, unknowable }: Expr): boolean {
  return (node.op === 'call' && node.name === 'list') || (!nonable && !unknowable);
}

/** As many of the results as the list is long; none and unknown where it is. */
export function cut(check: Check, results: Expr | undefined, of: Expr, at: Span, frame: Frame): Expr | undefined {
  if (!results || (isExact(of) && isThere(of))) return results;
  const length = call(check, 'count', [of], at, frame);
  return length && call(check, 'first', [results, length], at, frame);
}
