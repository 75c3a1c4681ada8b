import { expect, test } from 'vitest';
import { loadPack } from '#engine/pack/index.ts';
import { linkRules } from '#engine/rules/index.ts';
import { seeded } from '#engine/rules/testing/seed.ts';
import { packFiles } from '#tools/pack-files.ts';
import { balancesOf, baselineOf, flowsOf, netOf, openedRun, stackingOf, takeUpOf, takeUpPlaces } from './index.ts';
import { ELDERS, eldersOf } from './testing.ts';

/** The town with a county that pays four tenths of the old fishers' grant, the city the rest. */
const GRANT = 'services/harbour/old-fisher-grant.yaml';
const files = new Map(packFiles('lantern-bay'));
const paid = new TextDecoder().decode(files.get(GRANT)).replace('payers: unfilled', 'payers:\n  - { level: city, of: registered, share-bp: 6000, from: "2031-01-01", source: LB-DEMO, confidence: demo }\n  - { level: county, of: registered, share-bp: 4000, from: "2031-01-01", source: LB-DEMO, confidence: demo }');
files.set(GRANT, new TextEncoder().encode(paid));
const { pack } = loadPack(files);
if (!pack) throw new Error('the town does not load');
const town = pack;
const { book, parsed } = linkRules(town);
const baseline = baselineOf(book, parsed, eldersOf(town), 20310615);
const NO = { fen: 0, grants: 0 };

test('the county of registration hands its share over to the county of residence', () => {
  // Rows and columns: East Lantern, Reef County, Free Port. Four tenths of 150.00 (1), of 300.00 (2) and of 100.00 (3); 8 lives nobody knows where.
  expect(flowsOf(baseline)).toEqual([{
    cycle: 'month', services: ['old-fisher-grant'], gross: [[0, 6_000, 0], [16_000, 0, 0], [0, 0, 0]], grants: [[0, 1, 0], [2, 0, 0], [0, 0, 0]], fromOutside: [NO, NO, NO], toOutside: [{ fen: 6_000, grants: 1 }, NO, NO],
  }]);
});

test('opened to whoever lives here, what a county outside would owe stands apart and is in no balance', () => {
  // 4 and 7 live in East Lantern, 5 in the Reef County: four tenths of 300.00 twice, and of 100.00.
  expect(flowsOf(baseline, openedRun(baseline))[0]).toMatchObject({ gross: [[0, 6_000, 0], [16_000, 0, 0], [0, 0, 0]], fromOutside: [{ fen: 24_000, grants: 2 }, { fen: 4_000, grants: 1 }, NO], toOutside: [{ fen: 6_000, grants: 1 }, NO, NO] });
});

test('where the county of residence pays, nothing moves', () => {
  const here = loadPack(new Map([...files, [GRANT, new TextEncoder().encode(paid.replaceAll('of: registered', 'of: resident'))]])).pack;
  if (!here) throw new Error('the town does not load');
  expect(flowsOf(baselineOf(linkRules(here).book, parsed, eldersOf(here), 20310615)).flatMap(({ gross }) => gross.flat()).reduce((sum, fen) => sum + fen, 0)).toBe(0);
});

test('the transfers of any people sum to exactly 0 fen, and what one county gives another is what the other gets', () => {
  let moved = 0;
  for (let seed = 1; seed <= 30; seed++) {
    const random = seeded(seed);
    const places = ['990101', '990122', 'free-port', '99', undefined] as const;
    const people = Array.from({ length: 40 }, () => [places[random.below(5)], places[random.below(5)], random.pick(['1', '2', 'none'] as const), 20210101n, undefined] as const);
    const base = baselineOf(book, parsed, eldersOf(town, people), 20310615);
    for (const run of [base.run, openedRun(base)]) {
      for (const flows of flowsOf(base, run)) {
        const net = netOf(flows);
        expect(net.flat().reduce((sum, fen) => sum + fen, 0)).toBe(0);
        net.forEach((row, from) => row.forEach((fen, to) => expect(fen + (net[to]?.[from] ?? 0)).toBe(0)));
        expect(balancesOf(flows).reduce((sum, fen) => sum + fen, 0)).toBe(0);
        moved += flows.gross.flat().reduce((sum, fen) => sum + fen, 0);
      }
    }
  }
  expect(moved).toBeGreaterThan(0);
});

test('who is entitled, who draws it, who does not, and who draws it without being entitled, by county and place', () => {
  expect(takeUpPlaces(baseline)).toEqual({ counties: ['990101', '990122', 'free-port', undefined], groups: ['quay', 'country', undefined] });
  const found = takeUpOf(baseline, 'old-fisher-grant');
  expect(found).toMatchObject({ subject: 'person', isRecorded: true });
  // East Lantern is the quay: 0, 2 and 3 are entitled, 0 and 2 draw it, of 3 it is not known. Near: 4 by the scope, and 7 not, of whom the scope is not known.
  expect(found?.cells[0]?.[0]).toEqual({ entitled: 3, drawn: 2, notDrawn: 0, undue: 0, near: 1 });
  expect(found?.cells[1]?.[1]).toEqual({ entitled: 1, drawn: 0, notDrawn: 1, undue: 0, near: 1 });
  // 8 lives nobody knows where; 9 lives outside: neither on the quay nor in the country.
  expect(found?.cells[3]?.[2]).toEqual({ entitled: 1, drawn: 0, notDrawn: 1, undue: 0, near: 1 });
  const drawn = takeUpOf(baselineOf(book, parsed, eldersOf(town, ELDERS.map(([registered, resident, grade, since], at) => [registered, resident, grade, since, at === 6])), 20310615), 'old-fisher-grant');
  expect(drawn?.cells[0]?.[0]).toEqual({ entitled: 3, drawn: 0, notDrawn: 3, undue: 1, near: 1 });
  expect(takeUpOf(baseline, 'meal-boat')?.isRecorded).toBe(false);
  expect(takeUpOf(baseline, 'lighthouse-visit')).toBeUndefined();
});

test('a list says who meets each of its services, who holds it and whom its order moves away', () => {
  // With a licence and no income all who are registered in the city meet both sea grants: the first holds, the second gives way.
  const fishers = eldersOf(town);
  const licence = fishers.columns.get('person.fishing-licence');
  licence?.fill(1);
  const lists = stackingOf(baselineOf(book, parsed, fishers, 20310615));
  expect(lists.map(({ list, rule }) => [list, rule])).toEqual([['boat-vouchers', 'highest'], ['island-visits', 'resident-chooses'], ['sea-support', 'first-wins']]);
  const sea = lists.find(({ list }) => list === 'sea-support');
  // 0, 1, 2, 3 and 8; moved away from 150 + 150 + 300 + 100 + 150.
  expect(sea?.places.map(({ service, meet, hold, moved, movedFen }) => [service, meet, hold, moved, movedFen])).toEqual([['closed-season-grant', 5, 5, 0, 0], ['old-fisher-grant', 5, 0, 5, 85_000]]);
  expect(sea?.pairs).toEqual([{ earlier: 'closed-season-grant', later: 'old-fisher-grant', meetBoth: 5, drawBoth: 0 }]);
});
