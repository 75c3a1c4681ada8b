import type { Found, Verdict } from '../value.ts';
import { integer, truth } from './state.ts';
import type { Decided } from './theory.ts';

/**
 * The verdict of a rule by contract 3, given the value of each of its parts.
 *
 * Clauses stand as in an `and`: none is false. The amount is asked only where every clause is true; one that is
 * none or negative is a fault, because the checker refuses rules that could give it.
 */
export function verdictOf<C>({ clauses, amount }: Decided<C>, of: (child: C) => Found): Verdict {
  const held = clauses.map(({ id, when }) => ({ id, held: truth(of(when)) }));
  const failed = held.find((clause) => clause.held === false);
  if (failed) return { kind: 'no', clause: failed.id };
  const open = held.find((clause) => clause.held === undefined);
  if (open) return { kind: 'unknown', clause: open.id };
  if (amount === undefined) return { kind: 'yes' };
  const value = of(amount);
  if (value.kind === 'unknown') return { kind: 'unknown', clause: 'amount' };
  const fen = value.kind === 'known' ? integer(value.value) : -1n;
  if (fen < 0n) throw new RangeError('an amount is none or negative');
  return { kind: 'yes', amountFen: Number(fen) };
}
