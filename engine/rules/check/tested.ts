import type { Expr, Span } from '../op.ts';
import type { FormCell, UnaryTest } from '../syntax/index.ts';
import { joined, oneTest } from './compare.ts';
import type { Check, Frame } from './frame.ts';
import { aligned, all } from './operand.ts';
import { isIn } from './set.ts';

/** Whether a value passes one of the tests; plain values together become one look into a set. */
export function tested(check: Check, of: Expr, tests: readonly UnaryTest<'form'>[], at: Span, frame: Frame): Expr | undefined {
  if (check.env.forms) return testedInForms(check, of, tests, at, frame);
  const plain = tests.flatMap((test) => (test.kind === 'is' ? [test] : []));
  const values = all(plain.map((test) => check.expr(test.value, frame)));
  const others = all(tests.flatMap((test) => (test.kind === 'is' ? [] : [oneTest(check, of, test, frame)])));
  if (!values || !others) return undefined;
  const set = values.length === 0 ? [] : [amongst(check, of, values, at, frame)];
  const parts = all([...set, ...others]);
  return parts && joined(check, 'or', parts, at, frame);
}

/** Whether a value passes a cell of a decision table; undefined and `any` for a cell that everything passes. */
export function inCell(check: Check, of: Expr, { negated, tests }: FormCell, at: Span, frame: Frame): Expr | undefined | 'any' {
  if (tests === 'any') return 'any';
  const passed = tested(check, of, tests, at, frame);
  return negated && passed ? check.make({ op: 'not', of: passed }, at, frame) : passed;
}

/** The same where a test may be a list, a range in a list, or of any type. */
function testedInForms(check: Check, of: Expr, tests: readonly UnaryTest<'form'>[], at: Span, frame: Frame): Expr | undefined {
  const parts = all(tests.map((test) => (test.kind === 'is' ? isIn(check, of, test.value, frame) : oneTest(check, of, test, frame))));
  return parts && (parts.length === 0 ? check.make({ op: 'constant', value: false }, at, frame) : joined(check, 'or', parts, at, frame));
}

function amongst(check: Check, of: Expr, values: readonly Expr[], at: Span, frame: Frame): Expr | undefined {
  const [same, ...ready] = aligned(check, [of, ...values], frame) ?? [];
  if (!same) return undefined;
  const constants = ready.flatMap((value) => (value.node.op === 'constant' ? [value.node.value] : []));
  const equal = all(ready.map((value) => check.make({ op: 'compare', test: '=', left: same, right: value }, value.at, frame)));
  if (!equal) return undefined;
  return constants.length === ready.length && ready.length > 1 ? check.make({ op: 'one-of', of: same, values: constants }, at, frame) : joined(check, 'or', equal, at, frame);
}
