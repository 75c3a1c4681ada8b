import type { Expr, Span, Test } from '../op.ts';
import type { UnaryTest } from '../syntax/index.ts';
import { dayText } from '../vocabulary/index.ts';
import type { Check, Frame } from './frame.ts';
import { aligned, all, settled } from './operand.ts';
import { comparedWide, needsWide } from './wide.ts';

/** A comparison of two expressions; where the ranges settle it, a warning says so. */
export function compared(check: Check, test: Test, left: Expr, right: Expr, at: Span, frame: Frame): Expr | undefined {
  if (check.env.forms && needsWide(test, left, right)) return comparedWide(check, test, left, right, at, frame);
  const sides = aligned(check, [left, right], frame);
  const [a, b] = sides ?? [];
  if (!a || !b) return undefined;
  const made = check.make({ op: 'compare', test, left: a, right: b }, at, frame);
  const ranged = (a.type.kind === 'number' && b.type.kind === 'number') || (a.type.kind === 'date' && b.type.kind === 'date');
  if (made && ranged && !frame.inlined && made.entity !== undefined) {
    const answer = settled(test, a.type as Parameters<typeof settled>[1], b.type as Parameters<typeof settled>[1]);
    if (answer !== undefined) check.warn(frame, answer ? 'always-true' : 'never-true', at, { low: sayRange(a, 'min'), high: sayRange(a, 'max') });
  }
  return made;
}

function sayRange(expr: Expr, end: 'min' | 'max'): string {
  if (expr.type.kind === 'date') return dayText(expr.type[end]);
  return expr.type.kind === 'number' ? sayUnits(expr.type[end], expr.type.scale) : '';
}

/** A scaled number in digits: 175500 at scale 2 is 1755. */
export function sayUnits(units: bigint, scale: number): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const fraction = scale === 0 ? '' : digits.slice(-scale).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${scale === 0 ? digits : digits.slice(0, -scale)}${fraction === '' ? '' : `.${fraction}`}`;
}

export function oneTest(check: Check, of: Expr, test: Exclude<UnaryTest<'form'>, { kind: 'is' }>, frame: Frame): Expr | undefined {
  if (test.kind === 'than') {
    const value = check.expr(test.value, frame);
    return value && compared(check, test.test, of, value, test.at, frame);
  }
  const [low, high] = [check.expr(test.low, frame), check.expr(test.high, frame)];
  return low && high && between(check, of, [test.lowIn ? '>=' : '>', low], [test.highIn ? '<=' : '<', high], test.at, frame);
}

export function between(check: Check, of: Expr, [lowTest, low]: readonly [Test, Expr], [highTest, high]: readonly [Test, Expr], at: Span, frame: Frame): Expr | undefined {
  const parts = all([compared(check, lowTest, of, low, at, frame), compared(check, highTest, of, high, at, frame)]);
  return parts && joined(check, 'and', parts, at, frame);
}

/** `and` or `or` of one or more; one alone is itself. */
export function joined(check: Check, op: 'and' | 'or', of: readonly Expr[], at: Span, frame: Frame): Expr | undefined {
  const [only] = of;
  return of.length === 1 && only ? only : check.make({ op, of }, at, frame);
}
