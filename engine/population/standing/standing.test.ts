import { describe, expect, test } from 'vitest';
import { loadPack } from '#engine/pack/index.ts';
import { known, LANE, linkRules, NONE, screenedFact } from '#engine/rules/index.ts';
import type { Thing, Value } from '#engine/rules/index.ts';
import { TOWN } from '#engine/rules/testing/town.ts';
import { packFiles } from '#tools/pack-files.ts';
import type { Correction } from '../overlay/index.ts';
import { buildSnapshot } from '../snapshot/index.ts';
import { CONFLICT, dutiesOf, mergedColumns, NO_ORIGINS, NOBODY, provenanceOf, restsOn, STANDING, STANDINGS, standingsOf } from './index.ts';
import type { Duty, Origins, Reach } from './index.ts';

/*
 * Six people of the tax office's town: everybody has an income. The household of rows 0 and 1, and four who live alone.
 * The tax office (holder, 45 days) last saw row 0 on 1 June, row 1 on 30 April and the rest on 1 June; the bank alone
 * told of row 2, and both told of row 3, differently. Of row 4 nobody knows, of row 5 it is known that there is none.
 */
const person = (income: Value | undefined, living: number): Thing => ({ facts: new Map(income ? [['income', income]] : []), links: new Map([['living', [living]]]) });
const snapshot = buildSnapshot(TOWN, new Map<string, readonly Thing[]>([
  ['person', [person(known(100n), 0), person(known(200n), 0), person(known(300n), 1), person(known(400n), 2), person(undefined, 3), person(NONE, 4)]],
  ['living', Array.from({ length: 5 }, () => ({ facts: new Map(), links: new Map() }))],
]), 'living');
const JUNE = 20310601;
const origins: Origins = {
  feeds: [
    { feed: 'tax', department: 'tax-office', entity: 'person', observedOn: Int32Array.of(JUNE, 20310430, 0, JUNE, JUNE, JUNE), validFrom: 20310101 },
    { feed: 'bank', department: 'bank', entity: 'person', observedOn: JUNE, validFrom: 20310501 },
  ],
  givers: new Map([['income', { feeds: [0, 1], by: Int8Array.of(0, 0, 1, CONFLICT, NOBODY, 0) }]]),
};
const duties = new Map<string, Duty>([['income', { holder: 'tax-office', limitDays: 45 }]]);
const look = { factsOn: 20310615, knownAt: '2031-06-15T08:00:00Z' };
const at = (corrections: readonly Correction[] = [], knownAt = look.knownAt): ReturnType<typeof standingsOf> => standingsOf({ snapshot, origins, duties, corrections, look: { ...look, knownAt } });
const told = (row: number, source: Correction['source'], on: string, rest: Partial<Correction> = {}): Correction => ({ entity: 'person', row, fact: 'income', value: 500, validFrom: 20310601, observedOn: 20310610, knownAt: `2031-06-${on}T00:00:00Z`, source, by: source === 'holder' ? 'tax-office' : 'resident', ...rest });

describe('how a value stands', () => {
  // 45 days before 15 June is 1 May: what was seen on 30 April is a day too old.
  const standings = at();
  test('is told by whose record it comes from and when it was seen there', () => {
    expect([0, 1, 2, 3, 4, 5].map((row) => standings.standingOf('income', row, 20310615))).toEqual([
      { kind: 'good' },
      { kind: 'stale', observedOn: 20310430, limitDays: 45 },
      { kind: 'not-authoritative', from: 'bank', holder: 'tax-office' },
      { kind: 'conflict' },
      { kind: 'missing' },
      { kind: 'good' },
    ]);
    expect(standings.standingOf('income', 1, 20310614)).toEqual({ kind: 'good' });
    expect(standings.provenanceOf('income', 2)).toEqual({ feed: 'bank', department: 'bank', observedOn: JUNE, validFrom: 20310501 });
    expect([provenanceOf(origins, 'income', 4), provenanceOf(origins, 'rent', 0)]).toEqual([undefined, undefined]);
  });

  test('is nothing to rely on where nobody noted who told it', () => {
    const bare = standingsOf({ snapshot, origins: NO_ORIGINS, duties, look });
    expect(bare.standingOf('income', 0, JUNE)).toEqual({ kind: 'not-authoritative', from: undefined, holder: 'tax-office' });
  });

  test('changes when somebody disputes, declares or corrects it, from when that became known', () => {
    const lines = [told(0, 'dispute', '11'), told(0, 'holder', '13'), told(3, 'holder', '12'), told(4, 'self-declared', '12'), told(1, 'self-declared', '12')];
    const kinds = (knownAt: string): readonly string[] => [0, 1, 3, 4].map((row) => at(lines, `2031-06-${knownAt}T12:00:00Z`).standingOf('income', row, 20310615).kind);
    expect(kinds('10')).toEqual(['good', 'stale', 'conflict', 'missing']);
    // The dispute is open; the holder has settled row 3; what row 1 declares is known from its record and changes nothing.
    expect(kinds('12')).toEqual(['disputed', 'stale', 'good', 'self-declared']);
    expect(kinds('14')).toEqual(['good', 'stale', 'good', 'self-declared']);
    expect(at(lines).provenanceOf('income', 3)).toEqual({ feed: 'holder', department: 'tax-office', observedOn: 20310610, validFrom: 20310601 });
  });

  test('of many rows is the worst of all that is reached, the same as one by one', () => {
    const reaches: readonly Reach[] = [{ path: [], fact: 'income' }, { path: [{ link: 'living', way: 'group' }, { link: 'living', way: 'members' }], fact: 'income' }];
    const rows = [0, 1, 2, 3, 4, 5];
    // Row 0 is good itself and lives with row 1.
    expect([...at().worst(reaches, rows, 20310615)].map((code) => STANDINGS[code])).toEqual(['stale', 'stale', 'not-authoritative', 'conflict', 'missing', 'good']);
    // What a service sees only by signature stands as the fact itself.
    expect(at().worst([{ path: [], fact: screenedFact('income', 'signed') }], rows, 20310615)).toEqual(at().worst(reaches.slice(0, 1), rows, 20310615));
    for (const lines of [[], [told(0, 'dispute', '11'), told(2, 'holder', '12'), told(4, 'self-declared', '12')]]) {
      const standings = at(lines);
      const single = rows.map((row) => STANDING[standings.standingOf('income', row, 20310615).kind]);
      expect([...standings.worst(reaches.slice(0, 1), rows, 20310615)]).toEqual(single);
    }
  });
});

test('of what several told, the first that knows it counts, and where another differs is kept', () => {
  const { unknown, none } = LANE.int32;
  const merged = mergedColumns('int32', unknown, [Int32Array.of(1, unknown, 1, none, unknown), Int32Array.of(1, 2, 3, 4, unknown)]);
  expect([[...merged.column], [...merged.by]]).toEqual([[1, 2, 1, none, unknown], [0, 1, CONFLICT, CONFLICT, NOBODY]]);
});

describe('in Lantern Bay', () => {
  const { pack } = loadPack(packFiles('lantern-bay'));
  if (!pack) throw new Error('Lantern Bay does not load');
  const { book } = linkRules(pack);

  test('an answer rests on what its clauses and its amount read, of others too', () => {
    const rests = restsOn(book.programAt(20310615));
    const of = (service: string): readonly string[] => (rests.get(service) ?? []).map(({ path, fact }) => [...path.map(({ way, link }) => `${way} ${link}`), fact].join(' › ')).sort();
    // The household: its own two facts, and the incomes of its members.
    expect(of('household-relief')).toEqual(['living.area', 'living.sea-metres', 'members living › person.month-income']);
    // A person: the scope, age and sex, the spells of insurance; the grade pays. The list makes it ask whether the grant before it is received or due, which reads what that grant reads.
    expect(of('old-fisher-grant')).toEqual(expect.arrayContaining(['person.birth-date', 'person.fisher-grade', 'person.registered-area', 'person.sex', 'receives.closed-season-grant', 'person.fishing-licence', 'spells insurance › insurance.from', 'spells insurance › insurance.kind', 'spells insurance › insurance.until']));
  });

  test('whoever decides a service holds who receives it, and what nobody holds has no holder', () => {
    const found = dutiesOf(pack, book.vocabulary.schema);
    expect([found.get('person.fisher-grade'), found.get('person.birth-date'), found.get('person.month-income')]).toEqual([{ holder: 'fisheries', limitDays: 400 }, { holder: undefined, limitDays: undefined }, { holder: undefined, limitDays: 45 }]);
  });
});
