import type { Rule } from '../../build.ts';
import type { Expr } from '../../op.ts';
import type { FactColumn, Schema } from '../../schema.ts';
import { makeIn, situationOf, thing } from '../../testing/make.ts';
import type { ValueType } from '../../type.ts';
import { NONE, UNKNOWN } from '../../value.ts';
import { worldOf } from './make.ts';
import type { World } from './make.ts';

/*
 * Four services of an island whose SQL is short enough to be read: an allowance from 80 years of age on, aid up to a
 * standard for households, a pension after fifteen insured years, and coal for households with aid where somebody is old.
 */

const MONEY = { kind: 'number', scale: 2, min: 0n, max: 10_000_000n, unit: 'money' } as const satisfies ValueType;
const DATE = { kind: 'date', min: 19000101, max: 20991231 } as const satisfies ValueType;
const fact = (id: string, entity: string, type: ValueType, unknowable: boolean, nonable = false): readonly [string, FactColumn] => [id, { id, name: id, entity, type, unknowable, nonable }];

const schema: Schema = {
  entities: new Map(['person', 'household', 'insurance'].map((id) => [id, { id }])),
  links: new Map([
    ['living', { id: 'living', kind: 'grouping', from: 'person', to: 'household', single: true }],
    ['insurance', { id: 'insurance', kind: 'spells', from: 'person', to: 'insurance', single: false }],
  ]),
  facts: new Map([
    fact('birthday', 'person', DATE, true), fact('income', 'person', MONEY, true, true), fact('care-level', 'person', { kind: 'code', list: 'care' }, false, true), fact('zone', 'household', { kind: 'code', list: 'zone' }, false),
    fact('insurance.from', 'insurance', DATE, false), fact('insurance.until', 'insurance', DATE, false, true),
  ]),
  codeLists: new Map([['care', { id: 'care', codes: ['light', 'heavy'], labels: ['light', 'heavy'] }], ['zone', { id: 'zone', codes: ['harbour', 'hills'], labels: ['harbour', 'hills'] }]]),
};
const make = makeIn({ schema, subjects: new Map([['allowance', 'person'], ['aid', 'household'], ['pension', 'person'], ['coal', 'household']]) });
const day = (value: number): Expr => make.constant(BigInt(value), { kind: 'date', min: value, max: value });
const fen = (value: bigint): Expr => make.constant(value, { ...MONEY, min: value, max: value });
const LAW = 20310615;

const age = make.op({ op: 'years-between', from: make.fact('birthday'), to: day(LAW) });
const old = make.is(age, '>=', make.constant(80n));
const standard = make.op({ op: 'lookup', of: make.fact('zone'), table: [117_000n, 96_000n] }, MONEY);
const income = make.fold('living', 'sum', { value: make.fact('income') });
const members = make.fold('living', 'count');
const perHead = make.divide(income, make.op({ op: 'greatest', of: [members, make.constant(1n)] }), 'half-up', MONEY);
const gap = make.op({ op: 'subtract', left: make.multiply(standard, members), right: income });
const care = make.op({ op: 'greatest', of: [make.op({ op: 'lookup', of: make.fact('care-level'), table: [5_000n, 20_000n] }, MONEY), fen(3_000n)] });

const rules: readonly Rule[] = [
  { service: 'allowance', subject: 'person', clauses: [{ id: 'eighty', when: old }], amount: care },
  { service: 'aid', subject: 'household', clauses: [{ id: 'below-standard', when: make.is(perHead, '<=', standard) }], amount: make.op({ op: 'greatest', of: [gap, fen(0n)] }) },
  { service: 'pension', subject: 'person', clauses: [{ id: 'insured', when: make.is(make.op({ op: 'covered-months', link: 'insurance', from: day(19900101), to: day(LAW) }), '>=', make.constant(180n)) }] },
  { service: 'coal', subject: 'household', clauses: [{ id: 'aid', when: make.op({ op: 'entitled', service: 'aid' }) }, { id: 'somebody-old', when: make.fold('living', 'some', { value: old }) }] },
];

const spells = (...places: readonly number[]): Readonly<Record<string, readonly number[]>> => ({ insurance: places });

export const ISLAND: World = worldOf(
  schema,
  rules,
  situationOf({
    person: [
      thing({ birthday: 19510615n, income: 150_000n, 'care-level': 1n }, { living: [0], ...spells(0) }),
      thing({ birthday: 19510616n, income: NONE, 'care-level': NONE }, { living: [0], ...spells(1, 2) }),
      thing({ birthday: UNKNOWN, income: UNKNOWN, 'care-level': NONE }, { living: [1], ...spells() }),
      thing({ birthday: 19300101n, income: 96_001n, 'care-level': NONE }, { living: [2] }),
    ],
    household: [thing({ zone: 0n }), thing({ zone: 0n }), thing({ zone: 1n })],
    // 1 January 2000 to 31 December 2014 is 180 months; a month less; and one that overlaps by a month and adds one.
    insurance: [thing({ 'insurance.from': 20000101n, 'insurance.until': 20141231n }), thing({ 'insurance.from': 20000101n, 'insurance.until': 20141130n }), thing({ 'insurance.from': 20141130n, 'insurance.until': 20141201n })],
  }),
  [
    { name: 'eighty today, heavy care', service: 'allowance', place: 0, verdict: { kind: 'yes', amountFen: 20_000 } },
    { name: 'eighty tomorrow', service: 'allowance', place: 1, verdict: { kind: 'no', clause: 'eighty' } },
    { name: 'nobody knows the birthday', service: 'allowance', place: 2, verdict: { kind: 'unknown', clause: 'eighty' } },
    { name: 'old, without care', service: 'allowance', place: 3, verdict: { kind: 'yes', amountFen: 3_000 } },
    // 150,000 fen for two: 75,000 each, below 117,000; 2 × 117,000 − 150,000 = 84,000.
    { name: 'the gap to the standard', service: 'aid', place: 0, verdict: { kind: 'yes', amountFen: 84_000 } },
    { name: 'an income that nobody knows', service: 'aid', place: 1, verdict: { kind: 'unknown', clause: 'below-standard' } },
    { name: 'a fen above the standard of the hills', service: 'aid', place: 2, verdict: { kind: 'no', clause: 'below-standard' } },
    { name: '180 months', service: 'pension', place: 0, verdict: { kind: 'yes' } },
    { name: '179 months and one', service: 'pension', place: 1, verdict: { kind: 'yes' } },
    { name: 'never insured', service: 'pension', place: 2, verdict: { kind: 'no', clause: 'insured' } },
    { name: 'no record', service: 'pension', place: 3, verdict: { kind: 'unknown', clause: 'insured' } },
    { name: 'aid and somebody old', service: 'coal', place: 0, verdict: { kind: 'yes' } },
    { name: 'aid unknown', service: 'coal', place: 1, verdict: { kind: 'unknown', clause: 'aid' } },
    { name: 'no aid', service: 'coal', place: 2, verdict: { kind: 'no', clause: 'aid' } },
  ],
);
