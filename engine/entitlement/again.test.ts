import { expect, test } from 'vitest';
import { loadPack } from '#engine/pack/index.ts';
import { buildSnapshot, collectSnapshot, dirtyRows, drawCity, syntheticModel, withOverlay } from '#engine/population/index.ts';
import type { Correction } from '#engine/population/index.ts';
import { known, LANE, linkRules, verdictsOf } from '#engine/rules/index.ts';
import type { Schema, Thing } from '#engine/rules/index.ts';
import { seeded } from '#engine/rules/testing/seed.ts';
import { packFiles } from '#tools/pack-files.ts';
import { decideAgain, decideAll, screened } from './index.ts';
import type { Run } from './index.ts';

const { pack: bay } = loadPack(packFiles('lantern-bay'));
const [relief, licence] = [bay?.services.get('household-relief'), bay?.facts.get('person.fishing-licence')];
if (!bay || !relief || !licence) throw new Error('the harbour has changed');
// Where the relief may look at incomes only of homes that have signed.
const pack = { ...bay, facts: new Map([...bay.facts, ['living.signed', { ...licence, id: 'living.signed', name: '已签字', entity: 'living' }] as const]), services: new Map([...bay.services, [relief.id, { ...relief, lawfulBasis: { screening: 'authorised-adults' as const, signed: '已签字' } }]]) };
const { book } = linkRules(pack);
const { schema } = book.vocabulary;
const ON = 20310615;
const look = { factsOn: ON, knownAt: '2031-06-15T12:00:00Z' };
const program = screened(book).programAt(ON);
const told = (fact: string, row: number, value: number, rest: Partial<Correction> = {}): Correction => ({ entity: schema.facts.get(fact)?.entity ?? '', row, fact, value, validFrom: 20310601, observedOn: 20310601, knownAt: '2031-06-02T00:00:00Z', source: 'holder', by: 'fisheries', ...rest });
const plain = ({ answers }: Run): unknown => [...answers].map(([service, one]) => [service, verdictsOf(one)]);

test('an overlay beside a snapshot is the snapshot built of the corrected values', () => {
  const person = (income: bigint | undefined): Thing => ({ facts: new Map(income === undefined ? [] : [['person.month-income', known(income)]]), links: new Map([['living', [0]]]) });
  const build = (incomes: readonly (bigint | undefined)[], of: Schema = schema): ReturnType<typeof buildSnapshot> => buildSnapshot(of, new Map<string, readonly Thing[]>([['person', incomes.map(person)], ['living', [{ facts: new Map(), links: new Map() }]]]), 'living');
  const lines = [told('person.month-income', 0, 700), told('person.month-income', 1, LANE.int32.unknown), told('person.month-income', 2, 50, { source: 'self-declared' }), told('person.month-income', 3, 60, { source: 'self-declared' }), told('person.month-income', 4, 9, { source: 'dispute' }), told('person.month-income', 5, 9, { knownAt: '2031-06-16T00:00:00Z' }), told('person.month-income', 6, 9, { validFrom: 20310616 })];
  // What the third declares is known already; nobody knew the fourth. A dispute, what is known tomorrow and what holds from tomorrow change nothing.
  const [made, wanted] = [withOverlay(build([1n, 2n, 3n, undefined, 5n, 6n, 7n]), lines, look), build([700n, undefined, 3n, 60n, 5n, 6n, 7n])];
  expect(made.columns.get('person.month-income')).toEqual(wanted.columns.get('person.month-income'));
  expect(made.layout).toEqual(wanted.layout);
  const base = build([1n]);
  expect(withOverlay(base, [], look)).toBe(base);
});

test('deciding only what corrections touch is deciding everybody again', () => {
  const model = syntheticModel(pack);
  if (!model) throw new Error('Lantern Bay draws no city');
  const town = collectSnapshot(schema, 'living', drawCity(model, schema, { people: 400, seed: 9, on: ON }));
  const homes = town.rows.get('living') ?? 0;
  const given = [['living.signed', Int8Array.from({ length: homes }, (_, row) => row % 2)], ['living.area', new Int8Array(homes).fill([...pack.divisions.keys()].indexOf('990101'))], ['person.fishing-licence', new Int8Array(400).fill(1)]] as const;
  const base = { ...town, columns: new Map([...town.columns, ...given]), layout: { ...town.layout, columns: new Map([...town.layout.columns, ...given.map(([id]) => [id, { lane: 'int8' as const, unknown: false, none: false }] as const)]) } };
  const before = decideAll(program, base);
  const random = seeded(20310615);
  const facts = ['person.month-income', 'person.fisher-grade', 'person.birth-date', 'person.fishing-licence', 'living.sea-metres', 'living.signed'] as const;
  let touched = 0;
  for (let round = 0; round < 40; round++) {
    const lines = Array.from({ length: 1 + random.below(6) }, (): Correction => {
      const fact = facts[random.below(facts.length)] ?? 'living.signed';
      const of = schema.facts.get(fact);
      const lane = base.layout.columns.get(fact)?.lane ?? 'int8';
      const value = fact === 'person.birth-date' ? 19500101 + random.below(8) * 100_000 : of?.type.kind === 'boolean' || fact === 'person.fisher-grade' ? random.below(2) : random.below(120_000) % 100_000;
      return told(fact, random.below(base.rows.get(of?.entity ?? '') ?? 1), random.below(5) === 0 ? LANE[lane].unknown : value);
    });
    const after = withOverlay(base, lines, look);
    const dirty = dirtyRows(program, base, lines);
    touched += [...dirty.values()].reduce((sum, rows) => sum + rows.length, 0);
    expect(plain(decideAgain(before, after, dirty))).toEqual(plain(decideAll(program, after)));
  }
  // Far fewer than everybody, and not nobody: a home has four people and there are a dozen services.
  expect([touched > 40, touched < 40 * 400]).toEqual([true, true]);
});

test('what is read along a relation makes those dirty who read it', () => {
  // Row 1 is the parent of row 2, who lives elsewhere; a home visit asks whether there is a child under three.
  const empty = buildSnapshot(schema, new Map(), 'living');
  const apart = { ...empty, links: new Map([...empty.links, ['children', { starts: Int32Array.of(0, 0, 1, 1), targets: Int32Array.of(2) }], ['living', { starts: Int32Array.of(0, 1, 2, 3) }]]) };
  expect(dirtyRows(program, apart, [told('person.birth-date', 2, 20300101)]).get('home-visit')).toEqual(expect.arrayContaining([1]));
});
