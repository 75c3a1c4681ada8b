import { childrenOf } from '../op.ts';
import type { Expr } from '../op.ts';
import type { Memo } from './memo.ts';
import { needed } from './needed.ts';

/** A fact of one thing. */
export interface FactOf {
  readonly fact: string;
  readonly entity: string;
  readonly place: number;
}

export function keyOf({ fact, place }: FactOf): string {
  return `${String(place)} ${fact}`;
}

/**
 * The unknown facts that an open verdict rests on: those under its open clauses, or under its amount where every
 * clause holds. What a false conjunct, a settled alternative or a known operand already decides is never reached.
 */
export function frontierOf(memo: Memo, service: string, place: number): readonly FactOf[] {
  const found = new Map<string, FactOf>();
  const seen = new Map<Expr, Set<number>>();
  const visit = (expr: Expr, at: number): void => {
    const places = seen.get(expr) ?? new Set<number>();
    if (places.has(at) || memo.value(expr, at).kind !== 'unknown') return;
    seen.set(expr, places.add(at));
    if (expr.node.op === 'fact' && expr.entity !== undefined) {
      const fact = { fact: expr.node.fact, entity: expr.entity, place: at };
      found.set(keyOf(fact), fact);
    }
    for (const one of needed(memo, expr, at)) visit(one.expr, one.place ?? at);
  };
  const { clauses, amount } = memo.theory.ruleOf(service);
  const open = clauses.filter(({ when }) => memo.value(when, place).kind === 'unknown');
  for (const { when } of open) visit(when, place);
  if (open.length === 0 && amount) visit(amount, place);
  return [...found.values()];
}

/** The constants of an expression, each with the kind of its type: values at which an answer may turn. */
export function constantsOf(expr: Expr): readonly { readonly type: Expr['type']; readonly value: bigint | boolean | string }[] {
  const { node, type } = expr;
  if (node.op === 'constant') return [{ type, value: node.value }];
  const listed = node.op === 'one-of' ? node.values.map((value) => ({ type: node.of.type, value })) : [];
  return [...listed, ...childrenOf<Expr>(node).flatMap(constantsOf)];
}
