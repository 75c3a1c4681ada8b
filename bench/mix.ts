import type { Rule } from '../engine/rules/build.ts';
import type { Expr } from '../engine/rules/op.ts';
import type { FactColumn, Schema } from '../engine/rules/schema.ts';
import { makeIn } from '../engine/rules/testing/make.ts';
import { seeded } from '../engine/rules/testing/seed.ts';
import type { Situation, Thing, Value } from '../engine/rules/value.ts';
import { known, NONE, UNKNOWN } from '../engine/rules/value.ts';
import type { ValueType } from '../engine/rules/type.ts';

/*
 * Thirty rules of the kinds a city has: income per head against a standard by county and town or country, bands of
 * age, disability, education, medical aid, housing, unemployment, veterans, households of old people. Their figures
 * are made up.
 */

export const LAW_ON = 20310615;
const money = (max: bigint, scale = 2): ValueType => ({ kind: 'number', scale, min: 0n, max, unit: 'money' });
const INCOME = money(10_000_000n);
const TRUTH: ValueType = { kind: 'boolean' };
const DATE: ValueType = { kind: 'date', min: 19200101, max: LAW_ON };
const code = (list: string): ValueType => ({ kind: 'code', list });

const column = (entity: string, id: string, type: ValueType, unknowable = false, nonable = false): FactColumn => ({ id, name: id, entity, type, unknowable, nonable });
const COLUMNS: readonly FactColumn[] = [
  column('person', 'birth', DATE), column('person', 'sex', code('sex')), column('person', 'area', code('area')), column('person', 'income', INCOME, true),
  column('person', 'savings', money(1_000_000_000n), true), column('person', 'certificate', TRUTH), column('person', 'kind', code('kind'), false, true), column('person', 'level', code('level'), true, true),
  column('person', 'student', TRUTH), column('person', 'school', code('school'), false, true), column('person', 'fee', INCOME, true), column('person', 'cost', money(100_000_000n), true),
  column('person', 'insured', TRUTH), column('person', 'jobless', TRUTH, true), column('person', 'jobless-since', DATE, false, true), column('person', 'veteran', TRUTH),
  column('person', 'veteran-grade', code('veteran'), false, true), column('person', 'registered-on', DATE, true), column('person', 'pregnant', TRUTH), column('person', 'orphan', TRUTH),
  column('person', 'served-months', { kind: 'number', scale: 0, min: 0n, max: 480n }), column('person', 'carer', TRUTH), column('person', 'receives-pension', TRUTH),
  column('living', 'floor', { kind: 'number', scale: 2, min: 0n, max: 100_000n }, true), column('living', 'rent', INCOME), column('living', 'housing', code('housing')),
];
const LISTS: readonly (readonly [string, number])[] = [['sex', 2], ['area', 18], ['kind', 7], ['level', 4], ['school', 5], ['veteran', 10], ['housing', 4]];

export const MIX_SCHEMA: Schema = {
  entities: new Map(['person', 'living'].map((id) => [id, { id }])),
  links: new Map([['living', { id: 'living', kind: 'grouping', from: 'person', to: 'living', single: true }]]),
  facts: new Map(COLUMNS.map((one) => [one.id, one])),
  codeLists: new Map(LISTS.map(([id, length]) => [id, { id, codes: Array.from({ length }, (_, at) => String(at)), labels: [] }])),
};

const SERVICES = ['minimum', 'edge', 'disabled-living', 'disabled-nursing', 'disabled-household', 'age-80', 'age-90', 'age-100', 'elder-care', 'elder-household', 'elder-alone', 'medical', 'illness', 'premium', 'nursery', 'school', 'high-school', 'university', 'infant', 'orphan', 'left-behind', 'housing', 'rental', 'jobless', 'training', 'veteran', 'veteran-disabled', 'maternity', 'phone', 'energy'] as const;
const make = makeIn({ schema: MIX_SCHEMA, subjects: new Map(SERVICES.map((id) => [id, 'person'])) });
const { fact, and, or, not, is, constant, op, through, fold } = make;

const fen = (value: bigint): Expr => constant(value, money(value));
const number = (value: bigint, scale = 0): Expr => constant(value, { kind: 'number', scale, min: value, max: value });
const day = constant(BigInt(LAW_ON), { kind: 'date', min: LAW_ON, max: LAW_ON });
const age = op({ op: 'years-between', from: fact('birth'), to: day });
const between = (of: Expr, from: bigint, below: bigint): Expr => and(is(of, '>=', number(from)), is(of, '<', number(below)));
const oneOf = (id: string, ...values: readonly bigint[]): Expr => op({ op: 'one-of', of: fact(id), values });
const table = (id: string, values: readonly bigint[]): Expr => op({ op: 'lookup', of: fact(id), table: values }, money(0n));
const entitled = (service: (typeof SERVICES)[number]): Expr => op({ op: 'entitled', service });
const people = op({ op: 'greatest', of: [fold('living', 'count'), number(1n)] });
const perHead = (of: string): Expr => through('living', make.divide(fold('living', 'sum', { value: fact(of) }), people, 'half-up', money(0n)));
const income = perHead('income');
const members = through('living', fold('living', 'count'));
/** From 900 yuan in the poorest country to 1,325 in the richest town. */
const standard = table('area', Array.from({ length: 18 }, (_, at) => 90_000n + 2_500n * BigInt(at)));
/** A standard times tenths, at the scale of the income it is compared with. */
const within = (of: Expr, tenths: bigint): Expr => is(op({ op: 'rescale', of }, money(0n, 3)), '<=', make.multiply(standard, number(tenths, 1)));
const share = (of: Expr, tenths: bigint): Expr => make.divide(make.multiply(of, number(tenths, 1)), number(1n), 'half-up', money(0n));
const zero = fen(0n);
/** At least nothing; the second time proves it where the first may have met none. */
const paid = (of: Expr): Expr => op({ op: 'greatest', of: [op({ op: 'greatest', of: [of, zero] }), zero] });
const least = (...of: readonly Expr[]): Expr => op({ op: 'least', of });
const months = (from: string): Expr => op({ op: 'months-between', from: fact(from), to: day });
const poor = within(income, 15n);
const settled = is(months('registered-on'), '>=', number(6n));

type Clauses = Readonly<Record<string, Expr>>;
const RULES: Readonly<Record<(typeof SERVICES)[number], readonly [Clauses, Expr?]>> = {
  minimum: [{ income: is(income, '<=', standard), savings: is(perHead('savings'), '<=', make.multiply(standard, number(24n))) }, paid(op({ op: 'subtract', left: standard, right: income }))],
  edge: [{ income: poor, 'stacks/support': not(entitled('minimum')) }, fen(10_000n)],
  'disabled-living': [{ certificate: fact('certificate'), income: or(poor, and(between(age, 16n, 60n), within(fact('income'), 15n))) }, share(standard, 3n)],
  'disabled-nursing': [{ certificate: fact('certificate'), level: oneOf('level', 0n, 1n), kind: oneOf('kind', 0n, 1n, 2n, 5n) }, paid(table('level', [50_000n, 25_000n, 12_500n, 0n]))],
  'disabled-household': [{ certificate: fact('certificate'), many: is(through('living', fold('living', 'count', { where: fact('certificate') })), '>=', number(2n)), income: within(income, 20n) }, fen(20_000n)],
  'age-80': [{ age: between(age, 80n, 90n), settled }, fen(5_000n)],
  'age-90': [{ age: between(age, 90n, 100n), settled }, fen(10_000n)],
  'age-100': [{ age: is(age, '>=', number(100n)), settled }, fen(50_000n)],
  'elder-care': [{ age: is(age, '>=', number(60n)), support: or(entitled('minimum'), entitled('edge')), carer: fact('carer') }, fen(12_500n)],
  'elder-household': [{ age: is(age, '>=', number(60n)), all: through('living', fold('living', 'every', { value: is(age, '>=', number(60n)) })) }, fen(3_000n)],
  'elder-alone': [{ age: is(age, '>=', number(70n)), alone: is(members, '=', number(1n)), poor }, fen(8_000n)],
  medical: [{ cost: is(fact('cost'), '>', fen(500_000n)), support: or(entitled('minimum'), entitled('edge')) }, paid(least(share(fact('cost'), 7n), fen(8_000_000n)))],
  illness: [{ insured: fact('insured'), cost: is(fact('cost'), '>', fen(2_000_000n)) }, paid(share(op({ op: 'subtract', left: fact('cost'), right: fen(2_000_000n) }), 6n))],
  premium: [{ insured: fact('insured'), support: entitled('minimum') }, fen(64_000n)],
  nursery: [{ age: between(age, 3n, 6n), school: oneOf('school', 0n), poor }, paid(least(fact('fee'), fen(100_000n)))],
  school: [{ student: fact('student'), school: oneOf('school', 1n, 2n), poor }, paid(table('school', [0n, 50_000n, 62_500n, 0n, 0n]))],
  'high-school': [{ student: fact('student'), school: oneOf('school', 3n), poor }, fen(100_000n)],
  university: [{ student: fact('student'), school: oneOf('school', 4n), income: within(income, 20n) }, paid(least(fact('fee'), fen(800_000n)))],
  infant: [{ age: is(age, '<', number(3n)), settled }, fen(30_000n)],
  orphan: [{ orphan: fact('orphan'), age: is(age, '<', number(18n)) }, share(standard, 20n)],
  'left-behind': [{ age: is(age, '<', number(16n)), nobody: not(through('living', fold('living', 'some', { value: is(age, '>=', number(18n)) }))) }, fen(40_000n)],
  housing: [{ housing: is(through('living', fact('housing')), '!=', constant(0n, code('housing'))), floor: is(through('living', make.divide(fact('floor'), people, 'down', { kind: 'number', scale: 2, min: 0n, max: 0n })), '<', number(1_800n, 2)), income: within(income, 25n) }, paid(least(through('living', fact('rent')), fen(120_000n)))],
  rental: [{ housing: is(through('living', fact('housing')), '=', constant(2n, code('housing'))), income: within(income, 30n), age: is(age, '>=', number(18n)) }],
  jobless: [{ jobless: fact('jobless'), since: is(months('jobless-since'), '<=', number(24n)), insured: fact('insured') }, share(standard, 14n)],
  training: [{ jobless: fact('jobless'), age: between(age, 16n, 60n), level: or(not(fact('certificate')), oneOf('level', 2n, 3n)) }, fen(60_000n)],
  veteran: [{ veteran: fact('veteran'), age: is(age, '>=', number(60n)), pension: not(fact('receives-pension')) }, paid(make.multiply(op({ op: 'divide', left: fact('served-months'), right: number(12n), round: 'down' }, { kind: 'number', scale: 0, min: 0n, max: 0n }), fen(5_000n)))],
  'veteran-disabled': [{ veteran: fact('veteran'), grade: op({ op: 'has', of: fact('veteran-grade') }) }, paid(table('veteran-grade', Array.from({ length: 10 }, (_, at) => 900_000n - 80_000n * BigInt(at))))],
  maternity: [{ pregnant: fact('pregnant'), insured: fact('insured'), sex: oneOf('sex', 1n) }, share(standard, 10n)],
  phone: [{ age: is(age, '>=', number(75n)), alone: is(members, '=', number(1n)), settled }],
  energy: [{ poor: within(income, 12n), people: is(members, '>=', number(1n)) }, paid(make.multiply(members, fen(1_500n)))],
};

export const MIX_RULES: readonly Rule[] = SERVICES.map((service) => {
  const [clauses, amount] = RULES[service];
  return { service, subject: 'person', clauses: Object.entries(clauses).map(([id, when]) => ({ id, when })), amount };
});

/** Households of three whose facts follow no real city; one in twenty of what may be unknown is. */
export function mixSituation(households: number, seed: number): Situation {
  const random = seeded(seed);
  const value = ({ type, unknowable, nonable }: FactColumn): Value => {
    if (unknowable && random.percent(5)) return UNKNOWN;
    if (nonable && random.percent(80)) return NONE;
    switch (type.kind) {
      case 'boolean': return known(random.percent(15));
      case 'number': return known(random.percent(70) ? BigInt(random.below(Number(type.max < 300_000n ? type.max : 300_000n))) : BigInt(random.below(Number(type.max))));
      case 'date': return known(BigInt((1930 + random.below(101)) * 10_000 + (1 + random.below(12)) * 100 + 1 + random.below(28)));
      case 'code': return known(BigInt(random.below(MIX_SCHEMA.codeLists.get(type.list)?.codes.length ?? 1)));
      case 'text': return NONE;
      default: return type satisfies never;
    }
  };
  const things = (entity: string, count: number, links: (at: number) => Thing['links']): readonly Thing[] =>
    Array.from({ length: count }, (_, at) => ({ facts: new Map(COLUMNS.filter((one) => one.entity === entity).map((one) => [one.id, value(one)])), links: links(at) }));
  return new Map([['person', things('person', households * 3, (at) => new Map([['living', [Math.floor(at / 3)]]]))], ['living', things('living', households, () => new Map())]]);
}
