import type { Node, NodeId } from '../../program.ts';
import { any, anyBit, bitOf, choose, codeOf, held, isFalse, isNone, isTrue, isUnknown, negated, noneMark } from './block.ts';
import type { Block, Condition, Val } from './block.ts';
import { numberOf } from './context.ts';
import type { Emitter } from './emitter.ts';

type Of<N extends Node['op']> = Extract<Node, { op: N }>;

const bit = (code: string): Val => ({ code, lane: 'bit', unknown: false, none: false });
const BIT = { lane: 'bit', unknown: false, none: false } as const;
const TRI = { lane: 'tri', unknown: true, none: false } as const;

export function emitNot(to: Emitter, node: Of<'not'>, block: Block): Val {
  const of = to.emit(node.of, block);
  if (!of.unknown) return to.bind(block, of.lane === 'bit' ? `${of.code} ^ 1` : bitOf(negated(isTrue(of))), BIT);
  const tri = of.lane === 'tri' ? of : to.bind(block, held(of, 'tri'), TRI);
  return to.bind(block, `3 - ${tri.code} - ((${tri.code} === 1) | 0)`, TRI);
}

/**
 * Cheap operands are joined without a jump. Where one is dear, each is tested inside the branch of those before it, so
 * that the certain ones guard the others, and what is unknown is settled at the innermost place.
 */
export function emitLogic(to: Emitter, node: Of<'and' | 'or'>, block: Block): Val {
  return node.of.every((id) => to.isCheap(id)) ? joined(to, node, block) : guarded(to, node, block);
}

function joined(to: Emitter, node: Of<'and' | 'or'>, block: Block): Val {
  const of = node.of.map((id) => to.emit(id, block));
  const shape = of.some((value) => value.unknown) ? TRI : BIT;
  return to.bind(block, of.map((value) => held(value, shape.lane)).join(node.op === 'and' ? ' & ' : ' | '), shape);
}

function guarded(to: Emitter, node: Of<'and' | 'or'>, block: Block): Val {
  const shape = to.known(node.id).unknowable ? TRI : BIT;
  const yes = shape === TRI ? '3' : '1';
  const settled = node.op === 'or';
  const name = to.fresh('t');
  const doubts: Condition[] = [];
  block.add(`let ${name} = ${settled ? yes : '0'};`);
  const walk = (rest: readonly NodeId[], inner: Block): void => {
    const [first, ...others] = rest;
    if (first === undefined) {
      inner.add(`${name} = ${choose(any(doubts), '1', settled ? '0' : yes)};`);
      return;
    }
    const value = to.emit(first, inner);
    doubts.push(isUnknown(value));
    const open = negated(settled ? isTrue(value) : isFalse(value));
    if (open === true) walk(others, inner);
    else if (open !== false) inner.branch(open, (next) => walk(others, next));
  };
  walk(node.of, block);
  return { code: name, ...shape };
}

const JS_TEST = { '=': '===', '!=': '!==', '<': '<', '<=': '<=', '>': '>', '>=': '>=' } as const;

export function emitCompare(to: Emitter, node: Of<'compare'>, block: Block): Val {
  const [left, right] = [to.emit(node.left, block), to.emit(node.right, block)].map((value) => (value.lane === 'tri' ? to.bind(block, held(value, 'int8'), { ...value, lane: 'int8' }) : value));
  return left && right ? truth(to, block, [left, right], `${left.code} ${JS_TEST[node.test]} ${right.code}`) : bit('0');
}

/** A test on values: false where one is none, else unknown where one is unknown, else what `core` says; without a jump. */
function truth(to: Emitter, block: Block, of: readonly Val[], core: string): Val {
  const none = anyBit(of.map(isNone));
  const unknown = anyBit(of.map(isUnknown));
  if (none === '1') return bit('0');
  const present = (code: string): string => (none === '0' ? code : `(${code}) & (${none} - 1)`);
  if (unknown === '0') return to.bind(block, present(bitOf(core)), BIT);
  if (unknown === '1') return to.bind(block, present('1'), TRI);
  const doubt = to.bind(block, unknown, BIT);
  return to.bind(block, present(`(${bitOf(core)} * 3 & (${doubt.code} - 1)) | ${doubt.code}`), TRI);
}

export function emitOneOf(to: Emitter, node: Of<'one-of'>, block: Block): Val {
  if (node.values.length === 0) return bit('0');
  const of = to.emit(node.of, block);
  const value = of.lane === 'tri' ? to.bind(block, held(of, 'int8'), { ...of, lane: 'int8' }) : of;
  const literals = node.values.map((one) => String(numberOf(to.context, one)));
  // No literal is a mark, so that none is none of them without being asked.
  return truth(to, block, [{ ...value, none: false }], literals.length === 1 ? `${value.code} === ${literals.join('')}` : literals.map((literal) => `((${value.code} === ${literal}) | 0)`).join(' | '));
}

export function emitHas(to: Emitter, node: Of<'has'>, block: Block): Val {
  const of = to.emit(node.of, block);
  if (!of.unknown) return to.bind(block, bitOf(negated(isNone(of))), BIT);
  return to.bind(block, choose(isUnknown(of), '1', choose(isNone(of), '0', '3')), TRI);
}

/**
 * Each branch lies behind the condition and is written once, however deep a table of rows has nested the next one in it:
 * behind "true or unknown" the one, behind "not true" the other. Where the condition is unknown the value is that of
 * both where it is the same, be it a mark; else unknown.
 */
export function emitIf(to: Emitter, node: Of<'if'>, block: Block): Val {
  const condition = to.emit(node.condition, block);
  const shape = to.shape(node.id);
  const nothing = shape.none ? noneMark(shape.lane) : '0';
  const branch = (id: NodeId, when: string): string => {
    const name = to.fresh('w');
    block.add(`let ${name} = ${nothing};`);
    block.branch(when, (inner) => inner.add(`${name} = ${held(to.emit(id, inner), shape.lane)};`));
    return name;
  };
  const [yes, unknown] = [isTrue(condition), isUnknown(condition)];
  if (unknown === false && typeof yes === 'string') {
    const name = to.fresh('w');
    const put = (id: NodeId) => (inner: Block): void => inner.add(`${name} = ${held(to.emit(id, inner), shape.lane)};`);
    block.add(`let ${name} = ${nothing};`);
    block.branch(yes, put(node.yes), put(node.no));
    return { code: name, ...shape };
  }
  if (typeof yes === 'boolean' && unknown === false) return to.bind(block, held(to.emit(yes ? node.yes : node.no, block), shape.lane), shape);
  const [first, second] = [branch(node.yes, `${codeOf(yes)} || ${codeOf(unknown)}`), branch(node.no, `!(${codeOf(yes)})`)];
  const agreed = `${first} === ${second} ? ${first} : ${shape.lane === 'tri' ? '1' : String(to.unknownOf(shape.lane))}`;
  return to.bind(block, `${codeOf(unknown)} ? (${agreed}) : ${codeOf(yes)} ? ${first} : ${second}`, shape);
}
