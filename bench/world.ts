import type { CodeList, FactColumn, Link, Schema, ValueType } from '#engine/rules/index.ts';

/** The made-up city of the benchmark: people in households, 27 columns with the household's number, eight with gaps. */

export const COUNTIES = ['harbour', 'old-town', 'river', 'ridge', 'salt', 'orchard', 'lake', 'pass', 'island'] as const;

const money = (yuan: number): ValueType => ({ kind: 'number', scale: 2, min: 0n, max: BigInt(yuan) * 100n, unit: 'money' });
const count = (max: number, unit?: string): ValueType => ({ kind: 'number', scale: 0, min: 0n, max: BigInt(max), unit });
const TRUTH: ValueType = { kind: 'boolean' };
const code = (list: string): ValueType => ({ kind: 'code', list });

const person = (id: string, type: ValueType, { gaps = false, none = false } = {}): FactColumn => ({ id, name: id.replaceAll('-', '_'), entity: 'person', type, unknowable: gaps, nonable: none });
const household = (id: string, type: ValueType): FactColumn => ({ ...person(id, type), entity: 'household' });

export const FACTS: readonly FactColumn[] = [
  household('county', code('county')),
  household('urban', TRUTH),
  person('birth', { kind: 'date', min: 19100101, max: 20301231 }),
  person('female', TRUTH),
  person('income', money(200_000), { gaps: true }),
  person('disability-kind', code('disability-kind'), { none: true }),
  person('disability-level', code('disability-level'), { gaps: true, none: true }),
  person('education', code('education')),
  person('enrolled', TRUTH),
  person('medical-cost', money(2_000_000), { gaps: true }),
  person('insured', TRUTH),
  person('unemployed', TRUTH),
  person('unemployed-months', count(600, 'months'), { gaps: true }),
  person('paid-months', count(720, 'months')),
  person('veteran', code('veteran'), { none: true }),
  person('service-years', count(50, 'years')),
  person('orphan', TRUTH),
  person('registered', TRUTH),
  person('resident-months', count(1_300, 'months'), { gaps: true }),
  person('employed', TRUTH),
  person('pension', money(100_000), { gaps: true }),
  person('dwelling-area', { kind: 'number', scale: 1, min: 0n, max: 20_000n }, { gaps: true }),
  person('owns-home', TRUTH),
  person('assets', money(100_000_000), { gaps: true }),
  person('extreme-hardship', TRUTH),
  person('receives-minimum', TRUTH),
];

const list = (id: string, codes: readonly string[]): readonly [string, CodeList] => [id, { id, codes, labels: codes }];
const LIVING: Link = { id: 'living', kind: 'grouping', from: 'person', to: 'household', single: true };

export const WORLD: Schema = {
  entities: new Map(['person', 'household'].map((id) => [id, { id }])),
  links: new Map([['living', LIVING]]),
  facts: new Map(FACTS.map((fact) => [fact.id, fact])),
  codeLists: new Map([
    list('county', COUNTIES),
    list('disability-kind', ['sight', 'hearing', 'speech', 'limbs', 'intellect', 'mind', 'several']),
    list('disability-level', ['first', 'second', 'third', 'fourth']),
    list('education', ['none', 'kindergarten', 'primary', 'junior', 'senior', 'vocational', 'tertiary']),
    list('veteran', ['served', 'wounded', 'retired-early', 'family-of-fallen']),
  ]),
};

/** The day of the law of the benchmark. */
export const LAW_ON = 20260630;
