import type { Expr } from '../op.ts';
import type { Value, Verdict } from '../value.ts';
import { expressions } from './interp.ts';
import type { Asked } from './interp.ts';
import { valueOf } from './meaning.ts';
import type { Here, Theory } from './theory.ts';
import { verdictOf } from './verdict.ts';

/** The interpreter with a memory: every expression is evaluated once for each thing, and can be looked at after. */
export interface Memo {
  readonly asked: Asked;
  readonly theory: Theory<Expr>;
  readonly value: (expr: Expr, place: number) => Value;
  readonly verdict: (service: string, place: number) => Verdict;
}

export function memoOf(asked: Asked): Memo {
  const theory = expressions(asked.rules);
  const known = new Map<Expr, Map<number, Value>>();
  const look = (expr: Expr, here: Here<Expr>): Value => {
    const places = known.get(expr) ?? new Map<number, Value>();
    const found = places.get(here.place);
    if (found) return found;
    const value = valueOf(expr, here);
    known.set(expr, places.set(here.place, value));
    return value;
  };
  const value = (expr: Expr, place: number): Value => look(expr, { theory, world: asked, place, look });
  return { asked, theory, value, verdict: (service, place) => verdictOf(theory.ruleOf(service), (when) => value(when, place)) };
}
