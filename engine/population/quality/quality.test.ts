import { expect, test } from 'vitest';
import { loadPack } from '#engine/pack/index.ts';
import { known, linkRules, NONE } from '#engine/rules/index.ts';
import type { Thing, Value } from '#engine/rules/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { buildSnapshot } from '../snapshot/index.ts';
import { CONFLICT, NOBODY } from '../standing/index.ts';
import type { Origins } from '../standing/index.ts';
import { plainQuality, qualityOf } from './index.ts';

const { pack } = loadPack(packFiles('lantern-bay'));
if (!pack) throw new Error('Lantern Bay does not load');
const { schema } = linkRules(pack).book.vocabulary;

/*
 * Five people. The fisheries office holds the grade (400 days) and saw rows 0 to 2 on 15 June 2031, row 3 on 1 May 2030
 * (410 days before), and says nothing of row 4; of row 2 the harbour office alone knew the grade, of row 1 it said
 * another. Grades: first, first, second, none, not known. In the release before everybody's grade was known.
 */
const grade = (value: Value): Thing => ({ facts: new Map([['person.fisher-grade', value]]), links: new Map() });
const snapshot = buildSnapshot(schema, new Map([['person', [grade(known(0n)), grade(known(0n)), grade(known(1n)), grade(NONE), { facts: new Map(), links: new Map() }]]]), 'living');
const origins: Origins = {
  feeds: [
    { feed: 'fishers', department: 'fisheries', entity: 'person', observedOn: Int32Array.of(20310615, 20310615, 20310615, 20300501, 0), validFrom: 20310601 },
    { feed: 'harbour-office', department: 'development', entity: 'person', observedOn: 20310601, validFrom: 20310601 },
  ],
  givers: new Map([['person.fisher-grade', { feeds: [0, 1], by: Int8Array.of(0, CONFLICT, 1, 0, NOBODY) }]]),
};
const quality = qualityOf({ pack, snapshot, origins, on: 20310615, before: new Map([['person.fisher-grade', 1]]), deliveries: [{ feed: 'fishers', on: '2031-06-15', rows: 6, taken: 4, quarantined: 2, faults: [{ column: '等级', reason: 'bad-code', rows: 2 }] }] });

test('what a department gives is counted: told, stale, known elsewhere only, in conflict, moved', () => {
  const fisheries = quality.holders.find(({ department }) => department === 'fisheries');
  expect(fisheries?.feeds[0]?.facts).toEqual([{ fact: 'person.fisher-grade', rows: 5, known: 3, none: 1, stale: 1, foreign: 1, conflicts: 1, drift: expect.closeTo(-40) }]);
  expect(fisheries?.feeds[0]).toMatchObject({ spoken: 4, rows: 5, newestOn: 20310615, oldestOn: 20300501, delivery: { quarantined: 2 } });
  expect(fisheries?.sum).toEqual({ cells: 5, told: 4, stale: 1, foreign: 1, conflicts: 1 });
  // It holds the licence and the length of the boat too, and sends neither.
  expect([fisheries?.held, fisheries?.unsent]).toEqual([3, ['person.fishing-licence', 'crew.boat-length']]);
});

test('a fact that several give stands with its holder, and whoever gives and holds nothing is not there', () => {
  expect(quality.holders.map(({ department, feeds }) => [department, feeds.map(({ feed, facts }) => `${feed} ${facts.length}`)])).toEqual([['fisheries', ['fishers 1']], ['development', ['harbour-office 0']]].sort((a, b) => [...pack.departments.keys()].indexOf(String(a[0])) - [...pack.departments.keys()].indexOf(String(b[0]))));
});

test('as plain data shares have two places, and counts of few can be kept back', () => {
  const plain = plainQuality(pack, quality, (count) => (count > 0 && count < 5 ? null : count));
  expect(plain).toMatchObject({ on: '2031-06-15', values: 5, told: 4, toldPercent: 80, stalePercent: 25, foreignPercent: 25 });
  expect(plain.holders.flatMap(({ feeds }) => feeds.flatMap(({ facts }) => facts))).toMatchObject([{ fact: 'person.fisher-grade', rows: 5, known: null, none: null, drift: -40 }]);
});
