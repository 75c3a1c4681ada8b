import { infer, isProblem } from '../../infer.ts';
import { linkKnown } from '../../expr.ts';
import { childrenOf, mapChildren } from '../../op.ts';
import type { Constant } from '../../op.ts';
import type { Decision, Node, NodeId, Program } from '../../program.ts';
import type { Known, Type } from '../../type.ts';
import { LANE, laneOf } from './lane.ts';
import type { Lane } from './lane.ts';
import type { Layout } from './layout.ts';

/** What is known of each node over one population: its columns may have no gaps where the schema allows some. */
export interface Context {
  readonly program: Program;
  readonly layout: Layout;
  /** Whether the rows at hand are members of a group of the primary grouping; the people in none run apart. */
  readonly grouped: boolean;
  readonly known: readonly Known[];
  /** The same for any row, in a group or not: what holds where a far link leads. */
  readonly anywhere: readonly Known[];
}

export function contextOf(program: Program, layout: Layout, grouped: boolean): Context {
  const anywhere: Known[] = [];
  for (const node of program.nodes) anywhere.push(knownOf(program, layout, false, node, anywhere, anywhere));
  const known: Known[] = [];
  for (const node of program.nodes) known.push(knownOf(program, layout, grouped, node, known, anywhere));
  return { program, layout, grouped, known, anywhere };
}

function knownOf(program: Program, layout: Layout, grouped: boolean, node: Node, near: readonly Known[], anywhere: readonly Known[]): Known {
  const far = farLink({ layout }, node) === undefined ? [] : farChildren(node);
  const of = (id: NodeId): Known => (far.includes(id) ? anywhere : near)[id] ?? lost(id);
  if (node.op === 'entitled') {
    const decision = decisionOf(program, node.service);
    return { type: node.type, nonable: false, unknowable: rootsOf(decision).some((id) => of(id).unknowable) };
  }
  const inferred = infer(mapChildren(node, of), node.type, {
    fact: (fact) => {
      const column = layout.columns.get(fact);
      return { type: node.type, unknowable: column?.unknown ?? true, nonable: column?.none ?? false };
    },
    linkKnown: (link) => (link === layout.primary ? { unknowable: false, nonable: !grouped } : { ...linkKnown(program.schema.links.get(link)), unknowable: layout.unknownLinks.has(link) }),
  });
  if (isProblem(inferred)) throw new Error(`a program that was built does not type: ${inferred.kind} at ${node.op}`);
  return inferred;
}

/** The nodes that a decision reads itself: its clauses in textual order, then its amount. */
export function rootsOf({ clauses, amount }: Decision): readonly NodeId[] {
  return [...clauses.map((clause) => clause.node), ...(amount === undefined ? [] : [amount])];
}

export function decisionOf(program: Program, service: string): Decision {
  return program.decisions.find((decision) => decision.service === service) ?? lost(service);
}

export function nodeOf({ program }: Pick<Context, 'program'>, id: NodeId): Node {
  return program.nodes[id] ?? lost(id);
}

export function knownAt({ known }: Context, id: NodeId): Known {
  return known[id] ?? lost(id);
}

/** The lane in which generated code holds a value of a type: truth values small, everything else whole words or doubles. */
export function workingLane(program: Program, type: Type): Lane {
  const narrow = laneOf(type, type.kind === 'code' ? program.schema.codeLists.get(type.list)?.codes.length : 0) ?? 'int32';
  return type.kind === 'boolean' ? 'int8' : LANE[narrow].bytes < 4 ? 'int32' : narrow;
}

/** A constant as a number in code; texts, of which rules only ask whether they are the same, by their first place in the program. */
export function numberOf({ program }: Pick<Context, 'program'>, value: Constant): number {
  if (typeof value !== 'string') return Number(value);
  const texts = program.nodes.flatMap((node) => (node.op === 'constant' ? [node.value] : node.op === 'one-of' ? node.values : []));
  return texts.indexOf(value);
}

/** A link that is followed to any row, not to a neighbour: everything but the primary grouping. */
export function farLink({ layout }: Pick<Context, 'layout'>, node: Node): string | undefined {
  return 'link' in node && node.link !== layout.primary ? node.link : undefined;
}

/** The children of a node that are read where a far link leads; the others are of the row at hand. */
export function farChildren(node: Node): readonly NodeId[] {
  if (node.op === 'covered-months' || node.op === 'longest-gap') return node.where === undefined ? [] : [node.where];
  return childrenOf<NodeId>(node);
}

export function lost(what: string | number): never {
  throw new Error(`the kernel lost ${String(what)}`);
}
