import type { Op } from './op.ts';
import type { Schema } from './schema.ts';
import type { Known } from './type.ts';

/** The place of a node in a program. */
export type NodeId = number;

/** An operator of a program: its children are nodes before it. Equal nodes are one node. */
export type Node = Op<NodeId> & Known & {
  readonly id: NodeId;
  readonly entity: string | undefined;
  /**
   * How many barriers lie before it: 0 needs only the thing's own facts; a fold or a `through` over a link stands
   * one above what it folds; `entitled` stands at the stratum of the decision it asks.
   */
  readonly stratum: number;
};

/** One condition of a decision. */
export interface Clause {
  /** Unique in its decision, kebab-case; `scope`, `stacks/<list>` and `amount` are ours. */
  readonly id: string;
  readonly node: NodeId;
}

/** What decides one service: clauses in textual order and, for money, the amount in fen (a number of scale 2). */
export interface Decision {
  readonly service: string;
  /** The entity the decision is about. */
  readonly subject: string;
  readonly clauses: readonly Clause[];
  readonly amount: NodeId | undefined;
  readonly stratum: number;
}

/** Rules ready to run for one day of law: every parameter is looked up, every definition is in its place. */
export interface Program {
  /** The day whose law it is, as yyyymmdd; also what the rules call the day of the facts. */
  readonly lawOn: number;
  readonly schema: Schema;
  /** Children before parents. */
  readonly nodes: readonly Node[];
  /** In an order in which each decision stands after those it asks. */
  readonly decisions: readonly Decision[];
  /** The facts that some node reads, in the order of the schema. */
  readonly facts: readonly string[];
  /** Expressions that are asked for their own value, by their nodes. */
  readonly values: readonly NodeId[];
}
