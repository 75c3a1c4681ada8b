import type { Node, NodeId } from '../../program.ts';
import type { Rounding, ValueType } from '../../type.ts';
import { any, choose, isNone, isUnknown, noneMark, unknownMark } from './block.ts';
import type { Block, Val } from './block.ts';
import { lost } from './context.ts';
import type { Emitter } from './emitter.ts';
import type { Lane } from './lane.ts';
import { strict } from './strict.ts';

type Of<N extends Node['op']> = Extract<Node, { op: N }>;
type Joined = Of<'add' | 'multiply'>;
type Numeric = Extract<ValueType, { kind: 'number' }>;

const numeric = (to: Emitter, id: NodeId): Numeric => {
  const { type } = to.known(id);
  return type.kind === 'number' ? type : lost('a number');
};

/** Exact in its lane: whole words wrap around and come out right, since the result is proven to fit. */
export function emitNumber(to: Emitter, node: Joined | Of<'subtract'> | Of<'negate' | 'absolute'> | Of<'rescale'>, block: Block): Val {
  const lane = to.lane(node.id);
  switch (node.op) {
    case 'add': return joined(to, node.id, node.of, block, ' + ');
    case 'subtract': return joined(to, node.id, [node.left, node.right], block, ' - ');
    case 'multiply': return multiplied(to, node, block);
    case 'negate': {
      const of = to.emit(node.of, block);
      return strict(to, node.id, [of], block, whole(`0 - ${of.code}`, lane));
    }
    case 'absolute': {
      const of = to.emit(node.of, block);
      return strict(to, node.id, [of], block, `Math.abs(${of.code})`);
    }
    case 'rescale': {
      const of = to.emit(node.of, block);
      return strict(to, node.id, [of], block, whole(`${of.code} * ${10 ** (numeric(to, node.id).scale - numeric(to, node.of).scale)}`, lane));
    }
    default: return node satisfies never;
  }
}

const whole = (code: string, lane: Lane): string => (lane === 'float64' ? code : `(${code}) | 0`);

function joined(to: Emitter, id: NodeId, ids: readonly NodeId[], block: Block, sign: string): Val {
  const of = ids.map((child) => to.emit(child, block));
  return strict(to, id, of, block, whole(of.map((value) => value.code).join(sign), to.lane(id)));
}

function multiplied(to: Emitter, node: Joined, block: Block): Val {
  const of = node.of.map((child) => to.emit(child, block));
  const words = [node.id, ...node.of].every((id) => to.lane(id) !== 'float64');
  const code = words ? of.map((value) => value.code).reduce((left, right) => `Math.imul(${left}, ${right})`) : whole(of.map((value) => value.code).join(' * '), to.lane(node.id));
  return strict(to, node.id, of, block, code);
}

/**
 * The one division. Below 2^53 the floor of a double quotient is the floor of the true one, which `infer` has
 * proven for the numerator doubled and the divisor added.
 */
export function emitDivide(to: Emitter, node: Of<'divide'>, block: Block): Val {
  const [left, right] = [to.emit(node.left, block), to.emit(node.right, block)];
  const [from, by] = [numeric(to, node.left), numeric(to, node.right)];
  const lane = to.lane(node.id);
  const shift = numeric(to, node.id).scale + by.scale - from.scale;
  const top = raised(left.code, shift);
  const bottom = raised(right.code, -shift);
  const core = quotient(node.round, top, bottom, { top: from.min >= 0n, bottom: by.min >= 0n });
  const zero = by.min <= 0n && by.max >= 0n ? `${right.code} === 0` : false;
  const lost = choose(zero, noneMark(lane), lane === 'float64' ? core : `(${core}) | 0`);
  const guarded = choose(any([left, right].map(isNone)), noneMark(lane), choose(any([left, right].map(isUnknown)), unknownMark(lane), lost));
  return to.bind(block, guarded, to.shape(node.id, lane));
}

function raised(code: string, shift: number): string {
  return shift > 0 ? `(${code} * ${10 ** shift})` : code;
}

/** A rounded quotient; what is known to be not negative needs no thought of signs. */
function quotient(round: Rounding, top: string, bottom: string, isPositive: { readonly top: boolean; readonly bottom: boolean }): string {
  if (isPositive.top && isPositive.bottom) {
    switch (round) {
      case 'floor': case 'down': return `Math.floor(${top} / ${bottom})`;
      case 'ceiling': case 'up': return `Math.ceil(${top} / ${bottom})`;
      case 'half-up': return `Math.floor((2 * ${top} + ${bottom}) / (2 * ${bottom}))`;
      case 'half-down': case 'half-even': break;
      default: return round satisfies never;
    }
  }
  return `${ROUND[round]}(${top}, ${bottom})`;
}

const ROUND = { 'half-up': 'halfUp', 'half-down': 'halfDown', 'half-even': 'halfEven', up: 'roundUp', down: 'roundDown', floor: 'roundFloor', ceiling: 'roundCeiling' } as const satisfies Record<Rounding, string>;

/** None is left out; an unknown operand makes the result unknown, even beside none. */
export function emitExtreme(to: Emitter, node: Of<'least' | 'greatest'>, block: Block): Val {
  const of = node.of.map((child) => to.emit(child, block));
  const lane = to.lane(node.id);
  const test = node.op === 'least' ? '<' : '>';
  const name = to.fresh('m');
  const [first, ...rest] = of;
  if (!first) return lost('what to compare');
  block.add(`let ${name} = ${choose(isNone(first), noneMark(lane), first.code)};`);
  for (const next of rest) {
    const better = first.none || of.some((one) => one.none) ? any([`${name} === ${noneMark(lane)}`, `${next.code} ${test} ${name}`]) : `${next.code} ${test} ${name}`;
    const usable = next.none ? `${next.code} !== ${noneMark(next.lane)} && ${String(better)}` : String(better);
    block.add(`if (${usable}) ${name} = ${next.code};`);
  }
  const unknown = any(of.map(isUnknown));
  if (unknown !== false) block.add(`if (${String(unknown)}) ${name} = ${unknownMark(lane)};`);
  return { code: name, ...to.shape(node.id) };
}

