import type { Rounding } from '../type.ts';
import { sql } from './text.ts';
import type { Text } from './text.ts';

/** An operand of a division: its SQL, and whether it may be below zero. */
export interface Part {
  readonly text: Text;
  readonly signed: boolean;
}

/**
 * The quotient of two whole numbers, rounded, in whole numbers only.
 *
 * All databases here truncate toward zero, so the size of the quotient is computed from the sizes of the operands and
 * gets its sign at the end; floor and ceiling change places where the sign is negative. Where both operands are proven
 * not to be negative nothing of this is written. A divisor of zero gives NULL, which the caller has dealt with before.
 */
export function rounded(division: string, top: Part, bottom: Part, round: Rounding): Text {
  const divisor = bottom.signed ? sql`NULLIF(ABS(${bottom.text}), 0)` : sql`NULLIF(${bottom.text}, 0)`;
  if (!top.signed && !bottom.signed) return size(division, top.text, divisor, round);
  const dividend = top.signed ? sql`ABS(${top.text})` : top.text;
  const [below, above] = [size(division, dividend, divisor, MIRRORED[round]), size(division, dividend, divisor, round)];
  return sql`CASE WHEN ${negative(top, bottom)} THEN -${below} ELSE ${above} END`;
}

/** What a rounding does to the size of a negative quotient. */
const MIRRORED: Readonly<Record<Rounding, Rounding>> = { 'half-up': 'half-up', 'half-down': 'half-down', 'half-even': 'half-even', up: 'up', down: 'down', floor: 'up', ceiling: 'down' };

function negative(top: Part, bottom: Part): Text {
  if (!bottom.signed) return sql`${top.text} < 0`;
  return top.signed ? sql`(${top.text} < 0) <> (${bottom.text} < 0)` : sql`${bottom.text} < 0`;
}

/** Of a dividend that is not negative and a positive divisor. */
function size(division: string, a: Text, b: Text, round: Rounding): Text {
  const quotient = (top: Text, bottom: Text): Text => sql`(${top} ${division} ${bottom})`;
  switch (round) {
    case 'down': case 'floor': return quotient(a, b);
    case 'up': case 'ceiling': return quotient(sql`(${a} + ${b} - 1)`, b);
    case 'half-up': return quotient(sql`(2 * ${a} + ${b})`, sql`(2 * ${b})`);
    case 'half-down': return quotient(sql`(2 * ${a} + ${b} - 1)`, sql`(2 * ${b})`);
    case 'half-even': {
      const up = quotient(sql`(2 * ${a} + ${b})`, sql`(2 * ${b})`);
      return sql`(${up} - CASE WHEN (2 * ${a} + ${b}) % (2 * ${b}) = 0 AND ${up} % 2 = 1 THEN 1 ELSE 0 END)`;
    }
    default: return round satisfies never;
  }
}
