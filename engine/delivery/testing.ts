import { buildSnapshot } from '#engine/population/index.ts';
import type { Snapshot } from '#engine/population/index.ts';
import { known, UNKNOWN } from '#engine/rules/index.ts';
import type { RuleBook, Thing } from '#engine/rules/index.ts';

/** A child: where it lives, its birthday, and what was done on which day; `lost`: nobody gave us its records. */
export type Child = readonly [area: string, born: number | 'unknown', done: readonly (readonly [item: string, on: number])[] | 'lost'];

/** On 1 September 2031: who is under 3 was born after 1 September 2028; the edition holds for those born from 2031 on. */
export const CHILDREN: readonly Child[] = [
  ['990101', 20310301, [['first-visit', 20310310]]], // half a year today: the second is due.
  ['990101', 20310301, []], // the first is overdue; the second waits for it.
  ['990122', 20310826, []], // six days old: not yet.
  ['990122', 20310301, 'lost'], // nobody told us: both have come and are unrecorded, the first past its last day.
  ['990122', 20300901, []], // followed, but born before the edition: nothing is promised.
  ['990101', 20280901, []], // three today: not followed.
  ['990101', 'unknown', []], // not known whether followed.
];

/** Children of a town like the harbour town as a snapshot. */
export function childrenOf({ pack, vocabulary: { schema } }: RuleBook, children: readonly Child[] = CHILDREN): Snapshot {
  const areas = [...pack.divisions.keys()];
  const items = schema.codeLists.get('care-visit.item')?.codes ?? [];
  const visits: Thing[] = [];
  const people = children.map(([area, born, done]): Thing => {
    const own = (done === 'lost' ? [] : done).map(([item, on]) => visits.push({ facts: new Map([['care-visit.from', known(BigInt(on))], ['care-visit.until', known(BigInt(on))], ['care-visit.item', known(BigInt(items.indexOf(`island-nurse/${item}`)))]]), links: new Map() }) - 1);
    return { facts: new Map([['person.birth-date', born === 'unknown' ? UNKNOWN : known(BigInt(born))], ['person.resident-area', known(BigInt(areas.indexOf(area)))]]), links: new Map(done === 'lost' ? [] : [['care-visit', own]]) };
  });
  return buildSnapshot(schema, new Map([['person', people], ['care-visit', visits]]), 'living');
}
