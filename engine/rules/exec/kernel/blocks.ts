import { LARGEST_GROUP } from '../../infer.ts';
import type { Kernel, Span, Unit } from './compile.ts';
import type { Slot } from './layout.ts';
import { BLOCK_ROWS } from './slots.ts';

/** Some rows in a row: of the primary grouping both its groups and their members. */
export interface BlockOfRows {
  readonly over: Span['kind'];
  readonly entity: string;
  readonly from: number;
  readonly to: number;
  /** For `groups` the members, for the others the rows again. */
  readonly firstMember: number;
  readonly lastMember: number;
}

/** Cuts `starts` (where each group's members begin) into blocks of whole groups; a group beyond `LARGEST_GROUP` is a fault. */
export function blocksOfGroups(starts: Int32Array, entity: string, size = BLOCK_ROWS): readonly BlockOfRows[] {
  const groups = starts.length - 1;
  const blocks: BlockOfRows[] = [];
  for (let from = 0; from < groups; ) {
    const firstMember = starts[from] ?? 0;
    if ((starts[from + 1] ?? 0) - firstMember > LARGEST_GROUP) throw new RangeError(`a group of more than ${LARGEST_GROUP}`);
    let to = from + 1;
    while (to < groups && to - from < size && (starts[to + 1] ?? 0) - firstMember <= size) to++;
    blocks.push({ over: 'groups', entity, from, to, firstMember, lastMember: starts[to] ?? 0 });
    from = to;
  }
  return blocks;
}

/** Plain blocks of the rows of an entity. */
export function blocksOfRows(over: 'alone' | 'rows', entity: string, from: number, to: number, size = BLOCK_ROWS): readonly BlockOfRows[] {
  return Array.from({ length: Math.ceil((to - from) / size) }, (_, block) => {
    const start = from + block * size;
    const end = Math.min(to, start + size);
    return { over, entity, from: start, to: end, firstMember: start, lastMember: end };
  });
}

/** The loops that run on a block in a pass, in their order. */
export function unitsFor({ units }: Kernel, pass: number, block: BlockOfRows): readonly Unit[] {
  return units.filter((unit) => unit.pass === pass && unit.over.kind === block.over && (unit.over.kind !== 'rows' || unit.over.entity === block.entity));
}

/** Which rows of a slot's entity a block holds: the groups themselves, or their members. */
export function rowsIn(kernel: Kernel, slot: Slot, block: BlockOfRows): readonly [from: number, to: number] {
  return block.over === 'groups' && rowsOfSlot(kernel, slot) !== block.entity ? [block.from, block.to] : [block.firstMember, block.lastMember];
}

/** The entity whose rows a slot has, where it has rows. */
function rowsOfSlot({ program }: Kernel, slot: Slot): string | undefined {
  switch (slot.kind) {
    case 'fact': case 'spill': return slot.entity;
    case 'reason': case 'amount': return program.decisions[slot.decision]?.subject;
    case 'lost': case 'group': return program.schema.links.get(slot.link)?.from;
    case 'fold': return program.nodes[slot.node]?.entity;
    case 'starts': {
      const link = program.schema.links.get(slot.link);
      return link?.kind === 'grouping' ? link.to : link?.from;
    }
    case 'targets': case 'counts': case 'table': return undefined;
    default: return slot satisfies never;
  }
}
