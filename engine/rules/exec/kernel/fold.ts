import type { Node } from '../../program.ts';
import { any, inLane, isFalse, isKnown, isTrue, isUnknown, noneMark, unknownMark } from './block.ts';
import type { Block, Val } from './block.ts';
import { lost } from './context.ts';
import type { Emitter } from './emitter.ts';

type FoldNode = Extract<Node, { op: 'fold' }>;

/** The names a fold over many rows counts in. */
export interface Running {
  readonly sum: string;
  /** 1 once a value or a filter was unknown. */
  readonly doubt: string;
  readonly node: FoldNode;
}

/** Starts a fold in the block around its loop. */
export function startFold(to: Emitter, node: FoldNode, block: Block): Running {
  const running = { sum: to.fresh('s'), doubt: to.fresh('u'), node };
  block.add(`let ${running.sum} = ${startOf(to, node)}, ${running.doubt} = 0;`);
  return running;
}

function startOf(to: Emitter, node: FoldNode): string {
  switch (node.fold) {
    case 'count': case 'sum': case 'some': return '0';
    case 'every': return '1';
    case 'least': case 'greatest': return noneMark(to.lane(node.id));
    default: return node.fold satisfies never;
  }
}

/** Takes one row into a fold: its filter first, then its value; `at` writes a value of that row. */
export function foldRow(to: Emitter, running: Running, block: Block, at: (id: number, inner: Block) => Val): void {
  const { node, doubt } = running;
  if (node.where === undefined) {
    foldValue(to, running, block, at);
    return;
  }
  const filter = at(node.where, block);
  const passes = isTrue(filter);
  const unknown = isUnknown(filter);
  if (typeof passes === 'string') block.branch(passes, (inner) => foldValue(to, running, inner, at));
  else if (passes) foldValue(to, running, block, at);
  if (unknown !== false) block.add(`if (${String(unknown)}) ${doubt} = 1;`);
}

function foldValue(to: Emitter, { node, sum, doubt }: Running, block: Block, at: (id: number, inner: Block) => Val): void {
  if (node.fold === 'count') {
    block.add(`${sum}++;`);
    return;
  }
  const value = at(node.value ?? lost('what to fold'), block);
  const unknown = isUnknown(value);
  if (unknown !== false) block.add(`if (${String(unknown)}) ${doubt} = 1;`);
  switch (node.fold) {
    case 'sum': {
      const known = isKnown(value);
      const add = `${sum} += ${inLane(value, to.lane(node.id))};`;
      block.add(known === true ? add : `if (${String(known)}) ${sum} += ${value.code};`);
      return;
    }
    case 'some': case 'every': {
      const settles = node.fold === 'some' ? isTrue(value) : value.js || !value.none ? isFalse(value) : `${value.code} === 0`;
      if (settles !== false) block.add(`if (${String(settles)}) ${sum} = ${node.fold === 'some' ? '1' : '0'};`);
      return;
    }
    case 'least': case 'greatest': {
      const better = any([`${sum} === ${noneMark(to.lane(node.id))}`, `${value.code} ${node.fold === 'least' ? '<' : '>'} ${sum}`]);
      const known = isKnown(value);
      block.add(`if (${known === true ? '' : `${String(known)} && `}${String(better)}) ${sum} = ${value.code};`);
      return;
    }
    default: node.fold satisfies never;
  }
}

/** What a fold has come to, in the lane it is handed on in. */
export function foldResult(to: Emitter, { node, sum, doubt }: Running): string {
  const lane = to.lane(node.id);
  const settled = node.fold === 'some' ? `${sum} !== 1` : node.fold === 'every' ? `${sum} === 1` : undefined;
  return to.known(node.id).unknowable ? `(${doubt} === 1${settled === undefined ? '' : ` && ${settled}`}) ? ${unknownMark(lane)} : ${sum}` : sum;
}

