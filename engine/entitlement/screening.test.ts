import { describe, expect, test } from 'vitest';
import { loadPack } from '#engine/pack/index.ts';
import type { Pack, Service } from '#engine/pack/index.ts';
import { buildSnapshot, collectSnapshot, drawCity, personWorld, syntheticModel } from '#engine/population/index.ts';
import type { Snapshot } from '#engine/population/index.ts';
import { known, linkRules, verdictsOf } from '#engine/rules/index.ts';
import type { Thing, Verdict } from '#engine/rules/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { decideAll, decidePerson, explainEntitlement, lookedAtOn, screened, wordsOfPack } from './index.ts';
import type { Entitlements } from './index.ts';

const { pack: bay } = loadPack(packFiles('lantern-bay'));
if (!bay) throw new Error('Lantern Bay does not load');
const ON = 20310615;
const RELIEF = 'household-relief';

/** Lantern Bay where the relief may look at incomes only of families that have signed, as the licence fact of the house says. */
function signedBay(pack: Pack, basis: Service['lawfulBasis']): Pack {
  const [service, licence] = [pack.services.get(RELIEF), pack.facts.get('person.fishing-licence')];
  if (!service || !licence) throw new Error('the harbour has changed');
  const facts = new Map([...pack.facts, ['living.signed', { ...licence, id: 'living.signed', name: '已签字', entity: 'living' }] as const]);
  return { ...pack, facts, services: new Map([...pack.services, [RELIEF, { ...service, lawfulBasis: basis }]]) };
}
const pack = signedBay(bay, { screening: 'authorised-adults', signed: '已签字' });
const { book } = linkRules(pack);
const { schema } = book.vocabulary;
const yes = (snapshot: Snapshot, of = book): readonly string[] => verdicts(snapshot, RELIEF, of).map(({ kind }) => kind);

const decided = (snapshot: Snapshot, row: number): Entitlements => decidePerson(book, personWorld(snapshot, { entity: 'person', row, sights: lookedAtOn(book, ON) }), ON);

function verdicts(snapshot: Snapshot, service: string, of = book): readonly Verdict[] {
  const answers = decideAll(screened(of).programAt(ON), snapshot).answers.get(service);
  return answers ? verdictsOf(answers) : [];
}

/*
 * Four homes of one person without income, by the sea in the city: the relief is 900.00 a month. The first has signed,
 * the second has not, of the third it is not known; the fourth lies too far from the sea, and has not signed either.
 */
const area = BigInt([...pack.divisions.keys()].indexOf('990101'));
const home = (signed: boolean | undefined, metres: bigint): Thing => ({ facts: new Map([['living.area', known(area)], ['living.sea-metres', known(metres)], ...(signed === undefined ? [] : [['living.signed', known(signed)] as const])]), links: new Map() });
const person = (at: number): Thing => ({ facts: new Map([['person.month-income', known(0n)]]), links: new Map([['living', [at]]]) });
const four = buildSnapshot(schema, new Map([['person', [0, 1, 2, 3].map(person)], ['living', [home(true, 100n), home(false, 100n), home(undefined, 100n), home(false, 501n)]]]), 'living');

describe('what may not be looked at unasked', () => {
  test('reads as unknown where nobody has signed, whatever it is; what is not sensitive still decides', () => {
    expect(yes(four)).toEqual(['yes', 'unknown', 'unknown', 'no']);
    // By duty everybody may be looked at; where nothing says who has signed, nobody.
    expect(yes(four, linkRules(signedBay(bay, { screening: 'allowed' })).book)).toEqual(['yes', 'yes', 'yes', 'no']);
    expect(yes(four, linkRules(signedBay(bay, { screening: 'not-allowed' })).book)).toEqual(['unknown', 'unknown', 'unknown', 'no']);
  });

  test('is open to the services that may: the grant reads the same income', () => {
    // The grant asks the licence and the income; nobody says that it may not be screened for.
    const fisher: Thing = { facts: new Map([['person.month-income', known(0n)], ['person.fishing-licence', known(true)], ['person.registered-area', known(area)]]), links: new Map([['living', [0]]]) };
    const snapshot = buildSnapshot(schema, new Map([['person', [fisher]], ['living', [home(false, 100n)]]]), 'living');
    expect([verdicts(snapshot, 'closed-season-grant')[0]?.kind, yes(snapshot)[0]]).toEqual(['yes', 'unknown']);
  });

  test('is told to the person as a missing authorisation, and to nobody as a missing fact of its holder', () => {
    const missing = (row: number): unknown => {
      const relief = decided(four, row).all.find(({ service }) => service.id === RELIEF);
      return relief && explainEntitlement(relief, wordsOfPack(book, 'en', undefined), (name) => name).missing.map(({ fact, cause }) => [fact, cause]);
    };
    expect([missing(0), missing(1)]).toEqual([[], [['person.month-income', 'authorisation-missing']]]);
  });
});

test('one person is decided as everybody is: every service and every person of a drawn town, signed or not', () => {
  const model = syntheticModel(pack);
  if (!model) throw new Error('Lantern Bay draws no city');
  const town = collectSnapshot(schema, 'living', drawCity(model, schema, { people: 400, seed: 3, on: ON }));
  // Every third home has signed; all lie in the city, a quarter of them by the sea.
  const homes = town.rows.get('living') ?? 0;
  const given = [['living.signed', Int8Array.from({ length: homes }, (_, row) => (row % 3 === 0 ? 1 : 0))], ['living.area', new Int8Array(homes).fill(Number(area))]] as const;
  const snapshot = { ...town, columns: new Map([...town.columns, ...given]), layout: { ...town.layout, columns: new Map([...town.layout.columns, ...given.map(([id]) => [id, { lane: 'int8' as const, unknown: false, none: false }] as const)]) } };
  const run = new Map([...decideAll(screened(book).programAt(ON), snapshot).answers].map(([id, answers]) => [id, { subject: answers.decision.subject, verdicts: verdictsOf(answers) }]));
  const homeOf = (row: number): number => (snapshot.links.get('living')?.starts ?? new Int32Array()).findLastIndex((start) => start <= row);
  let [different, compared] = [0, 0];
  for (let row = 0; row < 400; row++) {
    for (const { service, verdict } of decided(snapshot, row).all) {
      const of = run.get(service.id);
      compared += 1;
      if (JSON.stringify(of?.verdicts[of.subject === 'person' ? row : homeOf(row)]) !== JSON.stringify(verdict)) different += 1;
    }
  }
  expect([different, compared > 2_000]).toEqual([0, true]);
  expect(new Set(run.get(RELIEF)?.verdicts.map(({ kind }) => kind))).toEqual(new Set(['no', 'unknown', 'yes']));
});
