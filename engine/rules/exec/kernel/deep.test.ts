import { expect, test } from 'vitest';
import { buildProgram } from '../../build.ts';
import { makeIn, situationOf, thing } from '../../testing/make.ts';
import type { Expr } from '../../op.ts';
import type { Schema } from '../../schema.ts';
import { NONE } from '../../value.ts';
import { decided, meant } from '#engine/population/snapshot/testing.ts';

const AMOUNT = { kind: 'number', scale: 2, min: 0n, max: 1_000_000n, unit: 'money' } as const;
const schema: Schema = {
  entities: new Map([['person', { id: 'person' }]]), links: new Map(), codeLists: new Map(),
  facts: new Map([['age', { id: 'age', name: 'age', entity: 'person', type: { kind: 'number', scale: 0, min: 0n, max: 150n }, unknowable: true, nonable: true }]]),
};

test('a table of sixty rows over a fact that may be unknown is written once a row, not twice as often with each', () => {
  const make = makeIn({ schema, subjects: new Map() });
  // Row n: younger than 2n pays n yuan; an unknown age falls into all rows at once, so the amount is unknown.
  let amount: Expr = make.constant(9_900n, AMOUNT);
  for (let row = 60n; row >= 1n; row--) amount = make.op({ op: 'if', condition: make.is(make.fact('age'), '<', make.constant(2n * row)), yes: make.constant(row * 100n, AMOUNT), no: amount });
  const program = buildProgram(schema, 20310615, [{ service: 'grant', subject: 'person', clauses: [{ id: 'all', when: make.is(make.fact('age'), '>=', make.constant(0n)) }], amount }]);
  const situation = situationOf({ person: [thing({ age: 0n }), thing({ age: 1n }), thing({ age: 2n }), thing({ age: 119n }), thing({ age: 120n }), thing({}), thing({ age: NONE })] });
  const verdicts = decided(schema, program, situation, undefined).get('grant');
  expect(verdicts).toEqual(meant(program, situation).get('grant'));
  // Ages 0 and 1 stand in row 1, 2 in row 2, 119 in row 60, 120 in none of them.
  expect(verdicts?.slice(0, 5).map((verdict) => (verdict.kind === 'yes' ? verdict.amountFen : verdict))).toEqual([100, 100, 200, 6000, 9900]);
  expect(verdicts?.slice(5).map(({ kind }) => kind)).toEqual(['unknown', 'no']);
});
