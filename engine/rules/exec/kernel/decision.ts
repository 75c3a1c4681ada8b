import type { Decision, Node, Program } from '../../program.ts';
import { any, choose, codeOf, inLane, isFalse, isUnknown, unknownMark } from './block.ts';
import type { Block, Val } from './block.ts';
import { decisionOf } from './context.ts';
import type { Emitter } from './emitter.ts';
import { laneOf } from './lane.ts';
import type { Lane } from './lane.ts';

/**
 * A verdict as one small number: 0 yes, `NO + k` no at the clause with index k, `UNKNOWN + k` unknown at it, where
 * the index after the last clause is the amount.
 */
export const REASON = { yes: 0, no: 1, unknown: 128 } as const;
/** So many clauses leave every reason below 256. */
export const MOST_CLAUSES = 126;

/** Where the amount of a decision is kept once its verdict is yes. */
type Put = (block: Block, amount: Val | undefined) => void;

/** The reason of a decision for the row at hand. Clauses run in textual order, since the first false one is the answer. */
function emitVerdict(to: Emitter, decision: Decision, block: Block, put?: Put): string {
  const name = to.fresh('r');
  const doubts: { readonly when: string; readonly code: number }[] = [];
  block.add(`let ${name} = 0;`);
  const clause = (index: number, inner: Block): void => {
    const one = decision.clauses[index];
    if (!one) {
      finish(inner);
      return;
    }
    const value = to.emit(one.node, inner);
    const failed = isFalse(value);
    const doubt = isUnknown(value);
    if (doubt !== false) doubts.push({ when: String(doubt), code: REASON.unknown + index });
    if (failed === true) inner.add(`${name} = ${REASON.no + index};`);
    else if (failed === false) clause(index + 1, inner);
    else inner.branch(failed, (no) => no.add(`${name} = ${REASON.no + index};`), (yes) => clause(index + 1, yes));
  };
  const finish = (inner: Block): void => {
    const settled = (last: Block): void => settle(to, decision, name, last, put);
    if (doubts.length === 0) settled(inner);
    else inner.branch(codeOf(any(doubts.map((doubt) => doubt.when))), (unknown) => unknown.add(`${name} = ${doubts.reduceRight((rest, doubt) => (rest === '' ? String(doubt.code) : choose(doubt.when, String(doubt.code), rest)), '')};`), settled);
  };
  clause(0, block);
  return name;
}

/** Every clause is true: the amount decides between yes and unknown. */
function settle(to: Emitter, decision: Decision, name: string, block: Block, put: Put | undefined): void {
  const { amount } = decision;
  if (amount === undefined || (!put && !to.known(amount).unknowable)) {
    put?.(block, undefined);
    return;
  }
  const value = to.emit(amount, block);
  const unknown = isUnknown(value);
  const lacking = `${name} = ${REASON.unknown + decision.clauses.length};`;
  if (unknown === false) put?.(block, value);
  else block.branch(String(unknown), (inner) => inner.add(lacking), put && ((inner) => put(inner, value)));
}

/** Decides for the row at hand and writes the answer down. */
export function emitDecision(to: Emitter, number: number, block: Block): void {
  const decision = to.context.program.decisions[number];
  if (!decision) return;
  const lane = amountLane(to.context.program, decision);
  const counter = `n${number}`;
  const put = (inner: Block, amount: Val | undefined): void => {
    if (amount && lane) inner.add(`${to.slot({ kind: 'amount', decision: number, lane })}[${counter}++] = ${inLane(amount, lane)}${lane === 'float64' ? ' + 0' : ''};`);
  };
  const name = emitVerdict(to, decision, block, put);
  block.keep(`d${decision.service}`, { code: name, lane: 'int32', unknown: false, none: false, js: false });
  block.add(`${to.slot({ kind: 'reason', decision: number })}[${to.row(decision.subject)}] = ${name};`);
}

/** The lane of the amounts of a decision: whole words where every amount is proven to fit, else doubles. */
export function amountLane(program: Program, { amount }: Decision): Lane | undefined {
  if (amount === undefined) return undefined;
  const type = program.nodes[amount]?.type;
  const lane = type && laneOf(type);
  return lane === 'float64' ? lane : 'int32';
}

/** 应领: yes is true, unknown stays unknown. */
export function emitEntitled(to: Emitter, node: Extract<Node, { op: 'entitled' }>, block: Block): Val {
  const decided = block.find(`d${node.service}`)?.code ?? emitVerdict(to, decisionOf(to.context.program, node.service), block);
  const { unknowable } = to.known(node.id);
  const yes = `${decided} === 0`;
  return to.bind(block, unknowable ? choose(`${decided} >= ${REASON.unknown}`, unknownMark('int8'), `${yes} ? 1 : 0`) : yes, { lane: 'int8', unknown: unknowable, none: false, js: !unknowable });
}
