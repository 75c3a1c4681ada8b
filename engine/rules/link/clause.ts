import type { Service } from '#engine/pack/index.ts';
import { raised, sayUnits } from '../check/index.ts';
import type { Checker, Frame } from '../check/index.ts';
import type { Expr } from '../op.ts';

export type Standard = NonNullable<Service['standard']>[number];

/** What varies when an example is run: see `examples.ts`. */
export interface Variation {
  /** Clauses that are met, whatever the facts: an example need not tell that somebody is within reach, or alive. */
  readonly met: ReadonlySet<string>;
  /** Whether what is received also says who is entitled, as an example with 领取 has it. */
  readonly receivedIsEntitled: boolean;
}

export const AS_WRITTEN: Variation = { met: new Set(), receivedIsEntitled: false };

/** A truth value that millions can be asked; none reads as false. */
export function condition(checker: Checker, text: string, frame: Frame): Expr | undefined {
  const expr = checker.rule(text, frame);
  if (!expr || !forServices(checker, frame)) return undefined;
  if (expr.type.kind !== 'boolean') return checker.fail(frame, 'type-clash', expr.at, { expected: 'boolean', found: expr.type.kind });
  return expr.nonable ? checker.make({ op: 'and', of: [expr] }, expr.at, frame) : expr;
}

/** Money in fen: a number of at most two decimals that is neither none nor negative. */
export function amountOf(checker: Checker, text: string, frame: Frame): Expr | undefined {
  const expr = checker.rule(text, frame);
  if (!expr || !forServices(checker, frame)) return undefined;
  if (expr.type.kind !== 'number') return checker.fail(frame, 'type-clash', expr.at, { expected: 'number', found: expr.type.kind });
  const { scale, min, unit } = expr.type;
  if (unit !== undefined && unit !== 'money') return checker.fail(frame, 'unit-clash', expr.at, { left: 'money', right: unit });
  if (scale > 2) return checker.fail(frame, 'amount-below-fen', expr.at, { scale });
  if (expr.nonable) return checker.fail(frame, 'amount-may-be-none', expr.at);
  if (min < 0n) return checker.fail(frame, 'amount-may-be-negative', expr.at, { least: sayUnits(min, scale) });
  return raised(checker, expr, 2, frame);
}

/** Whether every function in the rule just checked is one that the batch executions have. */
function forServices(checker: Checker, frame: Frame): boolean {
  const found = checker.beyondServices;
  if (found?.node.op !== 'call') return true;
  checker.fail(frame, 'not-in-services', found.at, { name: found.node.name });
  return false;
}
