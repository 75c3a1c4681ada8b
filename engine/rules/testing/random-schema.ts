import { receivesFact } from '../schema.ts';
import type { FactColumn, Link, Schema } from '../schema.ts';
import type { ValueType } from '../type.ts';
import type { Seeded } from './seed.ts';

const ENTITIES = ['person', 'living', 'dwelling', 'insured'] as const;
const LINKS: readonly Link[] = [
  { id: 'living', kind: 'grouping', from: 'person', to: 'living', single: true },
  { id: 'dwelling', kind: 'grouping', from: 'person', to: 'dwelling', single: true },
  { id: 'spouse', kind: 'relation', from: 'person', to: 'person', single: true },
  { id: 'child', kind: 'relation', from: 'person', to: 'person', single: false },
  { id: 'insured', kind: 'spells', from: 'person', to: 'insured', single: false },
];

/** Narrow ranges, so that values meet; one so wide that its products are refused and its quotients need every bit. */
const TYPES: readonly ValueType[] = [
  { kind: 'number', scale: 0, min: -9n, max: 9n }, { kind: 'number', scale: 0, min: 0n, max: 5n },
  { kind: 'number', scale: 2, min: 0n, max: 900n, unit: 'money' }, { kind: 'number', scale: 2, min: -500n, max: 500n, unit: 'money' },
  { kind: 'number', scale: 2, min: -(2n ** 40n), max: 2n ** 40n, unit: 'money' },
  { kind: 'boolean' }, { kind: 'boolean' }, { kind: 'boolean' },
  { kind: 'date', min: 20280101, max: 20320331 }, { kind: 'date', min: 19480101, max: 20310615 },
  { kind: 'code', list: 'grade' }, { kind: 'code', list: 'area' }, { kind: 'text' },
];

/** A world of people, households, dwellings and spells of insurance with facts of every type on each. */
export function randomSchema(random: Seeded, services: readonly { readonly id: string; readonly subject: string }[], text: boolean): Schema {
  const types = TYPES.filter((type) => text || type.kind !== 'text');
  const facts: FactColumn[] = ENTITIES.flatMap((entity) =>
    Array.from({ length: entity === 'person' ? 12 : 4 }, (_, at): FactColumn => ({
      id: `${entity}.${String(at)}`, name: `${entity}.${String(at)}`, entity,
      type: entity === 'person' ? (types[at % types.length] ?? random.pick(types)) : random.pick(types), unknowable: random.percent(60), nonable: random.percent(30),
    })),
  );
  const spell = (id: string, nonable: boolean): FactColumn => ({ id, name: id, entity: 'insured', type: { kind: 'date', min: 20280101, max: 20320331 }, unknowable: random.percent(50), nonable });
  const receives = services.map(({ id, subject }): FactColumn => ({ id: receivesFact(id), name: receivesFact(id), entity: subject, type: { kind: 'boolean' }, unknowable: random.percent(50), nonable: false }));
  return {
    entities: new Map(ENTITIES.map((id) => [id, { id }])),
    links: new Map(LINKS.map((link) => [link.id, link])),
    facts: new Map([...facts, spell('insured.from', random.percent(20)), spell('insured.until', true), ...receives].map((fact) => [fact.id, fact])),
    codeLists: new Map([['grade', 3], ['area', 5]].map(([id, codes]) => [String(id), list(String(id), Number(codes))])),
  };
}

function list(id: string, length: number) {
  const codes = Array.from({ length }, (_, at) => `${id}-${String(at)}`);
  return { id, codes, labels: codes };
}
