import type { Decision, Node, NodeId, Program } from '../program.ts';
import type { Link } from '../schema.ts';

/** Where a value of a thing stands: the entity, by number, and the place in that entity's row. */
export interface Slot {
  readonly entity: number;
  readonly at: number;
}

/**
 * How a frame holds what a program reads: one row of doubles per thing, one table per entity. Generated code knows
 * only these numbers, never a name.
 */
export interface Layout {
  readonly program: Program;
  /** Entity ids in the order of the schema; the other lists go by the same number. */
  readonly entities: readonly string[];
  readonly widths: readonly number[];
  readonly facts: ReadonlyMap<string, Slot>;
  /** The links that `through` follows: the place they lead to, -1 for nowhere. */
  readonly singles: ReadonlyMap<string, Slot>;
  /** The links that are folded, in the order of the schema. */
  readonly lists: readonly Link[];
  /** Results that are kept once known: folds, what other things ask for, decisions that are asked. */
  readonly keptNodes: ReadonlyMap<NodeId, Slot>;
  readonly keptDecisions: ReadonlyMap<string, Slot>;
  readonly keptWidths: readonly number[];
  /** The texts of the rules by number; only whether they are the same is ever asked. */
  readonly texts: ReadonlyMap<string, number>;
}

export function layoutOf(program: Program): Layout {
  const { schema, nodes, decisions } = program;
  const entities = [...schema.entities.keys()];
  const rows = new Rows(entities);
  const facts = new Map(program.facts.map((id) => [id, rows.next(schema.facts.get(id)?.entity)]));
  const followed = new Set(nodes.flatMap((node) => (node.op === 'through' ? [node.link] : [])));
  const folded = new Set(nodes.flatMap((node) => ('link' in node && node.op !== 'through' ? [node.link] : [])));
  const singles = new Map([...followed].map((id) => [id, rows.next(schema.links.get(id)?.from)]));
  const kept = new Rows(entities);
  const asked = new Set(nodes.flatMap((node) => (node.op === 'entitled' ? [node.service] : [])));
  return {
    program, entities, widths: rows.widths, facts, singles,
    lists: [...schema.links.values()].filter((link) => folded.has(link.id)),
    keptNodes: new Map(keptNodes(nodes).map((id) => [id, kept.next(nodes[id]?.entity)])),
    keptDecisions: new Map(decisions.filter((decision) => asked.has(decision.service)).map((decision: Decision) => [decision.service, kept.next(decision.subject)])),
    keptWidths: kept.widths,
    texts: new Map([...new Set(nodes.flatMap(textsOf))].map((text, at) => [text, at])),
  };
}

/** What a fold or a link leads to is computed once for each thing, however many ask. Plain facts need no keeping. */
function keptNodes(nodes: readonly Node[]): readonly NodeId[] {
  const kept = new Set<NodeId>();
  for (const node of nodes) {
    if (node.op === 'fold' || node.op === 'covered-months' || node.op === 'longest-gap') kept.add(node.id);
    const inner = node.op === 'through' ? nodes[node.of] : undefined;
    if (inner && inner.op !== 'fact' && inner.op !== 'constant' && inner.entity !== undefined) kept.add(inner.id);
  }
  return [...kept];
}

function textsOf(node: Node): readonly string[] {
  const values = node.op === 'constant' ? [node.value] : node.op === 'one-of' ? node.values : [];
  return values.filter((value) => typeof value === 'string');
}

class Rows {
  readonly widths: number[];
  readonly #entities: readonly string[];

  constructor(entities: readonly string[]) {
    this.#entities = entities;
    this.widths = entities.map(() => 0);
  }

  next(id: string | undefined): Slot {
    const entity = this.#entities.indexOf(id ?? '');
    const at = this.widths[entity];
    if (at === undefined) throw new RangeError(`there is no entity ${String(id)}`);
    this.widths[entity] = at + 1;
    return { entity, at };
  }
}
