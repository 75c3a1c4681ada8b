import type { Node, NodeId } from '../../program.ts';
import { any, choose, inLane, isFalse, isNone, isTrue, isUnknown, noneMark, unknownMark } from './block.ts';
import type { Block, Condition, Val } from './block.ts';
import { numberOf } from './context.ts';
import type { Emitter } from './emitter.ts';
import type { Lane } from './lane.ts';

type Of<N extends Node['op']> = Extract<Node, { op: N }>;

/** A truth value of Kleene: JavaScript's where it is certain, else 1, 0 or the mark of unknown. */
const TRUTH = { lane: 'int8', none: false } as const;
const UNKNOWN = unknownMark('int8');

export function emitNot(to: Emitter, node: Of<'not'>, block: Block): Val {
  const of = to.emit(node.of, block);
  if (!of.unknown) return to.bind(block, String(isFalse(of)), { ...TRUTH, unknown: false, js: true });
  return to.bind(block, choose(isUnknown(of), UNKNOWN, choose(isTrue(of), '0', '1')), { ...TRUTH, unknown: true, js: false });
}

/**
 * Each operand is tested inside the branch of those before it, so that the certain ones guard the others; what comes
 * out unknown is settled at the innermost place, where no operand has settled it.
 */
export function emitLogic(to: Emitter, node: Of<'and' | 'or'>, block: Block): Val {
  const { unknowable } = to.known(node.id);
  const settled = node.op === 'or';
  const literal = (value: boolean): string => (unknowable ? (value ? '1' : '0') : String(value));
  const name = to.fresh('t');
  const doubts: Condition[] = [];
  block.add(`let ${name} = ${literal(settled)};`);
  const walk = (rest: readonly NodeId[], inner: Block): void => {
    const [first, ...others] = rest;
    if (first === undefined) {
      inner.add(`${name} = ${choose(any(doubts), UNKNOWN, literal(!settled))};`);
      return;
    }
    const value = to.emit(first, inner);
    doubts.push(isUnknown(value));
    const open = settled ? negated(isTrue(value)) : negated(isFalse(value));
    if (open === true) walk(others, inner);
    else if (open !== false) inner.branch(open, (next) => walk(others, next));
  };
  walk(node.of, block);
  return { code: name, ...TRUTH, unknown: unknowable, js: !unknowable };
}

export function negated(condition: Condition): Condition {
  if (typeof condition === 'boolean') return !condition;
  return condition.startsWith('!') && !condition.includes(' ') ? condition.slice(1) : `!(${condition})`;
}

const JS_TEST = { '=': '===', '!=': '!==', '<': '<', '<=': '<=', '>': '>', '>=': '>=' } as const;

export function emitCompare(to: Emitter, node: Of<'compare'>, block: Block): Val {
  const left = to.emit(node.left, block);
  const right = to.emit(node.right, block);
  const same = left.js === right.js;
  const code = (value: Val): string => (same ? value.code : inLane(value, 'int8'));
  return truth(to, block, [left, right], `${code(left)} ${JS_TEST[node.test]} ${code(right)}`);
}

/** A test on values: false where one is none, else unknown where one is unknown, else what `core` says. */
function truth(to: Emitter, block: Block, of: readonly Val[], core: string): Val {
  const none = any(of.map(isNone));
  const unknown = any(of.map(isUnknown));
  if (unknown === false) return to.bind(block, choose(none, 'false', core), { ...TRUTH, unknown: false, js: true });
  return to.bind(block, choose(none, '0', choose(unknown, UNKNOWN, `${core} ? 1 : 0`)), { ...TRUTH, unknown: true, js: false });
}

export function emitOneOf(to: Emitter, node: Of<'one-of'>, block: Block): Val {
  if (node.values.length === 0) return { code: 'false', ...TRUTH, unknown: false, js: true };
  const of = to.emit(node.of, block);
  const literals = node.values.map((value) => (typeof value === 'boolean' && !of.js ? (value ? '1' : '0') : typeof value === 'boolean' ? String(value) : String(numberOf(to.context, value))));
  const core = `(${literals.map((literal) => `${of.code} === ${literal}`).join(' || ')})`;
  return truth(to, block, [of], core);
}

export function emitHas(to: Emitter, node: Of<'has'>, block: Block): Val {
  const of = to.emit(node.of, block);
  if (!of.unknown) return to.bind(block, String(negated(isNone(of))), { ...TRUTH, unknown: false, js: true });
  return to.bind(block, choose(isUnknown(of), UNKNOWN, choose(isNone(of), '0', '1')), { ...TRUTH, unknown: true, js: false });
}

/** Both branches lie behind the condition; where it is unknown both are asked whether they agree. */
export function emitIf(to: Emitter, node: Of<'if'>, block: Block): Val {
  const condition = to.emit(node.condition, block);
  const { type, unknowable, nonable } = to.known(node.id);
  const js = type.kind === 'boolean' && !unknowable && !nonable;
  const lane = to.lane(node.id);
  const name = to.fresh('w');
  const put = (id: NodeId) => (inner: Block): void => inner.add(`${name} = ${js ? String(isTrue(to.emit(id, inner))) : inLane(to.emit(id, inner), lane)};`);
  block.add(`let ${name} = ${js ? 'false' : noneMark(lane)};`);
  const decided = (inner: Block): void => {
    const yes = isTrue(condition);
    if (typeof yes === 'boolean') put(yes ? node.yes : node.no)(inner);
    else inner.branch(yes, put(node.yes), put(node.no));
  };
  const unknown = isUnknown(condition);
  if (unknown === false) decided(block);
  else block.branch(String(unknown), (inner) => inner.add(`${name} = ${agreed(to, node, lane, inner)};`), decided);
  return { code: name, lane, unknown: unknowable, none: nonable, js };
}

function agreed(to: Emitter, node: Of<'if'>, lane: Lane, inner: Block): string {
  const yes = to.emit(node.yes, inner);
  const no = to.emit(node.no, inner);
  const equal = `${inLane(yes, lane)} === ${inLane(no, lane)}`;
  // Two unknowns do not agree, and two marks of none do; both are equal as numbers, and unknown stays unknown.
  return choose(equal, inLane(yes, lane), unknownMark(lane));
}
