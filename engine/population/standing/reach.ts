import { childrenOf } from '#engine/rules/index.ts';
import type { Decision, LinkColumns, Node, NodeId, Program, Schema } from '#engine/rules/index.ts';
import { groupAt } from '../snapshot/index.ts';

/** One step from a thing to others: from a member to its group, from a group to its members, along a relation, to spells. */
export interface Step {
  readonly link: string;
  readonly way: 'group' | 'members' | 'related' | 'spells';
}

/** A fact that an answer may rest on, and how one gets from the subject of the service to the things it is read of. */
export interface Reach {
  readonly path: readonly Step[];
  readonly fact: string;
}

/**
 * Everything the answer about each service may rest on: what its clauses and its amount read, through definitions,
 * other people and the services it asks. Which of it an answer did turn on is a matter of the single person.
 */
export function restsOn(program: Program): ReadonlyMap<string, readonly Reach[]> {
  const byService = new Map(program.decisions.map((decision) => [decision.service, decision]));
  const done = new Map<string, readonly Reach[]>();
  const visited = (decision: Decision): readonly Reach[] => {
    const known = done.get(decision.service);
    if (known) return known;
    const found = new Map<string, Reach>();
    const seen = new Set<string>();
    const visit = (id: NodeId, path: readonly Step[]): void => {
      const node = program.nodes[id];
      const key = `${id} ${keyOf(path)}`;
      if (!node || seen.has(key)) return;
      seen.add(key);
      const put = (fact: string, at: readonly Step[]): void => { found.set(`${keyOf(at)} ${fact}`, { path: at, fact }); };
      if (node.op === 'fact') put(node.fact, path);
      if (node.op === 'entitled') {
        const asked = byService.get(node.service);
        if (asked) for (const one of visited(asked)) put(one.fact, [...path, ...one.path]);
      }
      walk(program.schema, node, path, visit, put);
    };
    for (const { node } of decision.clauses) visit(node, []);
    if (decision.amount !== undefined) visit(decision.amount, []);
    const reaches = [...found.values()];
    done.set(decision.service, reaches);
    return reaches;
  };
  return new Map(program.decisions.map((decision) => [decision.service, visited(decision)]));
}

const keyOf = (path: readonly Step[]): string => path.map(({ link, way }) => `${link}/${way}`).join(' ');

/** Goes on to the children of a node, each from the thing it is about. */
function walk(schema: Schema, node: Node, path: readonly Step[], visit: (id: NodeId, path: readonly Step[]) => void, put: (fact: string, path: readonly Step[]) => void): void {
  switch (node.op) {
    case 'through': visit(node.of, [...path, stepOf(schema, node.link, false)]); return;
    case 'fold': for (const child of childrenOf(node)) visit(child, [...path, stepOf(schema, node.link, true)]); return;
    case 'covered-months': case 'longest-gap': {
      const spells = [...path, stepOf(schema, node.link, true)];
      put(`${node.link}.from`, spells);
      put(`${node.link}.until`, spells);
      if (node.where !== undefined) visit(node.where, spells);
      visit(node.from, path);
      visit(node.to, path);
      return;
    }
    default: for (const child of childrenOf(node)) visit(child, path);
  }
}

function stepOf(schema: Schema, link: string, many: boolean): Step {
  const kind = schema.links.get(link)?.kind;
  switch (kind) {
    case 'grouping': return { link, way: many ? 'members' : 'group' };
    case 'relation': return { link, way: 'related' };
    case 'spells': return { link, way: 'spells' };
    case undefined: throw new RangeError(`a program walks along ${link}, which is no link`);
    default: return kind satisfies never;
  }
}

/** Calls `each` with every row that a path leads to. */
export type Walker = (row: number, each: (row: number) => void) => void;

/** A path over the links of a snapshot; rows of the primary grouping lie group after group. */
export function walkerOf(links: ReadonlyMap<string, LinkColumns>, path: readonly Step[]): Walker {
  const [first, ...rest] = path;
  if (!first) return (row, each) => { each(row); };
  const columns = links.get(first.link);
  const step = columns ? stepper(columns, first.way) : (): void => { /* A link that nobody told leads nowhere. */ };
  if (rest.length === 0) return step;
  const onward = walkerOf(links, rest);
  return (row, each) => { step(row, (next) => { onward(next, each); }); };
}

function stepper({ starts, targets, group }: LinkColumns, way: Step['way']): Walker {
  if (way === 'group') {
    return group ? (row, each) => { const to = group[row] ?? -1; if (to >= 0) each(to); } : (row, each) => { const to = groupAt(starts, row); if (to !== undefined) each(to); };
  }
  return (row, each) => { for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at++) each(targets ? (targets[at] ?? 0) : at); };
}
