import type { Expr, Fold, Span } from '../op.ts';
import type { FormAst } from '../syntax/index.ts';
import type { Check, Frame, Many, Resolved } from './frame.ts';
import { ofThing, throughAll } from './names.ts';

/** The frame in which each of the many is looked at. */
function each(many: Many, frame: Frame, variable?: string): Frame {
  const vars = new Map([...frame.vars, [variable ?? 'item', { kind: 'thing', entity: many.entity, depth: frame.depth + 1 }] as const]);
  return { ...frame, entity: many.entity, depth: frame.depth + 1, vars, variable };
}

/** The many that pass a filter; bare names in it are facts of each. */
export function filtered(check: Check, of: Resolved | undefined, where: FormAst, at: Span, frame: Frame): Many | undefined {
  if (!of) return undefined;
  if (of.kind !== 'many' || of.value) return check.fail(frame, 'filter-of-one', at);
  const passes = truth(check, where, each(of, frame));
  if (!passes) return undefined;
  const both = of.where ? check.make({ op: 'and', of: [of.where, passes] }, at, frame) : passes;
  return both && { ...of, where: both };
}

function truth(check: Check, ast: FormAst, frame: Frame): Expr | undefined {
  const expr = check.expr(ast, frame);
  return expr && expr.type.kind !== 'boolean' ? check.fail(frame, 'type-clash', ast.at, { expected: 'boolean', found: expr.type.kind }) : expr;
}

/** A value of each of the many: `同住成员.月收入`. */
export function valued(check: Check, many: Many, name: string, at: Span, frame: Frame): Many | undefined {
  if (many.value) return check.fail(frame, 'many-of-many', at, { name });
  const inner = each(many, frame);
  const found = ofThing(check, { kind: 'thing', via: [], entity: many.entity, depth: inner.depth }, name, at, inner);
  if (!found) return undefined;
  return found.kind === 'expr' ? { ...many, value: found.expr } : check.fail(frame, 'many-of-many', at, { name });
}

type Over = Extract<FormAst, { kind: 'some' | 'every' | 'for' }>;

/** `some m in … satisfies …`, `every m in … satisfies …`. */
export function quantified(check: Check, ast: Over & { kind: 'some' | 'every' }, frame: Frame): Expr | undefined {
  const many = manyOf(check, ast.many, frame);
  const value = many && truth(check, ast.satisfies, each(many, frame, ast.variable));
  return value && folded(check, { ...many, value }, ast.kind, ast.at, frame);
}

/** `for m in … return …`: a value of each. */
export function yielded(check: Check, ast: Over & { kind: 'for' }, frame: Frame): Many | undefined {
  const many = manyOf(check, ast.many, frame);
  const value = many && check.expr(ast.gives, each(many, frame, ast.variable));
  return value && { ...many, value };
}

export function manyOf(check: Check, ast: FormAst, frame: Frame): Many | undefined {
  const found = check.resolve(ast, frame);
  if (!found) return undefined;
  if (found.kind !== 'many') return check.fail(frame, 'many-expected', ast.at);
  return found.value ? check.fail(frame, 'many-of-many', ast.at, { name: '' }) : found;
}

/** One answer over the many, as a value of the thing the frame is about. */
export function folded(check: Check, { link, where, value, via }: Many, fold: Fold, at: Span, frame: Frame): Expr | undefined {
  const made = check.make({ op: 'fold', link: link.id, fold, where, value: fold === 'count' ? undefined : value }, at, frame);
  return made && throughAll(check, via, made, frame);
}
