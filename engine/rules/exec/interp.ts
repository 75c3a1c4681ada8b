import type { Rule } from '../build.ts';
import type { Expr } from '../op.ts';
import type { Node, NodeId, Program } from '../program.ts';
import type { Situation, Found, Verdict } from '../value.ts';
import { valueOf } from './meaning.ts';
import type { Decided, Here, Theory, World } from './theory.ts';
import { verdictOf } from './verdict.ts';

/** Rules of one day of law with the things they are asked about. */
export interface RuledWorld extends World {
  readonly rules: readonly Rule[];
}

/**
 * The verdict of one service for the thing at a place of its subject: the meaning of the rules.
 *
 * Exact and slow: it evaluates checked expressions, not programs, with bigints, and computes everything each time it
 * is asked. A service without a rule, a link to a place that is not there and an unchecked expression are faults.
 */
export function interpret(world: RuledWorld, service: string, place: number): Verdict {
  const theory = expressions(world.rules);
  return verdictOf(theory.ruleOf(service), (when) => valueOf(when, { theory, world, place }));
}

/**
 * The value of an expression for the thing at a place of its entity (any place where it is the same for all).
 *
 * What a function beyond services gave is kept until the end: a loop that is written out asks the same list once for
 * each of its places, and loops in loops would ask as often as the product of all.
 */
export function evaluate(world: RuledWorld, expr: Expr, place: number): Found {
  const known = new Map<Expr, Map<number, Found>>();
  const look = (child: Expr, here: Here<Expr>): Found => {
    if (child.node.op !== 'call') return valueOf(child, here);
    const places = known.get(child) ?? new Map<number, Found>();
    const found = places.get(here.place) ?? valueOf(child, here);
    known.set(child, places.set(here.place, found));
    return found;
  };
  return valueOf(expr, { theory: expressions(world.rules), world, place, look });
}

/** The same meaning over a program: what the rules say before anything is compiled. */
export function interpretProgram(program: Program, situation: Situation, service: string, place: number): Verdict {
  const theory = nodes(program);
  return verdictOf(theory.ruleOf(service), (when) => valueOf(when, { theory, world: { schema: program.schema, situation }, place }));
}

/** The value of one node of a program. */
export function evaluateNode(program: Program, situation: Situation, node: NodeId, place: number): Found {
  return valueOf(node, { theory: nodes(program), world: { schema: program.schema, situation }, place });
}

/** How checked expressions are read: each stands for itself. */
export function expressions(rules: readonly Rule[]): Theory<Expr> {
  return { opOf: (expr) => expr.node, typeOf: (expr) => expr.type, ruleOf: (service) => rules.find((rule) => rule.service === service) ?? missing(service) };
}

function nodes({ nodes: all, decisions }: Program): Theory<NodeId> {
  const node = (id: NodeId): Node => all[id] ?? missing(`node ${String(id)}`);
  const ruleOf = (service: string): Decided<NodeId> => {
    const { clauses, amount } = decisions.find((decision) => decision.service === service) ?? missing(service);
    return { clauses: clauses.map((clause) => ({ id: clause.id, when: clause.node })), amount };
  };
  return { opOf: node, typeOf: (id) => node(id).type, ruleOf };
}

function missing(what: string): never {
  throw new RangeError(`there is no rule of ${what}`);
}
