import type { Constant } from '../../op.ts';
import type { Node, NodeId } from '../../program.ts';

import { columnLane, held } from './block.ts';
import type { Block, Val } from './block.ts';
import { lost, numberOf } from './context.ts';
import { emitDate } from './date-code.ts';
import { emitEntitled } from './decision.ts';
import type { Emitter } from './emitter.ts';
import { emitFar, emitSpells } from './link.ts';
import { LANE, laneOf } from './lane.ts';
import type { Lane } from './lane.ts';
import { emitCompare, emitHas, emitIf, emitLogic, emitNot, emitOneOf } from './logic.ts';
import { emitDivide, emitExtreme, emitNumber } from './number.ts';
import { handed, read, strict } from './strict.ts';

/** The code of one operator; its children are asked for where they are needed. */
export function emitNode(to: Emitter, node: Node, block: Block): Val {
  switch (node.op) {
    case 'constant': return constant(to, node.id, node.value);
    case 'fact': return fact(to, node, block);
    case 'entitled': return emitEntitled(to, node, block);
    case 'lookup': return lookup(to, node, block);
    case 'not': return emitNot(to, node, block);
    case 'and': case 'or': return emitLogic(to, node, block);
    case 'compare': return emitCompare(to, node, block);
    case 'one-of': return emitOneOf(to, node, block);
    case 'add': case 'subtract': case 'multiply': case 'negate': case 'absolute': case 'rescale': return emitNumber(to, node, block);
    case 'divide': return emitDivide(to, node, block);
    case 'least': case 'greatest': return emitExtreme(to, node, block);
    case 'if': return emitIf(to, node, block);
    case 'has': return emitHas(to, node, block);
    case 'years-between': case 'months-between': case 'days-between': case 'add-months': case 'add-days':
    case 'month-start': case 'month-end': case 'month-after': case 'part': return emitDate(to, node, block);
    case 'through': return node.link === to.context.layout.primary ? own(to, node, block) : emitFar(to, node, block);
    case 'fold': return node.link === to.context.layout.primary ? folded(to, node, block) : emitFar(to, node, block);
    case 'covered-months': case 'longest-gap': return emitSpells(to, node, block);
    case 'call': return lost(`how to call ${node.name}`);
    default: return node satisfies never;
  }
}

function constant(to: Emitter, id: NodeId, value: Constant): Val {
  const known = { lane: to.lane(id), unknown: false, none: false };
  if (typeof value === 'boolean') return { code: value ? '1' : '0', ...known, lane: 'bit' };
  const number = numberOf(to.context, value);
  return { code: number < 0 ? `(${number})` : String(number), ...known };
}

function fact(to: Emitter, node: Extract<Node, { op: 'fact' }>, block: Block): Val {
  const column = to.context.layout.columns.get(node.fact);
  if (!column || node.entity === undefined) return to.constant(LANE.int8.unknown, 'int8');
  return read(to, node, block, to.cell({ kind: 'fact', fact: node.fact, entity: node.entity, lane: column.lane, access: 'block' }, to.row(node.entity)), column.lane);
}

/** The value of the own household: of the group at hand, or none for the people in none. */
function own(to: Emitter, node: Extract<Node, { op: 'through' }>, block: Block): Val {
  if (!to.context.grouped) return to.constant(LANE.int8.none, 'int8');
  return to.emit(node.of, block);
}

/** A fold over the household, worked out by the loop of an earlier level. */
function folded(to: Emitter, node: Extract<Node, { op: 'fold' }>, block: Block): Val {
  const { lane } = to.shape(node.id);
  return handed(to, block, to.cell({ kind: 'fold', node: node.id, lane: columnLane(lane) }, to.row(node.entity)), lane, to.known(node.id));
}

function lookup(to: Emitter, node: Extract<Node, { op: 'lookup' }>, block: Block): Val {
  const of = to.emit(node.of, block);
  const { type } = to.node(node.of);
  const codes = type.kind === 'code' ? to.context.program.schema.codeLists.get(type.list)?.codes.length ?? 0 : 0;
  const lane = tableLane(to, node);
  const values = Array.from({ length: Math.max(codes, node.table.length) }, (_, code) => Number(node.table[code] ?? LANE[lane].unknown));
  const entry = to.cell({ kind: 'table', lane, values }, of.code);
  const found = strict(to, node.id, [of], block, entry, lane);
  return found.lane === to.shape(node.id).lane || to.known(node.id).type.kind !== 'boolean' ? found : to.bind(block, held(found, to.shape(node.id).lane), to.shape(node.id));
}

function tableLane(to: Emitter, node: Extract<Node, { op: 'lookup' }>): Lane {
  const { type } = to.known(node.id);
  return laneOf(type, type.kind === 'code' ? to.context.program.schema.codeLists.get(type.list)?.codes.length : 0) ?? lost('a table of texts');
}

