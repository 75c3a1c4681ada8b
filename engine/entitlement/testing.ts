import type { Pack } from '#engine/pack/index.ts';
import { buildSnapshot } from '#engine/population/index.ts';
import type { Snapshot } from '#engine/population/index.ts';
import { linkRules, known, NONE, receivesFact, UNKNOWN } from '#engine/rules/index.ts';
import type { Thing, Value } from '#engine/rules/index.ts';

/** A fisher: the county of registration, the income of the month in fen, and whether the licence holds. */
type Fisher = readonly [area: string, incomeFen: number | 'unknown', licence: boolean];

/**
 * Eleven people of the harbour town, so that the closed-season grant (income at most 1,000.00; 800.00 a month, in the
 * Reef County 860.00; the city pays 60 %, the county 40 %) can be worked out by thought:
 *
 * | | East Lantern | Reef County | elsewhere |
 * | --- | --- | --- | --- |
 * | yes | 0, 1,000.00 | 500.00 | |
 * | no by income | 1,000.01, 1,200.00, 2,000.00 | 1,000.01, 1,500.00 | |
 * | no by licence | 0 | | |
 * | unknown by income | one | | |
 * | no by scope | | | one of the province |
 *
 * The first lives by the sea without income: household relief of one line, 900.00. Of no other home is anything known.
 */
export const FISHERS: readonly Fisher[] = [
  ['990101', 0, true], ['990101', 100_000, true], ['990101', 100_001, true], ['990101', 120_000, true], ['990101', 200_000, true],
  ['990122', 50_000, true], ['990122', 100_001, true], ['990122', 150_000, true],
  ['990101', 0, false], ['990101', 'unknown', true], ['99', 0, true],
];

/** Fishers of a pack like the harbour town's as a snapshot, each in a household alone, living where registered. */
export function fishersOf(pack: Pack, fishers: readonly Fisher[] = FISHERS): Snapshot {
  const { book } = linkRules(pack);
  const areas = [...pack.divisions.keys()];
  const people = fishers.map(([area, incomeFen, licence], home): Thing => ({
    facts: new Map([
      ['person.registered-area', known(BigInt(areas.indexOf(area)))],
      ['person.resident-area', known(BigInt(areas.indexOf(area)))],
      ['person.fishing-licence', known(licence)],
      ['person.month-income', incomeFen === 'unknown' ? UNKNOWN : known(BigInt(incomeFen))],
    ]),
    links: new Map([['living', [home]]]),
  }));
  const bySea = new Map([['living.sea-metres', known(100n)], ['living.area', known(BigInt(areas.indexOf('990101')))]]);
  const homes = fishers.map((_, home): Thing => ({ facts: home === 0 ? bySea : new Map(), links: new Map() }));
  return buildSnapshot(book.vocabulary.schema, new Map([['person', people], ['living', homes]]), 'living');
}

/** An old fisher: where registered, where living, the grade of the card, insured since, and whether the grant is drawn. */
type Elder = readonly [registered: string | undefined, resident: string | undefined, grade: '1' | '2' | 'none', insuredSince: bigint, drawing: boolean | undefined];

/**
 * Ten old fishers, men of 65 without a licence, so that the old fishers' grant (a card of grade one 300.00, of grade two
 * 150.00, none 100.00 a month; registered in the city, five years of insurance) can be worked out by thought:
 *
 * | | living in East Lantern | in the Reef County | not known or outside |
 * | --- | --- | --- | --- |
 * | registered in East Lantern | 0: 150, drawn | 1: 150 | 8: 150 |
 * | in the Reef County | 2: 300, drawn · 3: 100 | | |
 * | outside, long insured | 4: 300 but for the scope | 5: 100 but for the scope | 9: 300 but for the scope |
 * | outside, insured five months | 6: no | | |
 * | not known where | 7: 300 but for the scope | | |
 */
export const ELDERS: readonly Elder[] = [
  ['990101', '990101', '2', 20210101n, true], ['990101', '990122', '2', 20210101n, false], ['990122', '990101', '1', 20210101n, true], ['990122', '990101', 'none', 20210101n, undefined],
  ['99', '990101', '1', 20210101n, false], ['99', '990122', 'none', 20210101n, false], ['99', '990101', '1', 20310101n, false],
  [undefined, '990101', '1', 20210101n, false], ['990101', undefined, '2', 20210101n, false], ['99', '99', '1', 20210101n, false],
];

/** Old fishers of a pack like the harbour town's as a snapshot, each in a household alone. */
export function eldersOf(pack: Pack, elders: readonly Elder[] = ELDERS): Snapshot {
  const { schema } = linkRules(pack).book.vocabulary;
  const areas = [...pack.divisions.keys()];
  const area = (code: string | undefined): Value => (code === undefined ? UNKNOWN : known(BigInt(areas.indexOf(code))));
  const people = elders.map(([registered, resident, grade, , drawing], at): Thing => ({
    facts: new Map<string, Value>([
      ['person.registered-area', area(registered)], ['person.resident-area', area(resident)], ['person.birth-date', known(19660101n)], ['person.sex', known(0n)],
      ['person.fishing-licence', known(false)], ['person.month-income', known(0n)], ['person.applied-on', NONE], ['person.fisher-grade', grade === 'none' ? NONE : known(BigInt(grade) - 1n)],
      [receivesFact('closed-season-grant'), known(false)], [receivesFact('old-fisher-grant'), drawing === undefined ? UNKNOWN : known(drawing)],
    ]),
    links: new Map([['living', [at]], ['insurance', [at]], ['children', []], ['spouse', []]]),
  }));
  const insured = elders.map(([, , , since]): Thing => ({ facts: new Map<string, Value>([['insurance.from', known(since)], ['insurance.until', NONE], ['insurance.kind', known(0n)]]), links: new Map() }));
  return buildSnapshot(schema, new Map([['person', people], ['living', elders.map((): Thing => ({ facts: new Map(), links: new Map() }))], ['insurance', insured]]), 'living');
}
