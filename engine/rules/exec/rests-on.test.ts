import { expect, test } from 'vitest';
import { restsOn } from './rests-on.ts';
import type { Step } from './trace-format.ts';

const step = (op: string, ...of: readonly number[]): Step => ({ op, type: { kind: 'boolean' }, detail: {}, at: { from: 0, to: 0 }, result: { kind: 'known', value: true }, of: of.map((one) => ({ as: 'of', step: one })) });

test('a trace rests on what its clauses and its amount lead to, and on nothing that another service asked', () => {
  const steps = [step('income'), step('disease of another service'), step('grade'), step('clause', 0, 2), step('clause of another', 1, 0), step('price'), step('amount', 5, 0)];
  const ops = (amount?: number): readonly string[] => restsOn({ steps, clauses: [{ id: 'one', held: 'yes', step: 3 }], amount }).map(({ op }) => op);
  expect(ops(6)).toEqual(['income', 'grade', 'clause', 'price', 'amount']);
  expect(ops()).toEqual(['income', 'grade', 'clause']);
});
