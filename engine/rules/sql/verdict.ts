import type { Decision } from '../program.ts';
import type { Verdict } from '../value.ts';
import { NO_AT, UNKNOWN_AT, YES } from './emit.ts';

/** The verdict that a reason code and an amount of a result stand for. */
export function verdictOfCodes({ clauses }: Decision, reason: number, amountFen: number | undefined): Verdict {
  if (reason === YES) return amountFen === undefined ? { kind: 'yes' } : { kind: 'yes', amountFen };
  if (reason < UNKNOWN_AT) return { kind: 'no', clause: clauses[reason - NO_AT]?.id ?? stray(reason) };
  const at = reason - UNKNOWN_AT;
  return { kind: 'unknown', clause: at === clauses.length ? 'amount' : (clauses[at]?.id ?? stray(reason)) };
}

function stray(reason: number): never {
  throw new RangeError(`a result has the reason ${String(reason)}, which its decision does not know`);
}
