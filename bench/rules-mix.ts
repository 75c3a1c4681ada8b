import { makeIn } from '../engine/rules/testing/make.ts';
import { buildProgram } from '#engine/rules/index.ts';
import type { Expr, Program, Rule, ValueType } from '#engine/rules/index.ts';
import { LAW_ON, WORLD } from './world.ts';

/*
 * Thirty rules of the kinds that a city's plan has: income per head against a standard by county and town or
 * country, age bands, kinds and levels of disability, school, illness, housing, work, service, old age. Seven
 * aggregates over the household. Ten of them, `TEN`, are also written for the other engines.
 */

/** Minimum living standards in fen a month, by county: in town, in the country. */
export const STANDARDS = {
  urban: [117_000, 112_000, 108_000, 105_000, 105_000, 104_000, 103_000, 102_000, 101_000],
  rural: [117_000, 110_000, 104_000, 101_000, 100_000, 98_000, 97_000, 96_000, 95_000],
} as const;
/** Minimum wages in fen a month, and care allowances for severe disability, by county. */
export const WAGES = [249_000, 249_000, 226_000, 226_000, 226_000, 201_000, 201_000, 201_000, 201_000] as const;
export const CARE = [50_000, 48_000, 45_000, 45_000, 42_000, 40_000, 40_000, 38_000, 38_000] as const;
export const DISABLED = [40_000, 40_000, 25_000, 15_000] as const;

/** The ten that every engine decides. */
export const TEN = ['minimum-living', 'low-income-edge', 'old-age-allowance', 'disabled-living', 'severe-care', 'child-in-hardship', 'student-nutrition', 'medical-aid', 'unemployment', 'veteran-pension'] as const;

const HOUSEHOLD_SERVICES = new Set(['utilities-discount']);

/** So many rules: the thirty, and beyond them the thirty again with other thresholds. */
export function mixRules(count: number): readonly Rule[] {
  const variants = Array.from({ length: Math.ceil(count / SERVICES.length) }, (_, variant) => variant);
  const names = variants.flatMap((variant) => SERVICES.map((service) => nameOf(service, variant)));
  const subjects = new Map(names.map((name) => [name, HOUSEHOLD_SERVICES.has(name.replace(/-v\d+$/, '')) ? 'household' : 'person']));
  return variants.flatMap((variant) => rulesOf(subjects, variant)).slice(0, count);
}

/** Only the ten. */
export function tenRules(): readonly Rule[] {
  const wanted: readonly string[] = TEN;
  return mixRules(SERVICES.length).filter(({ service }) => wanted.includes(service));
}

export const mix = (count: number): Program => buildProgram(WORLD, LAW_ON, mixRules(count));
export const ten = (): Program => buildProgram(WORLD, LAW_ON, tenRules());

const nameOf = (service: string, variant: number): string => (variant === 0 ? service : `${service}-v${variant}`);

const SERVICES = [
  ...TEN, 'orphan-living', 'preschool-free', 'vocational-free', 'student-loan', 'major-illness', 'premium-waiver', 'public-rental', 'rent-subsidy', 'renovation', 'job-subsidy', 'zero-employment',
  'veteran-elderly', 'elderly-visits', 'elderly-care', 'resident-pension', 'funeral', 'temporary-aid', 'utilities-discount', 'child-care', 'family-aid',
] as const;

type Clauses = Readonly<Record<string, Expr>>;

function rulesOf(subjects: ReadonlyMap<string, string>, variant: number): readonly Rule[] {
  const { op, fact, is, and, or, not, add, multiply, divide, choose, through, fold, constant } = makeIn({ schema: WORLD, subjects });
  const money = (fen: number): Expr => constant(BigInt(fen), { kind: 'number', scale: 2, min: BigInt(fen), max: BigInt(fen), unit: 'money' });
  const number = (units: number, scale = 0, unit?: string): Expr => constant(BigInt(units), { kind: 'number', scale, min: BigInt(units), max: BigInt(units), unit });
  const MONEY: ValueType = { kind: 'number', scale: 2, min: 0n, max: 0n, unit: 'money' };
  const today = constant(BigInt(LAW_ON), { kind: 'date', min: LAW_ON, max: LAW_ON });
  const age = op({ op: 'years-between', from: fact('birth'), to: today });
  const years = (n: number): Expr => number(n + variant, 0, 'years');
  const aged = (n: number): Expr => is(age, '>=', years(n));
  const younger = (n: number): Expr => is(age, '<', years(n));
  const code = (id: string, ...values: readonly number[]): Expr => op({ op: 'one-of', of: fact(id), values: values.map(BigInt) });
  const table = (of: Expr, values: readonly number[]): Expr => op({ op: 'lookup', of, table: values.map((fen) => BigInt(fen)) }, MONEY);

  const heads = op({ op: 'greatest', of: [fold('living', 'count'), number(1)] });
  const totalIncome = fold('living', 'sum', { value: fact('income') });
  const allElderly = fold('living', 'every', { value: aged(60) });
  const minors = fold('living', 'count', { where: younger(18) });
  const workers = fold('living', 'count', { where: fact('employed') });
  const totalMedical = fold('living', 'sum', { value: fact('medical-cost') });
  const severe = code('disability-level', 0, 1);
  const anySevere = fold('living', 'some', { value: severe });

  const perHead = divide(totalIncome, heads, 'half-up', MONEY);
  const standard = choose(fact('urban'), table(fact('county'), STANDARDS.urban), table(fact('county'), STANDARDS.rural));
  /** Income per head not above the standard times `tenths` / 10. */
  const within = (tenths: number): Expr => is(op({ op: 'rescale', of: perHead }, { kind: 'number', scale: 3, min: 0n, max: 0n, unit: 'money' }), '<=', multiply(standard, number(tenths + variant, 1)));
  const poor = (tenths: number): Expr => through('living', within(tenths));
  const of = (expr: Expr): Expr => through('living', expr);
  const positive = (expr: Expr): Expr => op({ op: 'greatest', of: [expr, money(0)] });
  const minus = (left: Expr, right: Expr): Expr => op({ op: 'subtract', left, right });
  const tenths = (expr: Expr, n: number): Expr => divide(multiply(expr, number(n)), number(10), 'half-up', MONEY);
  const months = (id: string, test: '>=' | '<=', n: number): Expr => is(fact(id), test, number(n + variant, 0, 'months'));
  const registered = fact('registered');
  /** What is of the household cannot be none for somebody who lives in one, which the amount has to say. */
  const sure = (expr: Expr): Expr => positive(op({ op: 'greatest', of: [of(expr), money(0)] }));

  const amounts: Readonly<Partial<Record<string, Expr>>> = {
    'minimum-living': sure(positive(minus(standard, perHead))),
    'old-age-allowance': choose(aged(100), money(100_000), choose(aged(90), money(30_000), money(10_000))),
    'disabled-living': positive(table(fact('disability-level'), DISABLED)),
    'severe-care': sure(table(fact('county'), CARE)),
    'child-in-hardship': sure(tenths(standard, 6)),
    'student-nutrition': money(11_000),
    'medical-aid': tenths(positive(minus(fact('medical-cost'), money(500_000))), 7),
    unemployment: sure(tenths(table(fact('county'), WAGES), 8)),
    'veteran-pension': multiply(money(4_500), fact('service-years')),
    'orphan-living': sure(choose(fact('urban'), money(240_000), money(195_000))),
    'rent-subsidy': multiply(number(120, 1, 'money'), op({ op: 'greatest', of: [minus(number(150, 1), fact('dwelling-area')), number(0, 1)] })),
    'job-subsidy': money(60_000),
    'veteran-elderly': add(money(6_000), multiply(money(1_200), fact('service-years'))),
    'elderly-care': choose(severe, money(40_000), money(20_000)),
    'resident-pension': positive(minus(money(40_000), fact('pension'))),
    funeral: money(250_000),
    'temporary-aid': sure(op({ op: 'least', of: [multiply(standard, number(6)), divide(totalMedical, number(10), 'half-up', MONEY)] })),
    'utilities-discount': money(1_500),
    'child-care': money(30_000),
    'family-aid': money(8_000),
  };
  const clauses: Readonly<Record<string, Clauses>> = {
    'minimum-living': { registered, income: of(is(perHead, '<', standard)), assets: is(fact('assets'), '<=', money(6_000_000)) },
    'low-income-edge': { registered, income: poor(15), 'no-minimum': not(fact('receives-minimum')) },
    'old-age-allowance': { registered, age: aged(80) },
    'disabled-living': { registered, kind: op({ op: 'has', of: fact('disability-kind') }), level: or(severe, and(code('disability-level', 2), code('disability-kind', 4, 5))), income: poor(20) },
    'severe-care': { registered, level: severe },
    'child-in-hardship': { age: younger(16), income: poor(20), minors: of(is(minors, '>=', number(1))) },
    'student-nutrition': { enrolled: fact('enrolled'), stage: code('education', 2, 3), country: not(of(fact('urban'))) },
    'medical-aid': { insured: fact('insured'), cost: is(fact('medical-cost'), '>', money(500_000)), income: poor(15) },
    unemployment: { unemployed: fact('unemployed'), paid: months('paid-months', '>=', 12), since: months('unemployed-months', '<=', 24), age: younger(60) },
    'veteran-pension': { kind: code('veteran', 1, 3) },
    'orphan-living': { orphan: fact('orphan'), age: younger(18) },
    'preschool-free': { stage: code('education', 1), enrolled: fact('enrolled'), income: poor(15) },
    'vocational-free': { stage: code('education', 5), enrolled: fact('enrolled') },
    'student-loan': { stage: code('education', 6), enrolled: fact('enrolled'), income: poor(20), idle: not(fact('employed')) },
    'major-illness': { insured: fact('insured'), cost: of(is(multiply(totalMedical, number(2)), '>', multiply(totalIncome, number(12)))) },
    'premium-waiver': { case: or(fact('receives-minimum'), fact('extreme-hardship'), severe) },
    'public-rental': { settled: or(registered, months('resident-months', '>=', 36)), home: not(fact('owns-home')), room: is(fact('dwelling-area'), '<', number(150, 1)), income: poor(30) },
    'rent-subsidy': { home: not(fact('owns-home')), room: is(fact('dwelling-area'), '<', number(150, 1)), income: poor(20) },
    renovation: { home: fact('owns-home'), country: not(of(fact('urban'))), room: is(fact('dwelling-area'), '<', number(250, 1)), income: poor(15) },
    'job-subsidy': { unemployed: fact('unemployed'), long: months('unemployed-months', '>=', 12), age: or(aged(50), and(fact('female'), aged(40))) },
    'zero-employment': { unemployed: fact('unemployed'), nobody: of(is(workers, '=', number(0))), age: and(aged(18), younger(60)) },
    'veteran-elderly': { veteran: op({ op: 'has', of: fact('veteran') }), age: aged(60), served: is(fact('service-years'), '>=', number(1, 0, 'years')) },
    'elderly-visits': { age: aged(70), all: of(allElderly) },
    'elderly-care': { age: aged(65), need: or(severe, poor(15)) },
    'resident-pension': { age: aged(60), paid: months('paid-months', '>=', 180), low: is(fact('pension'), '<', money(40_000)) },
    funeral: { case: or(fact('extreme-hardship'), fact('receives-minimum')) },
    'temporary-aid': { cost: of(is(totalMedical, '>', multiply(totalIncome, number(3)))), income: poor(20) },
    'utilities-discount': { case: or(within(15), anySevere) },
    'child-care': { registered, age: younger(3) },
    'family-aid': { registered, age: aged(60), childless: of(is(minors, '=', number(0))), two: of(is(fold('living', 'count'), '<=', number(2))) },
  };
  return SERVICES.map((service): Rule => ({ service: nameOf(service, variant), subject: subjects.get(service) ?? 'person', clauses: Object.entries(clauses[service] ?? {}).map(([id, when]) => ({ id, when })), amount: amounts[service] }));
}
