import { lowerRules } from '../build.ts';
import type { Rule } from '../build.ts';
import type { Expr } from '../op.ts';
import type { Program } from '../program.ts';
import type { Schema } from '../schema.ts';
import { known, UNKNOWN } from '../value.ts';
import type { Found, Situation } from '../value.ts';
import { compileClosure } from './closure.ts';
import { expressions } from './interp.ts';
import { memoOf } from './memo.ts';
import type { Memo } from './memo.ts';
import { thingAt } from './theory.ts';

/** The rules of one day of law, compiled once to be asked about one small world after another. */
export interface ReadyRules {
  readonly rules: readonly Rule[];
  readonly program: Program;
  /**
   * What the rules mean in a situation, as `memoOf` gives it, found by compiled code and looked up where a trace asks.
   *
   * A situation that breaks what the schema promises is a fault, as it is to the closure.
   */
  readonly memoOf: (situation: Situation) => Memo;
}

/** Compiles rules. Costs some tens of milliseconds; refused as `compileClosure` refuses. */
export function readyRules(schema: Schema, lawOn: number, rules: readonly Rule[]): ReadyRules {
  const { program, nodeOf } = lowerRules(schema, lawOn, rules);
  const closure = compileClosure(program);
  const byService = new Map(rules.map((rule) => [rule.service, rule]));
  const slow = expressions(rules);
  const theory: Memo['theory'] = { ...slow, ruleOf: (service) => byService.get(service) ?? slow.ruleOf(service) };
  const open = (situation: Situation): Memo => {
    const world = { schema, rules, situation };
    const frame = closure.frameOf(situation);
    const seen = new Map<string, Map<number, ReturnType<typeof closure.look>>>();
    const look = (entity: string, place: number): ReturnType<typeof closure.look> => {
      const places = seen.get(entity) ?? new Map<number, ReturnType<typeof closure.look>>();
      const found = places.get(place) ?? closure.look(frame, entity, place);
      seen.set(entity, places.set(place, found));
      return found;
    };
    let interpreted: Memo | undefined;
    const value = (expr: Expr, place: number): Found => {
      const { node } = expr;
      if (node.op === 'constant') return known(node.value);
      if (node.op === 'fact') return thingAt(world, expr.entity ?? '', place).facts.get(node.fact) ?? UNKNOWN;
      const id = nodeOf.get(node);
      const lowered = id === undefined ? undefined : program.nodes[id];
      if (lowered?.op === 'constant') return known(lowered.value);
      if (lowered?.entity !== undefined) return look(lowered.entity, place)(lowered.id);
      // The same for all things, and computed: seldom, and cheap to interpret.
      interpreted ??= memoOf(world);
      return interpreted.value(expr, place);
    };
    return { world, theory, value, verdict: (service, place) => closure.decide(frame, service, place) };
  };
  return { rules, program, memoOf: open };
}
