import type { Decision, Node, Program } from '../../program.ts';
import { any, bitOf, Block, choose, codeOf, held, isFalse, isUnknown } from './block.ts';
import type { Condition, Val } from './block.ts';
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

interface Doubt {
  readonly when: Condition;
  readonly code: number;
}

/**
 * The reason of a decision for the row at hand.
 *
 * Cheap clauses at the beginning are worked out together and looked up in a table of reasons, without a jump. The
 * others run in textual order, each behind those before it, since the first false one is the answer.
 */
function emitVerdict(to: Emitter, decision: Decision, block: Block, put?: Put): string {
  const name = to.fresh('r');
  const together = cheapOnes(to, decision);
  block.add(`let ${name} = ${together === 0 ? '0' : lookedUp(to, decision, together, block)};`);
  const settled = (last: Block): void => settle(to, decision, name, last, put);
  if (together === decision.clauses.length) {
    const inner = new Block(block);
    settled(inner);
    if (inner.lines.length > 0) block.branch(`${name} === 0`, (last) => last.add(...inner.lines));
    return name;
  }
  const rest = (inner: Block): void => oneByOne(to, decision, together, name, inner, settled);
  if (together === 0) rest(block);
  else block.branch(`${name} === 0 || ${name} >= ${REASON.unknown}`, rest);
  return name;
}

/** A table of reasons stays this small: so many bits for its clauses together. */
const MOST_BITS = 9;
const bitsOf = (value: Pick<Val, 'unknown'>): number => (value.unknown ? 2 : 1);

/** How many clauses at the beginning are cheap, and few enough for a table. */
function cheapOnes(to: Emitter, { clauses }: Decision): number {
  let bits = 0;
  const end = clauses.findIndex(({ node }) => {
    bits += to.known(node).unknowable ? 2 : 1;
    return bits > MOST_BITS || !to.isCheap(node);
  });
  return end < 0 ? clauses.length : end;
}

/** The reason that the first clauses give together: 0 where all are true. */
function lookedUp(to: Emitter, { clauses }: Decision, together: number, block: Block): string {
  const values = clauses.slice(0, together).map(({ node }) => to.emit(node, block));
  const parts: string[] = [];
  let shift = 0;
  for (const value of values) {
    const code = held(value, value.unknown ? 'tri' : 'bit');
    parts.push(shift === 0 ? code : `(${code} << ${shift})`);
    shift += bitsOf(value);
  }
  const reasons = Array.from({ length: 2 ** shift }, (_, index) => reasonOf(values, index));
  return to.cell({ kind: 'table', lane: 'int16', values: reasons }, `(${parts.join(' | ')})`);
}

function reasonOf(values: readonly Val[], index: number): number {
  let rest = index;
  const states = values.map((value) => {
    const state = rest & (value.unknown ? 3 : 1);
    rest >>= bitsOf(value);
    return state === 0 ? 'false' : value.unknown && state === 1 ? 'unknown' : 'true';
  });
  if (states.includes('false')) return REASON.no + states.indexOf('false');
  return states.includes('unknown') ? REASON.unknown + states.indexOf('unknown') : REASON.yes;
}

/** The clauses from one on, each inside the branch of those before; what came before may have left a doubt in the reason. */
function oneByOne(to: Emitter, { clauses }: Decision, from: number, name: string, block: Block, settled: (last: Block) => void): void {
  const doubts: Doubt[] = [];
  const finish = (inner: Block): void => {
    const doubtful = any(doubts.map((doubt) => doubt.when));
    if (doubtful === false) settled(inner);
    else inner.branch(codeOf(doubtful), (unknown) => unknown.add(`${name} = ${firstOf(doubts)};`), settled);
  };
  const clause = (index: number, inner: Block): void => {
    const one = clauses[index];
    if (!one) {
      if (from === 0) finish(inner);
      else inner.branch(`${name} === 0`, finish);
      return;
    }
    const value = to.emit(one.node, inner);
    const failed = isFalse(value);
    const doubt = isUnknown(value);
    if (doubt !== false) doubts.push({ when: doubt, code: REASON.unknown + index });
    if (failed === true) inner.add(`${name} = ${REASON.no + index};`);
    else if (failed === false) clause(index + 1, inner);
    else inner.branch(failed, (no) => no.add(`${name} = ${REASON.no + index};`), (yes) => clause(index + 1, yes));
  };
  clause(from, block);
}

const firstOf = (doubts: readonly Doubt[]): string => doubts.reduceRight((rest, doubt) => (rest === '' ? String(doubt.code) : choose(doubt.when, String(doubt.code), rest)), '');

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
  else block.branch(codeOf(unknown), (inner) => inner.add(lacking), put && ((inner) => put(inner, value)));
}

/** Decides for the row at hand and writes the answer down. */
export function emitDecision(to: Emitter, number: number, block: Block): void {
  const decision = to.context.program.decisions[number];
  if (!decision) return;
  const lane = amountLane(to.context.program, decision);
  const counter = `n${number}`;
  const put = (inner: Block, amount: Val | undefined): void => {
    if (amount && lane) inner.add(`${to.cell({ kind: 'amount', decision: number, lane }, `${counter}++`)} = ${held(amount, lane)}${lane === 'float64' ? ' + 0' : ''};`);
  };
  const name = emitVerdict(to, decision, block, put);
  block.keep(`d${decision.service}`, { code: name, lane: 'int32', unknown: false, none: false });
  block.add(`${to.cell({ kind: 'reason', decision: number }, to.row(decision.subject))} = ${name};`);
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
  const yes = bitOf(`${decided} === 0`);
  return to.bind(block, to.known(node.id).unknowable ? `${yes} * 3 + ${bitOf(`${decided} >= ${REASON.unknown}`)}` : yes, to.shape(node.id));
}
