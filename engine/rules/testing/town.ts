import type { FactColumn, Link, Schema } from '../schema.ts';
import type { ValueType } from '../type.ts';

/** The small world of the tests: people in households and dwellings, with a spouse, children and insurance. */

export const MONEY: ValueType = { kind: 'number', scale: 2, min: -100_000_000n, max: 100_000_000n, unit: 'money' };
export const COUNT: ValueType = { kind: 'number', scale: 0, min: -1_000n, max: 1_000n };
export const DATE: ValueType = { kind: 'date', min: 19000101, max: 21001231 };
export const TRUTH: ValueType = { kind: 'boolean' };
export const GRADE: ValueType = { kind: 'code', list: 'grade' };

const link = (id: string, kind: Link['kind'], to: string, single = false): readonly [string, Link] => [id, { id, kind, from: 'person', to, single }];
const fact = (id: string, type: ValueType, entity = 'person'): readonly [string, FactColumn] => [id, { id, name: id, entity, type, unknowable: true, nonable: true }];

export const TOWN: Schema = {
  entities: new Map(['person', 'living', 'dwelling', 'insured'].map((id) => [id, { id }])),
  links: new Map([link('living', 'grouping', 'living', true), link('dwelling', 'grouping', 'dwelling', true), link('spouse', 'relation', 'person', true), link('child', 'relation', 'person'), link('insured', 'spells', 'insured')]),
  facts: new Map([
    ...['income', 'rent'].map((id) => fact(id, MONEY)), ...['n', 'm'].map((id) => fact(id, COUNT)), ...['d', 'e'].map((id) => fact(id, DATE)),
    ...['p', 'q', 'r'].map((id) => fact(id, TRUTH)), fact('grade', GRADE), fact('other-grade', GRADE), fact('name', { kind: 'text' }),
    fact('damp', TRUTH, 'dwelling'), fact('insured.from', DATE, 'insured'), fact('insured.until', DATE, 'insured'), fact('insured.paid', TRUTH, 'insured'),
  ]),
  codeLists: new Map([['grade', { id: 'grade', codes: ['1', '2', '3'], labels: ['one', 'two', 'three'] }]]),
};
