import { expect, test } from 'vitest';
import { builtinNames, childrenOf } from '#engine/rules/index.ts';
import type { Expr } from '#engine/rules/index.ts';
import { randomForm } from '#engine/rules/testing/random-form.ts';
import { agreeForms, checkedForm } from './agree-forms.ts';

test('interpreter, closure and the dynamic evaluator say the same of random expressions, and types tell the truth', { timeout: 60_000 }, () => {
  const { expressions, refused, closure, forms, findings } = agreeForms(1, 400);
  expect(findings).toEqual([]);
  const taken = expressions - Object.values(refused).reduce((sum, next) => sum + next, 0);
  expect(taken).toBeGreaterThan(380);
  expect(closure).toBe(taken * 6);
  // Of half of the people everything is known; expressions with something that is none inside are left out.
  expect(forms).toBeGreaterThan(taken);
});

test('every function of forms turns up', { timeout: 60_000 }, () => {
  const inside = (expr: Expr): readonly string[] => [...(expr.node.op === 'call' ? [expr.node.name] : []), ...childrenOf<Expr>(expr.node).flatMap(inside)];
  const names = new Set(Array.from({ length: 4_000 }, (_, seed) => checkedForm(randomForm(seed))).flatMap((expr) => (typeof expr === 'string' ? [] : inside(expr))));
  expect(builtinNames().filter((name) => !names.has(name))).toEqual([]);
});

test('the same seed gives the same expression', () => { expect(randomForm(7)).toBe(randomForm(7)); });
