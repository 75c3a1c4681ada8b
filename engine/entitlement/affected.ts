import { asked, buildProgram, mapChildren } from '#engine/rules/index.ts';
import type { Decision, Node, NodeId, Program, Rule, RuleBook } from '#engine/rules/index.ts';

/**
 * The services that two programs of one day decide differently: themselves, or because they ask one that does. A
 * service that only one of them has is among them.
 */
export function affectedServices(before: Program, after: Program): ReadonlySet<string> {
  const classes = new Map<string, number>();
  const [was, is] = [new Classes(before, classes), new Classes(after, classes)];
  const services = new Set([...before.decisions, ...after.decisions].map(({ service }) => service));
  return new Set([...services].filter((service) => was.decision(service) !== is.decision(service)));
}

/** A program of the rules of some services and of those they ask, on a day. */
export function programFor(book: RuleBook, on: number, services: ReadonlySet<string>): Program {
  const rules = new Map(book.rulesAt(on).map((rule) => [rule.service, rule]));
  const needed = new Map<string, Rule>();
  const open = [...services];
  for (let service = open.pop(); service !== undefined; service = open.pop()) {
    const rule = rules.get(service);
    if (!rule || needed.has(service)) continue;
    needed.set(service, rule);
    open.push(...asked(rule));
  }
  return buildProgram(book.vocabulary.schema, on, [...needed.values()]);
}

/** What nodes and decisions are, as numbers that are the same in both programs where the nodes are. */
class Classes {
  readonly #program: Program;
  readonly #classes: Map<string, number>;
  readonly #nodes = new Map<NodeId, number>();
  readonly #decisions = new Map<string, number | undefined>();
  readonly #byService: ReadonlyMap<string, Decision>;

  constructor(program: Program, classes: Map<string, number>) {
    this.#program = program;
    this.#classes = classes;
    this.#byService = new Map(program.decisions.map((decision) => [decision.service, decision]));
  }

  /** Undefined where the program does not decide the service. */
  decision(service: string): number | undefined {
    const decision = this.#byService.get(service);
    if (!decision) return undefined;
    const known = this.#decisions.get(service);
    if (known !== undefined) return known;
    const { subject, clauses, amount } = decision;
    const found = this.#classOf(JSON.stringify([subject, clauses.map(({ id, node }) => [id, this.#node(node)]), amount === undefined ? null : this.#node(amount)]));
    this.#decisions.set(service, found);
    return found;
  }

  #node(id: NodeId): number {
    const known = this.#nodes.get(id);
    if (known !== undefined) return known;
    const node = this.#program.nodes[id];
    if (!node) throw new RangeError(`a program without its node ${id}`);
    const found = this.#classOf(this.#text(node));
    this.#nodes.set(id, found);
    return found;
  }

  /** The operator with the classes of its children; of a decision it asks, that decision's. */
  #text(node: Node): string {
    const { id: _, stratum: __, ...rest } = { ...node, ...mapChildren<NodeId, number>(node, (child) => this.#node(child)) };
    return JSON.stringify([rest, node.op === 'entitled' ? this.decision(node.service) : 0], (___, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
  }

  #classOf(text: string): number {
    const found = this.#classes.get(text) ?? this.#classes.size;
    this.#classes.set(text, found);
    return found;
  }
}
