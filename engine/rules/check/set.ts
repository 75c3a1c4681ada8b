import type { Expr, Span } from '../op.ts';
import type { FormAst, TypeName } from '../syntax/index.ts';
import type { Entry, Type } from '../type.ts';
import { compared, joined, oneTest } from './compare.ts';
import type { Check, Frame } from './frame.ts';
import { all } from './operand.ts';
import { call, inForms, isList, listed } from './wide.ts';

/* Ranges and comparisons as what a value may pass or not: they are looked through where they are written, and are never values. */

type SetAst = Extract<FormAst, { kind: 'set' }>;

/** Whether a value is what stands after `in`: the same, one of a list, or in a range. */
export function isIn(check: Check, of: Expr, ast: FormAst, frame: Frame): Expr | undefined {
  if (ast.kind === 'set') return oneTest(check, of, ast.test, frame);
  if (ast.kind === 'list' && ast.of.some((item) => item.kind === 'set' || item.kind === 'list')) return amongItems(check, of, ast, frame);
  const found = ast.kind === 'list' ? listed(check, ast.of, ast.at, frame) : check.expr(ast, frame);
  if (!found) return undefined;
  return isList(found) && depthOf(found.type) > depthOf(of.type) ? contains(check, found, of, ast.at, frame) : compared(check, '=', of, found, ast.at, frame);
}

function contains(check: Check, list: Expr, of: Expr, at: Span, frame: Frame): Expr | undefined {
  const items = list.node.op === 'call' && list.node.name === 'list' ? list.node.of : undefined;
  if (!items) return call(check, 'list contains', [list, of], at, frame);
  const equal = all(items.map((item) => compared(check, '=', of, item, at, frame)));
  return equal && any(check, equal, at, frame);
}

function amongItems(check: Check, of: Expr, ast: Extract<FormAst, { kind: 'list' }>, frame: Frame): Expr | undefined {
  const items = all(ast.of.map((item) => isIn(check, of, item, frame)));
  return items && any(check, items, ast.at, frame);
}

function any(check: Check, of: readonly Expr[], at: Span, frame: Frame): Expr | undefined {
  return of.length === 0 ? check.make({ op: 'constant', value: false }, at, frame) : joined(check, 'or', of, at, frame);
}

function depthOf(type: Type): number {
  return type.kind === 'list' ? 1 + (type.of ? depthOf(type.of) : 0) : 0;
}

/** Whether two sets are written the same: the same comparison, the same ends, each in or out as the other. */
export function setsCompared(check: Check, test: '=' | '!=', left: SetAst, right: SetAst, at: Span, frame: Frame): Expr | undefined {
  if (!inForms(check, frame, at, '[…]')) return undefined;
  const pairs = pairsOf(left.test, right.test);
  const equal = pairs && all(pairs.map(([a, b]) => {
    const sides = all([check.expr(a, frame), check.expr(b, frame)]);
    const [one, other] = sides ?? [];
    return one && other && compared(check, '=', one, other, at, frame);
  }));
  if (pairs && !equal) return undefined;
  const same = equal ? joined(check, 'and', equal, at, frame) : check.make({ op: 'constant', value: false }, at, frame);
  return test === '=' || !same ? same : check.make({ op: 'not', of: same }, at, frame);
}

/** The ends that must be the same; undefined where the sets already differ in how they are written. */
function pairsOf(a: SetAst['test'], b: SetAst['test']): readonly (readonly [FormAst, FormAst])[] | undefined {
  if (a.kind === 'range' && b.kind === 'range') return a.lowIn === b.lowIn && a.highIn === b.highIn ? [[a.low, b.low], [a.high, b.high]] : undefined;
  return a.kind === 'than' && b.kind === 'than' && a.test === b.test ? [[a.value, b.value]] : undefined;
}

/** `[1..10].start` and whether it is in. */
export function setPart(check: Check, { test }: SetAst, name: string, at: Span, frame: Frame): Expr | undefined {
  if (!inForms(check, frame, at, name)) return undefined;
  if (test.kind !== 'range') return check.fail(frame, 'part-unknown', at, { name });
  const truth = (value: boolean): Expr | undefined => check.make({ op: 'constant', value }, at, frame);
  switch (name) {
    case 'start': return check.expr(test.low, frame);
    case 'end': return check.expr(test.high, frame);
    case 'start included': return truth(test.lowIn);
    case 'end included': return truth(test.highIn);
    default: return check.fail(frame, 'part-unknown', at, { name });
  }
}

const NAMES: Readonly<Record<string, readonly Type['kind'][]>> = {
  number: ['number'], string: ['text', 'code'], boolean: ['boolean'], date: ['date'], time: ['time'], 'date and time': ['moment'],
  'years and months duration': ['months'], 'days and time duration': ['duration'],
};

/** `value instance of type`: the type is known, so only whether there is a value is asked. */
export function instanceOf(check: Check, ast: Extract<FormAst, { kind: 'instance' }>, frame: Frame): Expr | undefined {
  if (!inForms(check, frame, ast.at, 'instance of')) return undefined;
  if (ast.of.kind === 'set') {
    const inner = ast.of.test;
    const end = check.expr(inner.kind === 'range' ? inner.low : inner.value, frame);
    return end && truthOf(check, ast.type.kind === 'named' ? ast.type.name === 'Any' : ast.type.kind === 'range' && isOf(end.type, ast.type.of), ast.at, frame);
  }
  const of = check.expr(ast.of, frame);
  if (!of) return undefined;
  const fits = fitsType(of.type, ast.type);
  if (fits === undefined) return check.fail(frame, 'type-unknown', ast.at);
  // Whether something inside is none is not known before it is computed.
  if (fits && holdsNone(of.type)) return check.fail(frame, 'type-unknown', ast.at);
  if (!fits) return truthOf(check, false, ast.at, frame);
  return of.nonable || of.unknowable ? check.make({ op: 'has', of }, ast.at, frame) : truthOf(check, true, ast.at, frame);
}

function truthOf(check: Check, value: boolean, at: Span, frame: Frame): Expr | undefined {
  return check.make({ op: 'constant', value }, at, frame);
}

/** A list of nothing is a list of anything. */
function listFits({ of, least, most }: Extract<Type, { kind: 'list' }>, name: TypeName): boolean | undefined {
  const fits = of === undefined || most === 0 || fitsType(of, name);
  return fits === false && least === 0 ? undefined : fits;
}

function everyEntry(entries: readonly Entry[], names: readonly { readonly key: string; readonly type: TypeName }[]): boolean | undefined {
  const found = names.map(({ key, type }) => {
    const entry = entries.find((one) => one.key === key);
    return entry ? fitsType(entry.type, type) : false;
  });
  return found.includes(false) ? false : found.includes(undefined) ? undefined : true;
}

function holdsNone(type: Type): boolean {
  if (type.kind === 'list') return type.nones || (type.of !== undefined && holdsNone(type.of));
  return type.kind === 'context' && type.entries.some((entry) => entry.nonable || holdsNone(entry.type));
}

const isOf = (type: Type, name: TypeName): boolean => fitsType(type, name) === true;

/** Whether values of a type are of a named one; undefined where the name is none that is known. */
function fitsType(type: Type, name: TypeName): boolean | undefined {
  switch (name.kind) {
    case 'named': return name.name === 'Any' ? true : NAMES[name.name]?.includes(type.kind);
    case 'list': return type.kind === 'list' && listFits(type, name.of);
    case 'context': return type.kind === 'context' ? everyEntry(type.entries, name.entries) : false;
    case 'range': case 'function': return false;
    default: return name satisfies never;
  }
}
