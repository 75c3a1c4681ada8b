import { lowerRules } from '../build.ts';
import type { Rule } from '../build.ts';
import type { Expr } from '../op.ts';
import type { NodeId, Program } from '../program.ts';
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

/** Where the value of an expression is found. */
type Read =
  | { readonly kind: 'constant'; readonly value: Found }
  | { readonly kind: 'fact'; readonly fact: string; readonly entity: string }
  | { readonly kind: 'node'; readonly node: NodeId; readonly entity: string; readonly at: number }
  | { readonly kind: 'asked' };

/** Compiles rules. Costs some tens of milliseconds; refused as `compileClosure` refuses. */
export function readyRules(schema: Schema, lawOn: number, rules: readonly Rule[]): ReadyRules {
  const { program, nodeOf } = lowerRules(schema, lawOn, rules);
  const closure = compileClosure(program);
  const byService = new Map(rules.map((rule) => [rule.service, rule]));
  const slow = expressions(rules);
  const theory: Memo['theory'] = { ...slow, ruleOf: (service) => byService.get(service) ?? slow.ruleOf(service) };
  const entities = [...schema.entities.keys()];
  const reads = new Map<Expr, Read>();
  const readOf = (expr: Expr): Read => {
    const { node, entity = '' } = expr;
    if (node.op === 'constant') return { kind: 'constant', value: known(node.value) };
    if (node.op === 'fact') return { kind: 'fact', fact: node.fact, entity };
    const lowered = program.nodes[nodeOf.get(node) ?? -1];
    if (lowered?.op === 'constant') return { kind: 'constant', value: known(lowered.value) };
    return lowered?.entity === undefined ? { kind: 'asked' } : { kind: 'node', node: lowered.id, entity: lowered.entity, at: entities.indexOf(lowered.entity) };
  };
  const open = (situation: Situation): Memo => {
    const world = { schema, rules, situation };
    const frame = closure.frameOf(situation);
    const seen = entities.map((): ReturnType<typeof closure.look>[] => []);
    let interpreted: Memo | undefined;
    const value = (expr: Expr, place: number): Found => {
      let read = reads.get(expr);
      if (!read) reads.set(expr, read = readOf(expr));
      switch (read.kind) {
        case 'constant': return read.value;
        case 'fact': return thingAt(world, read.entity, place).facts.get(read.fact) ?? UNKNOWN;
        case 'node': {
          const places = seen[read.at] ?? [];
          return (places[place] ??= closure.look(frame, read.entity, place))(read.node);
        }
        // The same for all things, and computed: seldom, and cheap to interpret.
        case 'asked': return (interpreted ??= memoOf(world)).value(expr, place);
        default: return read satisfies never;
      }
    };
    return { world, theory, value, verdict: (service, place) => closure.decide(frame, service, place) };
  };
  return { rules, program, memoOf: open };
}
