import type { Pack } from '#engine/pack/index.ts';
import { buildSnapshot } from '#engine/population/index.ts';
import type { Snapshot } from '#engine/population/index.ts';
import { linkRules, known, UNKNOWN } from '#engine/rules/index.ts';
import type { Thing } from '#engine/rules/index.ts';

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
