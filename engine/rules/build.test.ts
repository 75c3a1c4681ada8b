import { expect, test } from 'vitest';
import { buildProgram } from './build.ts';
import { isExpr, typed } from './expr.ts';
import type { ExprProblem, Scope } from './expr.ts';
import type { Declared } from './infer.ts';
import type { Expr, Op } from './op.ts';
import type { FactColumn, Schema } from './schema.ts';

const MONEY: Declared = { kind: 'number', scale: 2, min: 0n, max: 100_000_000n, unit: 'money' };
const fact = (id: string, entity: string, type: FactColumn['type'], unknowable = true): readonly [string, FactColumn] => [id, { id, name: id, entity, type, unknowable, nonable: false }];

const schema: Schema = {
  entities: new Map(['person', 'living'].map((id) => [id, { id }])),
  links: new Map([['living', { id: 'living', kind: 'grouping', from: 'person', to: 'living', single: true }]]),
  facts: new Map([fact('income', 'person', MONEY), fact('disabled', 'person', { kind: 'boolean' }, false)]),
  codeLists: new Map(),
};
const scope: Scope = { schema, subjects: new Map([['grant', 'person']]) };

function make(node: Op<Expr>, declared?: Declared): Expr {
  const made = typed(scope, node, declared);
  if (!isExpr(made)) throw new Error(JSON.stringify(made, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)));
  return made;
}
const refused = (node: Op<Expr>, declared?: Declared): ExprProblem['kind'] | undefined => {
  const made = typed(scope, node, declared);
  return isExpr(made) ? undefined : made.kind;
};

const income = make({ op: 'fact', fact: 'income' });
const disabled = make({ op: 'fact', fact: 'disabled' });
const line = make({ op: 'constant', value: 100_000n }, MONEY);
const poor = make({ op: 'compare', test: '<=', left: income, right: line });
const total = make({ op: 'fold', link: 'living', fold: 'sum', value: income });

test('what is said twice is one node, and a conjunct that is certain stands before one that may be unknown', () => {
  const program = buildProgram(schema, 20310615, [{ service: 'grant', subject: 'person', clauses: [{ id: 'both', when: make({ op: 'and', of: [poor, make({ op: 'and', of: [disabled, poor] })] }) }, { id: 'poor', when: poor }] }]);
  expect(program.nodes.map((node) => node.op)).toEqual(['fact', 'constant', 'compare', 'fact', 'and']);
  const both = program.nodes[4];
  expect(both?.op === 'and' && both.of).toEqual([3, 2]);
  expect(program.decisions[0]?.clauses.map((clause) => clause.node)).toEqual([4, 2]);
  expect(program.facts).toEqual(['income', 'disabled']);
});

test('a sum over a household is of the household, stands one stratum higher, and holds as many incomes as a household may have members', () => {
  expect(total.entity).toBe('living');
  expect(total.type).toMatchObject({ min: 0n, max: 100_000_000n * 1000n });
  const own = make({ op: 'through', link: 'living', of: total });
  const program = buildProgram(schema, 20310615, [{ service: 'grant', subject: 'person', clauses: [{ id: 'income', when: make({ op: 'compare', test: '<=', left: own, right: line }) }] }]);
  expect(program.nodes.map((node) => [node.op, node.stratum])).toEqual([['fact', 0], ['fold', 1], ['through', 2], ['constant', 0], ['compare', 2]]);
});

test('what cannot be is refused with its reason', () => {
  expect(refused({ op: 'compare', test: '<', left: income, right: disabled })).toBe('type-clash');
  expect(refused({ op: 'compare', test: '<', left: disabled, right: disabled })).toBe('type-clash');
  expect(refused({ op: 'add', of: [income, total] })).toBe('entity-clash');
  expect(refused({ op: 'add', of: [income, make({ op: 'constant', value: 1n })] })).toBe('scale-clash');
  expect(refused({ op: 'add', of: [income, make({ op: 'constant', value: 12n }, { ...MONEY, unit: 'months' })] })).toBe('unit-clash');
  expect(refused({ op: 'fact', fact: 'incomes' })).toBe('unknown-name');
  // 10^11 fen in a household, squared, is beyond 2^53.
  expect(refused({ op: 'multiply', of: [total, total] })).toBe('may-overflow');
});

test('a quotient is never none where its divisor cannot be zero, and may be where it can', () => {
  const count = make({ op: 'fold', link: 'living', fold: 'count' });
  expect(make({ op: 'divide', left: total, right: count, round: 'half-up' }, MONEY).nonable).toBe(true);
  expect(make({ op: 'divide', left: total, right: make({ op: 'greatest', of: [count, make({ op: 'constant', value: 1n })] }), round: 'half-up' }, MONEY).nonable).toBe(false);
});

test('twelve months and twelve years are two constants, though their units are the same number', () => {
  const twelve = (unit: string): Expr => make({ op: 'constant', value: 12n }, { kind: 'number', scale: 0, min: 12n, max: 12n, unit });
  const today = make({ op: 'constant', value: 20310615n }, { kind: 'date', min: 20310615, max: 20310615 });
  const clause = (id: string, op: 'years-between' | 'months-between', unit: string) => ({ id, when: make({ op: 'compare', test: '>=', left: make({ op, from: today, to: today }), right: twelve(unit) }) });
  const program = buildProgram(schema, 20310615, [{ service: 'grant', subject: 'person', clauses: [clause('years', 'years-between', 'years'), clause('months', 'months-between', 'months')] }]);
  expect(program.nodes.filter((node) => node.op === 'constant' && node.value === 12n)).toHaveLength(2);
});

test('a sum is refused where it may leave the exact range on the way, even if it comes back', () => {
  const large = make({ op: 'constant', value: 1n }, { kind: 'number', scale: 0, min: 0n, max: 2n ** 53n - 1n });
  const back = make({ op: 'constant', value: -1n }, { kind: 'number', scale: 0, min: -(2n ** 53n) + 1n, max: -(2n ** 53n) + 1n });
  expect(refused({ op: 'add', of: [large, back, large] })).toBeUndefined();
  expect(refused({ op: 'add', of: [large, large, back] })).toBe('may-overflow');
});

test('services that ask one another stand in order; a circle is a fault of whoever checked them', () => {
  const other = { ...scope, subjects: new Map([['grant', 'person'], ['card', 'person']]) };
  const asks = (service: string): Expr => {
    const made = typed(other, { op: 'entitled', service });
    if (!isExpr(made)) throw new Error(made.kind);
    return made;
  };
  const card = { service: 'card', subject: 'person', clauses: [{ id: 'disabled', when: disabled }] };
  const grant = { service: 'grant', subject: 'person', clauses: [{ id: 'card', when: asks('card') }] };
  expect(buildProgram(schema, 20310615, [grant, card]).decisions.map((decision) => decision.service)).toEqual(['card', 'grant']);
  // The card rests on a certain fact alone, so asking for it is certain too.
  expect(buildProgram(schema, 20310615, [grant, card]).nodes.find((node) => node.op === 'entitled')?.unknowable).toBe(false);
  expect(() => buildProgram(schema, 20310615, [grant, { ...card, clauses: [{ id: 'grant', when: asks('grant') }] }])).toThrow('circle');
});
