import { infer, isProblem } from './infer.ts';
import { entityOf, linkKnown } from './expr.ts';
import { childrenOf, mapChildren } from './op.ts';
import type { Expr, Op, OpName } from './op.ts';
import type { Decision, Node, NodeId, Program } from './program.ts';
import type { Schema } from './schema.ts';
import type { Type } from './type.ts';

/** A checked rule of one service as it stands on one day of law. */
export interface Rule {
  readonly service: string;
  readonly subject: string;
  /** Truth values about the subject, in textual order. */
  readonly clauses: readonly { readonly id: string; readonly when: Expr }[];
  /** A number of scale 2 that is neither none nor negative, or undefined where the service pays nothing. */
  readonly amount?: Expr | undefined;
}

/**
 * A program of checked rules: one node for each different operator, children first, decisions after those they ask.
 *
 * `values` are expressions of forms and questions that are asked for themselves.
 *
 * The checker has refused what cannot be built (clashes, overflows, a circle of services); meeting one here is a fault.
 */
export function buildProgram(schema: Schema, lawOn: number, rules: readonly Rule[], values: readonly Expr[] = []): Program {
  return lowerRules(schema, lawOn, rules, values).program;
}

/** A program with what each part of the rules became in it: a node that always has the same value. */
export interface Lowered {
  readonly program: Program;
  readonly nodeOf: ReadonlyMap<Op<Expr>, NodeId>;
}

/** The same, for who goes on asking about the rules while the program runs: traces. */
export function lowerRules(schema: Schema, lawOn: number, rules: readonly Rule[], values: readonly Expr[] = []): Lowered {
  const builder = new Builder(schema, rules);
  for (const rule of inOrder(rules)) builder.decide(rule);
  const asked = values.map((value) => builder.value(value));
  const read = new Set(builder.nodes.flatMap(factsRead));
  const facts = [...schema.facts.keys()].filter((fact) => read.has(fact));
  return { program: { lawOn, schema, nodes: builder.nodes, decisions: builder.decisions, facts, values: asked }, nodeOf: builder.lowered };
}

/** The facts an operator reads itself; months of spells read when each spell began and ended. */
function factsRead(node: Node): readonly string[] {
  if (node.op === 'fact') return [node.fact];
  return node.op === 'covered-months' || node.op === 'longest-gap' ? [`${node.link}.from`, `${node.link}.until`] : [];
}

/** The rules so that each stands after those it asks by `entitled`; otherwise in their own order. */
function inOrder(rules: readonly Rule[]): readonly Rule[] {
  const byService = new Map(rules.map((rule) => [rule.service, rule]));
  const ordered: Rule[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (rule: Rule): void => {
    if (state.get(rule.service) === 'done') return;
    if (state.get(rule.service) === 'open') throw new Error('services ask one another in a circle');
    state.set(rule.service, 'open');
    for (const service of asked(rule)) {
      const other = byService.get(service);
      if (other) visit(other);
    }
    state.set(rule.service, 'done');
    ordered.push(rule);
  };
  rules.forEach(visit);
  return ordered;
}

/** The services whose verdict a rule asks for. */
export function asked({ clauses, amount }: Rule): readonly string[] {
  const seen = new Set<Op<Expr>>();
  const inside = (expr: Expr): readonly string[] => {
    if (seen.has(expr.node)) return [];
    seen.add(expr.node);
    return expr.node.op === 'entitled' ? [expr.node.service] : childrenOf(expr.node).flatMap(inside);
  };
  return [...new Set([...clauses.map((clause) => clause.when), ...(amount ? [amount] : [])].flatMap(inside))];
}

/** Operators whose type is stated, not computed: twelve months are not twelve years. */
const DECLARES: ReadonlySet<OpName> = new Set<OpName>(['constant', 'lookup', 'rescale', 'divide', 'call']);

class Builder {
  readonly nodes: Node[] = [];
  readonly decisions: Decision[] = [];
  readonly lowered = new Map<Op<Expr>, NodeId>();
  readonly #schema: Schema;
  readonly #subjects: ReadonlyMap<string, string>;
  readonly #known = new Map<string, NodeId>();
  readonly #decided = new Map<string, Decision>();

  constructor(schema: Schema, rules: readonly Rule[]) {
    this.#schema = schema;
    this.#subjects = new Map(rules.map(({ service, subject }) => [service, subject]));
  }

  value(expr: Expr): NodeId {
    return this.#lower(expr);
  }

  decide({ service, subject, clauses, amount }: Rule): void {
    const built = clauses.map(({ id, when }) => ({ id, node: this.#lower(when) }));
    const sum = amount && this.#lower(amount);
    const stratum = Math.max(0, ...[...built.map((clause) => clause.node), ...(sum === undefined ? [] : [sum])].map((id) => this.#node(id).stratum));
    const decision = { service, subject, clauses: built, amount: sum, stratum };
    this.#decided.set(service, decision);
    this.decisions.push(decision);
  }

  /** Definitions are shared parts of many rules: each part is lowered once. */
  #lower(expr: Expr): NodeId {
    const found = this.lowered.get(expr.node);
    if (found !== undefined) return found;
    const id = this.#simple(mapChildren(expr.node, (child: Expr) => this.#lower(child)), expr.type);
    this.lowered.set(expr.node, id);
    return id;
  }

  /** The node of an operator after the laws of logic that hold with unknown: nothing here may change an answer. */
  #simple(op: Op<NodeId>, type: Type): NodeId {
    if (op.op === 'and' || op.op === 'or') return this.#logic(op, type);
    if (op.op === 'rescale' && this.#node(op.of).type.kind === 'number' && sameScale(this.#node(op.of).type, type)) return op.of;
    if (op.op === 'lookup') {
      const [first, ...rest] = op.table;
      const of = this.#node(op.of);
      if (first !== undefined && !of.unknowable && !of.nonable && rest.every((value) => value === first)) return this.#add({ op: 'constant', value: first }, type);
    }
    if (op.op === 'if') {
      const condition = this.#node(op.condition);
      if (condition.op === 'constant') return condition.value === true ? op.yes : op.no;
      if (op.yes === op.no) return op.yes;
    }
    return this.#add(op, type);
  }

  #logic(op: Extract<Op<NodeId>, { op: 'and' | 'or' }>, type: Type): NodeId {
    const settles = op.op === 'or';
    const flat = op.of.flatMap((id) => {
      const node = this.#node(id);
      return node.op === op.op ? node.of : [id];
    });
    const constants = flat.filter((id) => this.#node(id).op === 'constant');
    if (constants.some((id) => (this.#node(id) as Extract<Node, { op: 'constant' }>).value === settles)) return this.#add({ op: 'constant', value: settles }, type);
    const rest = [...new Set(flat.filter((id) => !constants.includes(id)))].sort((a, b) => this.#cost(a) - this.#cost(b) || a - b);
    const [only] = rest;
    if (only === undefined) return this.#add({ op: 'constant', value: !settles }, type);
    return rest.length === 1 && !this.#node(only).nonable ? only : this.#add({ op: op.op, of: rest }, type);
  }

  /** What is cheap and certain is tested first, so that it guards the rest. */
  #cost(id: NodeId): number {
    const node = this.#node(id);
    return node.stratum * 2 + (node.unknowable || node.nonable ? 1 : 0);
  }

  #add(op: Op<NodeId>, type: Type): NodeId {
    const key = JSON.stringify([op, DECLARES.has(op.op) ? type : scaleOf(type)], (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
    const found = this.#known.get(key);
    if (found !== undefined) return found;
    const known = this.#infer(op, type);
    const id = this.nodes.length;
    this.nodes.push({ ...op, ...known, id, entity: this.#entity(op), stratum: this.#stratum(op) });
    this.#known.set(key, id);
    return id;
  }

  #infer(op: Op<NodeId>, type: Type): Pick<Node, 'type' | 'unknowable' | 'nonable'> {
    if (op.op === 'entitled') return { type, unknowable: this.#mayBeUnknown(op.service), nonable: false };
    const inferred = infer(mapChildren(op, (id: NodeId) => this.#node(id)), type, {
      fact: (fact) => this.#schema.facts.get(fact) ?? lost(fact),
      linkKnown: (link) => linkKnown(this.#schema.links.get(link)),
    });
    if (isProblem(inferred)) throw new Error(`a checked rule does not build: ${inferred.kind} at ${op.op}`);
    return { type: inferred.type, unknowable: inferred.unknowable, nonable: inferred.nonable };
  }

  /** Taken from the operator, not from the rule it stood in first: a node that is the same for all has none. */
  #entity(op: Op<NodeId>): string | undefined {
    const entity = entityOf({ schema: this.#schema, subjects: this.#subjects }, mapChildren(op, (id: NodeId) => this.#node(id)));
    if (typeof entity === 'object') throw new Error(`a checked rule does not build: ${entity.kind} at ${op.op}`);
    return entity;
  }

  #mayBeUnknown(service: string): boolean {
    const decision = this.#decided.get(service) ?? lost(service);
    return [...decision.clauses.map((clause) => clause.node), ...(decision.amount === undefined ? [] : [decision.amount])].some((id) => this.#node(id).unknowable);
  }

  #stratum(op: Op<NodeId>): number {
    const below = Math.max(0, ...childrenOf(op).map((id) => this.#node(id).stratum));
    if (op.op === 'entitled') return (this.#decided.get(op.service) ?? lost(op.service)).stratum;
    return 'link' in op ? below + 1 : below;
  }

  #node(id: NodeId): Node {
    return this.nodes[id] ?? lost(String(id));
  }
}

function lost(name: string): never {
  throw new Error(`a checked rule names ${name}, which is not there`);
}

function scaleOf(type: Type): string | number {
  return type.kind === 'number' ? type.scale : type.kind === 'code' ? type.list : type.kind;
}

function sameScale(a: Type, b: Type): boolean {
  return a.kind === 'number' && b.kind === 'number' && a.scale === b.scale;
}
