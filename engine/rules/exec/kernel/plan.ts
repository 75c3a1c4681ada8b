import { childrenOf } from '../../op.ts';
import type { Decision, Node, NodeId, Program } from '../../program.ts';
import { decisionOf, farChildren, farLink, lost, nodeOf, rootsOf } from './context.ts';
import type { Layout } from './layout.ts';

/**
 * When each node can be worked out.
 *
 * A **pass** goes over everybody; a value that a far link reads must have been put down by an earlier pass. Inside a
 * pass a **level** goes over the members of each household; a fold over the household stands one level above what
 * it folds.
 */
export interface Plan {
  readonly passes: number;
  readonly passOf: (id: NodeId) => number;
  readonly levelOf: (id: NodeId) => number;
  readonly decisionPass: (decision: Decision) => number;
  readonly decisionLevel: (decision: Decision) => number;
  /** The nodes that are put down in full, since a far link reads them. Facts are there already. */
  readonly spilled: ReadonlySet<NodeId>;
}

export function planOf(program: Program, layout: Layout): Plan {
  const pass: number[] = [];
  const level: number[] = [];
  const spilled = new Set<NodeId>();
  const at = (list: readonly number[], id: NodeId): number => list[id] ?? lost(id);
  const most = (list: readonly number[], ids: readonly NodeId[]): number => Math.max(0, ...ids.map((id) => at(list, id)));
  for (const node of program.nodes) {
    const far = farLink({ layout }, node) === undefined ? [] : farChildren(node);
    const spills = far.filter((id) => isSpilled(nodeOf({ program }, id)));
    spills.forEach((id) => spilled.add(id));
    const near = node.op === 'entitled' ? rootsOf(decisionOf(program, node.service)) : childrenOf<NodeId>(node).filter((id) => !far.includes(id));
    pass.push(Math.max(most(pass, near), spills.length > 0 ? most(pass, spills) + 1 : 0));
    level.push(most(level, near) + (node.op === 'fold' && node.link === layout.primary ? 1 : 0));
  }
  const decisionPass = (decision: Decision): number => most(pass, rootsOf(decision));
  return {
    passes: 1 + Math.max(0, ...program.decisions.map(decisionPass)),
    passOf: (id) => at(pass, id),
    levelOf: (id) => at(level, id),
    decisionPass,
    decisionLevel: (decision) => most(level, rootsOf(decision)),
    spilled,
  };
}

/** Facts have their column, and what is the same for all needs none, to be read from afar. */
export function isSpilled(node: Node): boolean {
  return node.entity !== undefined && node.op !== 'fact';
}
