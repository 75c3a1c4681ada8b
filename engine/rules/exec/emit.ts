import { childrenOf } from '../op.ts';
import type { Decision, Node, NodeId } from '../program.ts';
import { emitValue, isNone, isUnknown, literal, stateOf } from './emit-value.ts';
import type { Layout, Slot } from './layout.ts';

/*
 * A program as JavaScript: one function for each decision and for each kept node, straight-line, with early returns.
 * The text holds node ids, slots and digits of constants only; no name, code or text of a pack gets into it.
 */

/** Tables that generated code looks into, by number. */
export interface Emitted {
  readonly code: string;
  readonly tables: readonly Float64Array[];
}

export function emit(layout: Layout): Emitted {
  const writer = new Writer(layout);
  const kept = [...layout.keptNodes.keys()].map((id) => writer.nodeFunction(id));
  const decided = layout.program.decisions.map((decision, at) => writer.decisionFunction(decision, at));
  const list = layout.program.decisions.map((_, at) => `d${String(at)}`).join(', ');
  return { code: ["'use strict';", ...kept, ...decided, `return [${list}];`].join('\n'), tables: writer.tables };
}

/** One function under way: lines so far, and which nodes have a name where the next line will stand. */
export class Body {
  readonly lines: string[] = [];
  readonly place: string;
  /** How many operators of this function use each node at this place. */
  readonly uses: ReadonlyMap<NodeId, number>;
  readonly hoisted = new Set<NodeId>();
  readonly #names: Map<NodeId, string>[] = [new Map()];

  constructor(place: string, uses: ReadonlyMap<NodeId, number>) {
    this.place = place;
    this.uses = uses;
  }

  nameOf(id: NodeId): string | undefined {
    return this.#names.findLast((names) => names.has(id))?.get(id);
  }

  declare(id: NodeId, value: string): string {
    const name = `v${String(id)}`;
    this.lines.push(`const ${name} = ${value};`);
    this.#names.at(-1)?.set(id, name);
    return name;
  }

  /** A variable that statements will set. */
  open(id: NodeId, value: string): string {
    const name = `v${String(id)}`;
    this.lines.push(`let ${name} = ${value};`);
    this.#names.at(-1)?.set(id, name);
    return name;
  }

  /** Lines in a block of their own: what is named inside is not known after it. */
  block(head: string, inside: () => void): void {
    this.lines.push(`${head} {`);
    this.#names.push(new Map());
    inside();
    this.#names.pop();
    this.lines.push('}');
  }
}

export class Writer {
  readonly tables: Float64Array[] = [];
  readonly layout: Layout;

  constructor(layout: Layout) {
    this.layout = layout;
  }

  node(id: NodeId): Node {
    const node = this.layout.program.nodes[id];
    if (!node) throw new RangeError(`there is no node ${String(id)}`);
    return node;
  }

  decisionFunction({ service, clauses, amount }: Decision, at: number): string {
    const body = new Body('p', this.#usesOf([...clauses.map((clause) => clause.node), ...(amount === undefined ? [] : [amount])]));
    body.lines.push('let open = 0;');
    clauses.forEach(({ node }, clause) => {
      const value = this.emit(body, node);
      body.lines.push(`if (${falseTest(this.node(node), value)}) return ${String(noCode(clause))};`);
      if (this.node(node).unknowable) body.lines.push(`if (${value} === 2 && open === 0) open = ${String(unknownCode(clauses.length, clause))};`);
    });
    body.lines.push('if (open !== 0) return open;');
    const value = amount === undefined ? '0' : this.emit(body, amount);
    body.lines.push(amount !== undefined && this.node(amount).unknowable ? `return ${value} !== ${value} ? ${String(unknownCode(clauses.length, clauses.length))} : ${value} + 0;` : `return ${value} + 0;`);
    const lines = [`function d${String(at)}(F, p) {`, ...body.lines, '}'];
    const slot = this.layout.keptDecisions.get(service);
    return [...lines, ...(slot ? kept(`e${String(at)}`, slot, this.layout, [`r = d${String(at)}(F, p);`]) : [])].join('\n');
  }

  nodeFunction(id: NodeId): string {
    const node = this.node(id);
    const slot = this.layout.keptNodes.get(id);
    if (!slot) throw new RangeError(`node ${String(id)} is not kept`);
    return kept(`n${String(id)}`, slot, this.layout, this.#keptBody(node)).join('\n');
  }

  #keptBody(node: Node): readonly string[] {
    if (node.op === 'fold') return this.#fold(node);
    if (node.op === 'covered-months' || node.op === 'longest-gap') return this.#spells(node);
    const body = new Body('p', this.#usesOf([node.id]));
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

  #usesOf(roots: readonly NodeId[]): ReadonlyMap<NodeId, number> {
    const uses = new Map<NodeId, number>();
    const visit = (id: NodeId, own?: NodeId): void => {
      const before = uses.get(id) ?? 0;
      uses.set(id, before + 1);
      if (before === 0) for (const child of this.#localChildren(id, own)) visit(child);
    };
    for (const root of roots) visit(root, root);
    return uses;
  }

  /** The body of a loop over linked things. `known`: what to do with one whose filter is true. */
  #loop(link: string, where: NodeId | undefined, value: NodeId | undefined, known: (body: Body) => readonly string[]): readonly string[] {
    const list = this.layout.lists.findIndex((one) => one.id === link);
    const grouping = this.layout.lists[list]?.kind === 'grouping';
    const body = new Body('q', this.#usesOf([where, value].filter((id) => id !== undefined)));
    if (where !== undefined) {
      const filter = this.emit(body, where);
      body.lines.push(`if (${falseTest(this.node(where), filter)}) continue;`);
      if (this.node(where).unknowable) body.lines.push(`if (${filter} === 2) { open = 1; continue; }`);
    }
    const inner = known(body);
    return [
      `const S = F.spans[${String(list)}], L = F.linked[${String(list)}];`,
      'const s = S[2 * p], e = S[2 * p + 1];', 'let open = 0;',
      ...(grouping ? [] : ['if (e < 0) open = 1;']),
      'for (let i = s; i < e; i++) {', 'const q = L[i];', ...body.lines, ...inner, '}',
    ];
  }

  #fold({ link, fold, where, value, type }: Extract<Node, { op: 'fold' }>): readonly string[] {
    const states = stateOf(type);
    const [start, settled] = { count: ['0'], sum: ['0'], least: ['Infinity'], greatest: ['-Infinity'], some: ['0', '1'], every: ['1', '0'] }[fold];
    const step = (body: Body): readonly string[] => {
      if (fold === 'count' || value === undefined) return ['a++;'];
      const name = this.emit(body, value);
      const node = this.node(value);
      const tests = [...(node.nonable ? [`if (${isNone(node, name)}) continue;`] : []), ...(node.unknowable ? [`if (${isUnknown(node, name)}) { open = 1; continue; }`] : [])];
      const steps = { count: 'a++;', sum: `a += ${name};`, least: `a = Math.min(a, ${name});`, greatest: `a = Math.max(a, ${name});`, some: '', every: '' };
      return [...tests, settled === undefined ? steps[fold] : `if (${name} === ${settled}) { a = ${settled}; open = 0; break; }`];
    };
    const loop = this.#loop(link, where, fold === 'count' ? undefined : value, step);
    return [`let a = ${String(start)};`, ...loop, `r = open === 1 ? ${states.unknown} : ${fold === 'greatest' ? 'a === -Infinity ? Infinity : a' : 'a'};`];
  }

  #spells({ op, link, where, from, to }: Extract<Node, { op: 'covered-months' | 'longest-gap' }>): readonly string[] {
    const window = new Body('p', this.#usesOf([from, to]));
    const [first, last] = [this.emit(window, from), this.emit(window, to)];
    const step = (): readonly string[] => [
      `const f = ${this.cell('q', `${link}.from`)}, u = ${this.cell('q', `${link}.until`)};`,
      'if (f === Infinity) continue;', 'if (f !== f || u !== u) { open = 1; continue; }', 'if (u < f) continue;',
      'm.push(H.month(f), u === Infinity ? 1e9 : H.month(u));',
    ];
    const loop = this.#loop(link, where, undefined, step);
    const none = [from, to].map((id, at) => (this.node(id).nonable ? `${at === 0 ? first : last} === Infinity` : '')).filter(Boolean);
    return [
      ...window.lines, 'const m = [];', ...loop,
      `r = ${none.length > 0 ? `${none.join(' || ')} ? Infinity : ` : ''}${first} !== ${first} || ${last} !== ${last} || open === 1 ? NaN : H.${op === 'covered-months' ? 'covered' : 'gap'}(m, ${first}, ${last});`,
    ];
  }

  /** The cell of a fact of the thing at a place. */
  cell(place: string, fact: string): string {
    const slot = this.layout.facts.get(fact);
    if (!slot) throw new RangeError(`${fact} has no slot`);
    return cellOf('rows', slot, this.layout.widths, place);
  }

  single(place: string, link: string): string {
    const slot = this.layout.singles.get(link);
    if (!slot) throw new RangeError(`${link} has no slot`);
    return cellOf('rows', slot, this.layout.widths, place);
  }

  /** The verdict of an asked decision as a truth value. */
  asked(place: string, service: string): string {
    const at = this.layout.program.decisions.findIndex((decision) => decision.service === service);
    const clauses = this.layout.program.decisions[at]?.clauses.length ?? 0;
    return `H.truth(e${String(at)}(F, ${place}), ${String(clauses)})`;
  }
}

/** What a decision function gives: an amount or 0, or below 0 the number of a clause that is false or unknown. */
export const noCode = (clause: number): number => -1 - clause;
export const unknownCode = (clauses: number, clause: number): number => -1 - clauses - clause;

function falseTest(node: Node, value: string): string {
  return node.nonable ? `${value} === 0 || ${value} === 3` : `${value} === 0`;
}

function cellOf(of: 'rows' | 'kept', { entity, at }: Slot, widths: readonly number[], place: string): string {
  return `F.${of}[${String(entity)}][${place} * ${String(widths[entity])} + ${String(at)}]`;
}

/** A function that keeps its result for each thing; minus infinity is not yet. */
function kept(name: string, slot: Slot, layout: Layout, body: readonly string[]): readonly string[] {
  const cell = cellOf('kept', slot, layout.keptWidths, 'p');
  return [`function ${name}(F, p) {`, `let r = ${cell};`, 'if (r !== -Infinity) return r;', ...body, `${cell} = r;`, 'return r;', '}'];
}
