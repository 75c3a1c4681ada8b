import type { Node } from '../../program.ts';
import { any, bitOf, codeOf, held, isKnown, isNone, isTrue, isUnknown, noneMark, unknownMark } from './block.ts';
import type { Block, Val } from './block.ts';
import { lost } from './context.ts';
import type { Emitter } from './emitter.ts';

type FoldNode = Extract<Node, { op: 'fold' }>;

/** The names a fold over many rows counts in. */
export interface Running {
  /** For `some` and `every` a truth value of Kleene that grows by `|` or shrinks by `&`. */
  readonly sum: string;
  /** Of the others: 1 once a value or a filter was unknown. */
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
    case 'every': return '3';
    case 'least': case 'greatest': return noneMark(to.lane(node.id));
    default: return node.fold satisfies never;
  }
}

/** Takes one row into a fold: its filter first, then its value; `at` writes a value of that row. */
export function foldRow(to: Emitter, running: Running, block: Block, at: (id: number, inner: Block) => Val): void {
  const { node, sum, doubt } = running;
  if (node.where === undefined) {
    foldValue(to, running, block, at);
    return;
  }
  const filter = at(node.where, block);
  const unknown = isUnknown(filter);
  if (unknown !== false) block.add(node.fold === 'some' ? `${sum} |= ${bitOf(unknown)};` : node.fold === 'every' ? `if (${codeOf(unknown)}) ${sum} &= 1;` : `${doubt} |= ${bitOf(unknown)};`);
  const passes = isTrue(filter);
  if (node.fold === 'count') block.add(`${sum} += ${held(filter, 'bit')};`);
  else if (typeof passes === 'string') block.branch(passes, (inner) => foldValue(to, running, inner, at));
  else if (passes) foldValue(to, running, block, at);
}

function foldValue(to: Emitter, { node, sum, doubt }: Running, block: Block, at: (id: number, inner: Block) => Val): void {
  if (node.fold === 'count') {
    block.add(`${sum}++;`);
    return;
  }
  const value = at(node.value ?? lost('what to fold'), block);
  if (node.fold === 'some') block.add(`${sum} |= ${held(value, 'tri')};`);
  else if (node.fold === 'every') block.add(every(sum, value));
  else {
    const unknown = isUnknown(value);
    if (unknown !== false) block.add(`${doubt} |= ${bitOf(unknown)};`);
    const known = isKnown(value);
    const take = node.fold === 'sum' ? `${sum} += ${value.code};` : extreme(to, node, sum, value);
    if (known !== false) block.add(known === true ? take : `if (${known}) ${take}`);
  }
}

/** What is none does not count against `every`. */
function every(sum: string, value: Val): string {
  const none = isNone(value);
  const take = `${sum} &= ${held(value, 'tri')};`;
  return none === false ? take : none === true ? '' : `if (!(${none})) ${take}`;
}

function extreme(to: Emitter, node: FoldNode, sum: string, value: Val): string {
  return `if (${codeOf(any([`${sum} === ${noneMark(to.lane(node.id))}`, `${value.code} ${node.fold === 'least' ? '<' : '>'} ${sum}`]))}) ${sum} = ${value.code};`;
}

/** What a fold has come to, held as its node is. */
export function foldResult(to: Emitter, { node, sum, doubt }: Running): string {
  const { unknowable } = to.known(node.id);
  if (node.fold === 'some' || node.fold === 'every') return unknowable ? sum : `${sum} >> 1`;
  return unknowable ? `${doubt} === 1 ? ${unknownMark(to.lane(node.id))} : ${sum}` : sum;
}
