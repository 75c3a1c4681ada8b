import { childrenOf } from '../../op.ts';
import type { OpName } from '../../op.ts';
import type { Node, NodeId } from '../../program.ts';
import type { Known } from '../../type.ts';
import { Block } from './block.ts';
import { unknownMark } from './block.ts';
import type { Holding, Val } from './block.ts';
import { decisionOf, farChildren, farLink, knownAt, lost, nodeOf, rootsOf, workingLane } from './context.ts';
import type { Context } from './context.ts';
import { LANE } from './lane.ts';
import type { Lane } from './lane.ts';
import type { Slot } from './layout.ts';
import type { Slots } from './slots.ts';
import { isSpilled } from './plan.ts';
import type { Plan } from './plan.ts';
import { emitNode } from './operator.ts';

/** About how many operations an operator takes; one that is not here jumps, loops, divides or calls. */
const COST: Readonly<Partial<Record<OpName, number>>> = {
  fact: 1, compare: 2, 'one-of': 4, not: 1, and: 1, or: 1, has: 2, add: 1, subtract: 1, multiply: 1, negate: 1, absolute: 1, rescale: 1, lookup: 2, 'years-between': 4, 'month-start': 2, through: 0,
};
const CHEAP = 24;
/** Where it is certain, worked out again sooner than kept. */
const FREE: ReadonlySet<OpName> = new Set(['compare', 'not', 'has']);

/** Where a value can be worked out at the earliest: once for all, once for a household, once for each row. */
type Home = 'all' | 'group' | 'row';

/**
 * Writes one loop: over the rows of an entity, or over households and inside each over its members.
 *
 * A value stands where its inputs allow: what is the same for a household is worked out once for it. What several
 * decisions read and is not cheap stands before them; the rest stands where it is needed, behind the tests that
 * make it needless.
 */
export class Emitter {
  readonly context: Context;
  readonly plan: Plan;
  /** The entity of the innermost rows; `i` is the row. */
  readonly entity: string;
  /** The entity of the enclosing groups, whose row is `g`; undefined in a plain loop. */
  readonly group: string | undefined;
  readonly all = new Block();
  readonly perGroup: Block;
  readonly perRow: Block;
  readonly used = new Set<number>();
  readonly #slots: Slots;
  readonly #homes = new Map<NodeId, Home>();
  readonly #uses = new Map<NodeId, number>();
  #fresh = 0;

  constructor(context: Context, plan: Plan, slots: Slots, entity: string, group: string | undefined) {
    this.context = context;
    this.plan = plan;
    this.entity = entity;
    this.group = group;
    this.#slots = slots;
    this.perGroup = new Block(this.all);
    this.perRow = new Block(this.perGroup);
  }

  /** The code of one entry of an array. */
  cell(slot: Slot, index: string): string {
    return this.#slots.cell(this.#use(slot), index);
  }

  /** The name of a far array, for functions that read it themselves. */
  far(slot: Slot): string {
    return `c${this.#use(slot)}`;
  }

  #use(slot: Slot): number {
    const number = this.#slots.number(slot);
    this.used.add(number);
    return number;
  }

  fresh(prefix: string): string {
    this.#fresh += 1;
    return `${prefix}${this.#fresh}`;
  }

  node(id: NodeId): Node {
    return nodeOf(this.context, id);
  }

  known(id: NodeId): Known {
    return knownAt(this.context, id);
  }

  lane(id: NodeId): Lane {
    return workingLane(this.context.program, this.known(id).type);
  }

  /** What is known of a node where a far link leads, and the lane in which it is put down for that. */
  anywhere(id: NodeId): Known & { readonly lane: Lane } {
    const known = this.context.anywhere[id] ?? lost(id);
    return { ...known, lane: workingLane(this.context.program, known.type) };
  }

  /** The variable that counts the rows of an entity in this loop. */
  row(entity: string | undefined): string {
    return entity === this.entity ? 'i' : entity === this.group ? 'g' : lost(`the rows of ${entity}`);
  }

  /** Counts how often each value under these roots is asked for, so that what is shared is worked out once. */
  count(roots: readonly NodeId[]): void {
    for (const id of roots) {
      const uses = (this.#uses.get(id) ?? 0) + 1;
      this.#uses.set(id, uses);
      if (uses === 1) this.count(this.#near(this.node(id)));
    }
  }

  /** The value of a node, written where it belongs unless it is in sight already. */
  emit(id: NodeId, block: Block): Val {
    const key = `n${id}`;
    const home = this.#home(id);
    const target = home === 'all' ? this.all : home === 'group' ? this.perGroup : this.#isShared(id) ? this.perRow : block;
    return target.find(key) ?? block.find(key) ?? target.keep(key, emitNode(this, this.node(id), target));
  }

  /** Names a piece of code, so that it is worked out once. */
  bind(block: Block, code: string, as: Omit<Val, 'code'>): Val {
    const name = this.fresh('v');
    block.add(`const ${name} = ${code};`);
    return { ...as, code: name };
  }

  /** How the value of a node is held, and which marks it may have. */
  shape(id: NodeId, lane: Holding = this.#holding(id)): Omit<Val, 'code'> {
    const { unknowable, nonable } = this.known(id);
    return { lane, unknown: unknowable, none: nonable };
  }

  constant(value: number, lane: Lane): Val {
    return { code: String(value), lane, unknown: value === LANE[lane].unknown, none: value === LANE[lane].none };
  }

  unknownOf(lane: Holding): string {
    return unknownMark(lane);
  }

  /** Whether a value costs less to work out than a jump around it that guesses wrong. */
  isCheap(id: NodeId): boolean {
    return this.#cost(id, 0) <= CHEAP;
  }

  #cost(id: NodeId, sofar: number): number {
    const node = this.node(id);
    if (sofar > CHEAP || node.op === 'constant' || this.#home(id) !== 'row' || this.#isShared(id)) return sofar;
    const own = COST[node.op];
    if (own === undefined || farLink(this.context, node) !== undefined) return CHEAP + 1;
    return this.#near(node).reduce((sum, child) => this.#cost(child, sum), sofar + own);
  }

  #holding(id: NodeId): Holding {
    const { type, unknowable, nonable } = this.known(id);
    return type.kind !== 'boolean' || nonable ? this.lane(id) : unknowable ? 'tri' : 'bit';
  }

  /** What a node reads at the row at hand; `entitled` reads the clauses of the decision it asks. */
  #near(node: Node): readonly NodeId[] {
    if (node.op === 'entitled') return rootsOf(decisionOf(this.context.program, node.service));
    if (node.op === 'fold' && farLink(this.context, node) === undefined) return [];
    const far = farLink(this.context, node) === undefined ? [] : farChildren(node);
    return childrenOf<NodeId>(node).filter((id) => !far.includes(id) || !isSpilled(this.node(id)));
  }

  #home(id: NodeId): Home {
    const known = this.#homes.get(id);
    if (known !== undefined) return known;
    const home = this.#homeOf(this.node(id));
    this.#homes.set(id, home);
    return home;
  }

  #homeOf(node: Node): Home {
    if (node.op === 'through' && farLink(this.context, node) === undefined) return this.context.grouped ? 'group' : 'all';
    const own = node.op === 'fact' || node.op === 'fold' || farLink(this.context, node) !== undefined;
    const homes = this.#near(node).filter((id) => !own || !farChildren(node).includes(id)).map((id) => this.#home(id));
    if (own) homes.push(node.entity === this.entity ? 'row' : 'group');
    return homes.includes('row') ? 'row' : homes.includes('group') ? 'group' : 'all';
  }

  /** Asked for more than once, and dearer than to work it out again: a comparison is not. */
  #isShared(id: NodeId): boolean {
    const node = this.node(id);
    return (this.#uses.get(id) ?? 0) > 1 && !(FREE.has(node.op) && !this.known(id).unknowable);
  }
}
