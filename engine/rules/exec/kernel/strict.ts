import type { Node, NodeId } from '../../program.ts';
import type { Known } from '../../type.ts';
import { any, choose, held, isNone, isUnknown, noneMark, unknownMark } from './block.ts';
import type { Block, Holding, Val } from './block.ts';
import type { Emitter } from './emitter.ts';
import type { Lane } from './lane.ts';

/** A strict operator: none where an operand is none, else unknown where one is unknown, else `core`. */
export function strict(to: Emitter, id: NodeId, of: readonly Val[], block: Block, core: string, lane: Lane = to.lane(id)): Val {
  const guarded = choose(any(of.map(isNone)), noneMark(lane), choose(any(of.map(isUnknown)), unknownMark(lane), core));
  return to.bind(block, guarded, to.shape(id, lane));
}

/** A value as it lies in a column of a lane; truth values that cannot be none are held as a `bit` or `tri`. */
export function read(to: Emitter, node: Node, block: Block, code: string, lane: Lane, { type, unknowable, nonable }: Known = to.known(node.id)): Val {
  const marks = { unknown: unknowable, none: nonable };
  const raw = to.bind(block, code, { lane, ...marks });
  if (type.kind !== 'boolean' || nonable) return raw;
  return unknowable ? to.bind(block, held(raw, 'tri'), { lane: 'tri', ...marks }) : { ...raw, lane: 'bit' };
}

/** A value as an earlier loop handed it on: truth values as they were held. */
export function handed(to: Emitter, block: Block, code: string, lane: Holding, { unknowable, nonable }: Known): Val {
  return to.bind(block, code, { lane, unknown: unknowable, none: nonable });
}
