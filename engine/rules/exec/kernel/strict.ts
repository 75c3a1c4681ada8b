import type { Node, NodeId } from '../../program.ts';
import type { Known } from '../../type.ts';
import { any, choose, isNone, isUnknown, noneMark, unknownMark } from './block.ts';
import type { Block, Val } from './block.ts';
import type { Emitter } from './emitter.ts';
import type { Lane } from './lane.ts';

/** A strict operator: none where an operand is none, else unknown where one is unknown, else `core`. */
export function strict(to: Emitter, id: NodeId, of: readonly Val[], block: Block, core: string, lane: Lane = to.lane(id)): Val {
  const guarded = choose(any(of.map(isNone)), noneMark(lane), choose(any(of.map(isUnknown)), unknownMark(lane), core));
  return to.bind(block, guarded, to.shape(id, lane));
}

/** A value as it lies in a column: a truth value that is always known becomes one of JavaScript. */
export function read(to: Emitter, node: Node, block: Block, code: string, lane: Lane, { type, unknowable, nonable }: Known = to.known(node.id)): Val {
  const certain = type.kind === 'boolean' && !unknowable && !nonable;
  return to.bind(block, certain ? `${code} === 1` : code, { lane, unknown: unknowable, none: nonable, js: certain });
}
