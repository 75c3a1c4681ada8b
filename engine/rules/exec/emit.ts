import { childrenOf } from '../op.ts';
import type { CompiledCall } from './call.ts';
import type { Decision, Node, NodeId } from '../program.ts';
import { Body } from './emit-body.ts';
import { emitFold, emitSpells } from './emit-linked.ts';
import { emitValue, falseTest, literal } from './emit-value.ts';
import type { Layout, Slot } from './layout.ts';

/*
 * A program as JavaScript: one function for each decision and for each kept node, straight-line, with early returns.
 * The text holds node ids, slots and digits of constants only; no name, code or text of a pack gets into it.
 */

export interface Emitted {
  /** Gives a function of each decision, those of `together`, and one of each entity that records. */
  readonly code: string;
  /** Tables that the code looks into, by number. */
  readonly tables: readonly Float64Array[];
  /** Functions beyond services that it calls, by number. */
  readonly calls: readonly CompiledCall[];
  /** Decisions about one kind of thing that one function decides together, by their numbers. */
  readonly together: readonly (readonly number[])[];
}

/** How many operators one function may hold: far beyond it the host no longer optimises. */
const LARGEST_FUNCTION = 600;

export function emit(layout: Layout): Emitted {
  const writer = new Writer(layout);
  const { decisions } = layout.program;
  const kept = [...layout.keptNodes.keys()].map((id) => writer.nodeFunction(id));
  const decided = decisions.map((decision, at) => writer.decisionFunction(decision, at));
  const together = layout.entities.flatMap((entity) => writer.grouped(decisions.flatMap((decision, at) => (decision.subject === entity ? [at] : []))));
  const all = together.map((group, at) => writer.togetherFunction(group, at));
  const records = layout.entities.map((entity, at) => writer.recordFunction(entity, at));
  const values = layout.program.values.map((id, at) => writer.valueFunction(id, at));
  const list = (of: readonly unknown[], letter: string): string => of.map((_, at) => `${letter}${String(at)}`).join(', ');
  return { code: ["'use strict';", ...kept, ...decided, ...all, ...records, ...values, `return { alone: [${list(decisions, 'd')}], together: [${list(together, 'a')}], records: [${list(records, 'w')}], values: [${list(values, 'x')}] };`].join('\n'), tables: writer.tables, calls: writer.calls, together };
}

export class Writer {
  readonly tables: Float64Array[] = [];
  readonly calls: CompiledCall[] = [];
  readonly layout: Layout;

  constructor(layout: Layout) {
    this.layout = layout;
  }

  node(id: NodeId): Node {
    const node = this.layout.program.nodes[id];
    if (!node) throw new RangeError(`there is no node ${String(id)}`);
    return node;
  }

  /** One decision by itself. */
  decisionFunction(decision: Decision, at: number): string {
    const body = new Body('p', this.usesOf(rootsOf(decision)));
    this.#decide(body, decision, (code) => `return ${code};`);
    const lines = [`function d${String(at)}(F, p) {`, ...this.#heads(), ...body.lines, '}'];
    const slot = this.layout.keptDecisions.get(decision.service);
    return [...lines, ...(slot ? kept(`e${String(at)}`, slot, this.layout, [`r = d${String(at)}(F, p);`]) : [])].join('\n');
  }

  /** Decisions in groups of which each fits one function. */
  grouped(decisions: readonly number[]): readonly (readonly number[])[] {
    const groups: number[][] = [];
    let size = LARGEST_FUNCTION;
    for (const at of decisions) {
      const decision = this.layout.program.decisions[at];
      const own = decision ? this.usesOf(rootsOf(decision)).size : 0;
      if (size + own > LARGEST_FUNCTION) groups.push([]);
      size = size + own > LARGEST_FUNCTION ? own : size + own;
      groups.at(-1)?.push(at);
    }
    return groups;
  }

  /** Several decisions about one thing: what they share is computed once, and each leaves its code in its place. */
  togetherFunction(group: readonly number[], at: number): string {
    const decisions = group.flatMap((one) => this.layout.program.decisions[one] ?? []);
    const body = new Body('p', this.usesOf(decisions.flatMap(rootsOf)));
    decisions.forEach((decision, index) => {
      const cell = `C[${String(index)} + o]`;
      for (const root of rootsOf(decision)) this.hoist(body, root);
      body.block(`x${String(index)}:`, () => this.#decide(body, decision, (code) => `{ ${cell} = ${code}; break x${String(index)}; }`));
      body.decided.set(decision.service, cell);
    });
    return [`function a${String(at)}(F, p, C, o) {`, ...this.#heads(), ...body.lines, '}'].join('\n');
  }

  /** The value of every node about one kind of thing, in its place by node id. */
  recordFunction(entity: string, at: number): string {
    const ids = this.layout.program.nodes.filter((node) => node.entity === entity && node.op !== 'constant').map((node) => node.id);
    const body = new Body('p', new Map());
    for (const id of ids) body.lines.push(`V[${String(id)}] = ${this.emit(body, id)};`);
    return [`function w${String(at)}(F, p, V) {`, ...this.#heads(), ...body.lines, '}'].join('\n');
  }

  /** The value of one expression for the thing at a place. */
  valueFunction(id: NodeId, at: number): string {
    const body = new Body('p', this.usesOf([id]));
    const value = this.emit(body, id);
    return [`function x${String(at)}(F, p) {`, ...this.#heads(), ...body.lines, `return ${value};`, '}'].join('\n');
  }

  #decide(body: Body, { clauses, amount }: Decision, leave: (code: string) => string): void {
    body.lines.push('let open = 0;');
    clauses.forEach(({ node }, clause) => {
      const value = this.emit(body, node);
      body.lines.push(`if (${falseTest(this.node(node), value)}) ${leave(String(noCode(clause)))}`);
      if (this.node(node).unknowable) body.lines.push(`if (${value} === 2 && open === 0) open = ${String(unknownCode(clauses.length, clause))};`);
    });
    body.lines.push(`if (open !== 0) ${leave('open')}`);
    const value = amount === undefined ? '0' : this.emit(body, amount);
    const open = amount !== undefined && this.node(amount).unknowable;
    body.lines.push(leave(open ? `${value} !== ${value} ? ${String(unknownCode(clauses.length, clauses.length))} : ${value} + 0` : `${value} + 0`));
  }

  /** The rows of every entity under names of their own, so that a cell is one load. */
  #heads(): readonly string[] {
    return [`const ${this.layout.entities.map((_, entity) => `R${String(entity)} = F.rows[${String(entity)}]`).join(', ')};`];
  }

  nodeFunction(id: NodeId): string {
    const node = this.node(id);
    const slot = this.layout.keptNodes.get(id);
    if (!slot) throw new RangeError(`node ${String(id)} is not kept`);
    return kept(`n${String(id)}`, slot, this.layout, [...this.#heads(), ...this.#keptBody(node)]).join('\n');
  }

  #keptBody(node: Node): readonly string[] {
    if (node.op === 'fold') return emitFold(this, node);
    if (node.op === 'covered-months' || node.op === 'longest-gap') return emitSpells(this, node);
    const body = new Body('p', this.usesOf([node.id]));
    const value = this.emit(body, node.id, node.id);
    return [...body.lines, `r = ${value};`];
  }

  /** The name or literal of a node at the place of the body; writes what it needs first. `own` is the kept node whose function this is. */
  emit(body: Body, id: NodeId, own?: NodeId): string {
    const node = this.node(id);
    if (node.op === 'constant') return literal(node.value, this.layout);
    const found = body.nameOf(id);
    if (found !== undefined) return found;
    return this.layout.keptNodes.has(id) && own !== id ? body.declare(id, `n${String(id)}(F, ${body.place})`) : emitValue(this, body, node);
  }

  /** Names what several operators below share, so that no block inside has to say it again. */
  hoist(body: Body, id: NodeId): void {
    if (body.hoisted.has(id)) return;
    body.hoisted.add(id);
    if ((body.uses.get(id) ?? 0) > 1) this.emit(body, id);
    else for (const child of this.#localChildren(id)) this.hoist(body, child);
  }

  /** Operators over the same thing that the function of a node writes out itself. */
  #localChildren(id: NodeId, own?: NodeId): readonly NodeId[] {
    const node = this.node(id);
    return node.op === 'through' || node.op === 'fold' || (this.layout.keptNodes.has(id) && own !== id) ? [] : childrenOf(node);
  }

  /** How many operators use each node that the functions of some roots write out. */
  usesOf(roots: readonly NodeId[]): ReadonlyMap<NodeId, number> {
    const uses = new Map<NodeId, number>();
    const visit = (id: NodeId, own?: NodeId): void => {
      const before = uses.get(id) ?? 0;
      uses.set(id, before + 1);
      if (before === 0) for (const child of this.#localChildren(id, own)) visit(child);
    };
    for (const root of roots) visit(root, root);
    return uses;
  }

  /** The cell of a fact of the thing at a place. */
  cell(place: string, fact: string): string {
    const slot = this.layout.facts.get(fact);
    if (!slot) throw new RangeError(`${fact} has no slot`);
    return this.#rowCell(slot, place);
  }

  #rowCell({ entity, at }: Slot, place: string): string {
    return `R${String(entity)}[${place} * ${String(this.layout.widths[entity])} + ${String(at)}]`;
  }

  single(place: string, link: string): string {
    const slot = this.layout.singles.get(link);
    if (!slot) throw new RangeError(`${link} has no slot`);
    return this.#rowCell(slot, place);
  }

  /** The verdict of an asked decision as a truth value. */
  asked({ decided, place }: Body, service: string): string {
    const at = this.layout.program.decisions.findIndex((decision) => decision.service === service);
    const clauses = this.layout.program.decisions[at]?.clauses.length ?? 0;
    return `H.truth(${decided.get(service) ?? `e${String(at)}(F, ${place})`}, ${String(clauses)})`;
  }
}

function rootsOf({ clauses, amount }: Decision): readonly NodeId[] {
  return [...clauses.map((clause) => clause.node), ...(amount === undefined ? [] : [amount])];
}

/** What a decision function gives: an amount or 0, or below 0 the number of a clause that is false or unknown. */
export const noCode = (clause: number): number => -1 - clause;
export const unknownCode = (clauses: number, clause: number): number => -1 - clauses - clause;

/** A function that keeps its result for each thing; minus infinity is not yet. */
function kept(name: string, slot: Slot, layout: Layout, body: readonly string[]): readonly string[] {
  const cell = `K[p * ${String(layout.keptWidths[slot.entity])} + ${String(slot.at)}]`;
  return [`function ${name}(F, p) {`, `const K = F.kept[${String(slot.entity)}];`, `let r = ${cell};`, 'if (r !== -Infinity) return r;', ...body, `${cell} = r;`, 'return r;', '}'];
}
