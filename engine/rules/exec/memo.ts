import type { Expr } from '../op.ts';
import type { Found, Verdict } from '../value.ts';
import { expressions } from './interp.ts';
import type { RuledWorld } from './interp.ts';
import { valueOf } from './meaning.ts';
import type { Here, Theory } from './theory.ts';
import { verdictOf } from './verdict.ts';

/** The interpreter with a memory: every expression is evaluated once for each thing, and can be looked at after. */
export interface Memo {
  readonly world: RuledWorld;
  readonly theory: Theory<Expr>;
  readonly value: (expr: Expr, place: number) => Found;
  readonly verdict: (service: string, place: number) => Verdict;
}

export function memoOf(world: RuledWorld): Memo {
  const theory = expressions(world.rules);
  // By place: few things are looked at, and each has many values.
  const known = new Map<number, Map<Expr, Found>>();
  const look = (expr: Expr, here: Here<Expr>): Found => {
    const there = known.get(here.place) ?? new Map<Expr, Found>();
    known.set(here.place, there);
    const found = there.get(expr);
    if (found) return found;
    const value = valueOf(expr, here);
    there.set(expr, value);
    return value;
  };
  const value = (expr: Expr, place: number): Found => look(expr, { theory, world, place, look });
  return { world, theory, value, verdict: (service, place) => verdictOf(theory.ruleOf(service), (when) => value(when, place)) };
}
