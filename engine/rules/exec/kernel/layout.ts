import type { Column, Lane } from './lane.ts';

/** What the kernel must know of a fact's column; the marks of unknown and none are tested only where they may occur. */
export interface ColumnLayout {
  readonly lane: Lane;
  readonly unknown: boolean;
  readonly none: boolean;
}

/**
 * How a population lies in memory, as far as generated code depends on it.
 *
 * A fact without a column is unknown for everybody.
 */
export interface Layout {
  /** The grouping whose members lie together, group after group; the people in no group come last. */
  readonly primary: string | undefined;
  readonly columns: ReadonlyMap<string, ColumnLayout>;
  /** The relations and spells that are not known for some row. */
  readonly unknownLinks: ReadonlySet<string>;
}

/**
 * An array that generated code reads or writes.
 *
 * What belongs to the rows of the block at hand lies **near**, in the kernel's own memory in which every array has a
 * fixed place, so that machine code holds the address itself. What links lead into lies outside, **far**:
 * facts and spills of all rows (`access: 'all'`) and the targets of links.
 * - `fact`: a column of the population.
 * - `starts`: where each row's linked things begin in `targets` (one entry more than rows); of the primary grouping,
 *   where each group's members begin among all rows.
 * - `targets`: the rows that a link leads to; absent for spells, which lie in the order of their owners.
 * - `lost`: 1 where a link is not known.
 * - `group`: the group of each member of a grouping other than the primary one, or the mark of none.
 * - `fold`: a fold over the primary grouping, handed from one loop to the next.
 * - `spill`: a value that a later pass reads through a link.
 * - `reason`, `amount`: results; amounts lie one after the other for the rows whose reason is 0.
 * - `counts`: how many amounts each decision has put down in this block.
 * - `table`: a look-up table of the program.
 */
export type Slot =
  | { readonly kind: 'fact'; readonly fact: string; readonly entity: string; readonly lane: Lane; readonly access: 'block' | 'all' }
  | { readonly kind: 'starts' | 'targets' | 'lost' | 'group'; readonly link: string }
  | { readonly kind: 'fold'; readonly node: number; readonly lane: Lane }
  | { readonly kind: 'spill'; readonly node: number; readonly entity: string; readonly lane: Lane }
  | { readonly kind: 'reason'; readonly decision: number }
  | { readonly kind: 'amount'; readonly decision: number; readonly lane: Lane }
  | { readonly kind: 'counts'; readonly length: number }
  | { readonly kind: 'table'; readonly lane: Lane; readonly values: readonly number[] };

export function isFar(slot: Slot): boolean {
  return slot.kind === 'targets' || slot.kind === 'spill' || (slot.kind === 'fact' && slot.access === 'all');
}

/** Reasons are bytes without a sign; everything else lies in a lane. */
export type View = Lane | 'uint8';

export function viewOf(slot: Slot): View {
  switch (slot.kind) {
    case 'starts': case 'targets': case 'group': case 'counts': return 'int32';
    case 'lost': return 'int8';
    case 'reason': return 'uint8';
    case 'fact': case 'fold': case 'spill': case 'amount': case 'table': return slot.lane;
    default: return slot satisfies never;
  }
}

/** An array of a slot. */
export type Bound = Column | Uint8Array;
