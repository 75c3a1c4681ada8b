import { expect, test } from 'vitest';
import { seeded } from '#engine/rules/testing/seed.ts';
import { CHANGES, shownChangeList, shownEffect } from './index.ts';
import type { ChangeCounts, CountyEffect, ServiceEffect } from './index.ts';
import { audit } from './suppress-audit.ts';

const none: ChangeCounts = { new: 0, raised: 0, lowered: 0, ended: 0, 'now-unknown': 0 };

function sumOf(groups: readonly { readonly counts: ChangeCounts }[]): ChangeCounts {
  const of = (kind: keyof ChangeCounts): number => groups.reduce((sum, { counts }) => sum + counts[kind], 0);
  return { new: of('new'), raised: of('raised'), lowered: of('lowered'), ended: of('ended'), 'now-unknown': of('now-unknown') };
}

/** Counties where so many are touched, each new grant 100 fen; 200 had the service before. */
function effectOf(...of: readonly ChangeCounts[]): ServiceEffect {
  const counties = of.map((counts, at): CountyEffect => ({ county: String(at), counts, beforeFen: 5000, afterFen: 5000 + 100 * counts.new }));
  const counts = sumOf(counties);
  const after = 200 + counts.new - counts.ended - counts['now-unknown'];
  return { service: 's', subject: 'person', cycle: 'month', before: 200, after, counts, beforeFen: 20_000, afterFen: 20_000 + 100 * counts.new, payers: [], unstatedFen: { before: 20_000, after: 20_000 + 100 * counts.new }, counties };
}

test('a single cell of few is hidden, and one of another county that the sum would give it away by; the money of both rows too', () => {
  // One is new in the first county, among 40 who are raised: the row is large, the cell is not.
  const shown = shownEffect(effectOf({ ...none, new: 1, raised: 40 }, { ...none, new: 12 }, { ...none, new: 30 }), { places: [], incomes: [] });
  expect(shown.counties.map(({ counts }) => counts.new)).toEqual([null, null, 30]);
  expect(shown.counties.map(({ afterFen }) => afterFen)).toEqual([null, null, 8000]);
  expect(shown.counties[0]?.counts.raised).toBe(40);
  expect([shown.counts.new, shown.before, shown.after]).toEqual([43, 200, 243]);
});

test('where all who are touched are few, neither the number after nor its money says how many; the number before other pages say', () => {
  const shown = shownEffect(effectOf({ ...none, new: 3 }, none), { places: [], incomes: [] });
  expect(shown).toMatchObject({ before: 200, after: null, counts: { new: null, ended: 0 }, beforeFen: 20_000, afterFen: null, unstatedFen: { before: 20_000, after: null } });
  expect(shownChangeList({ counts: { ...none, new: 53 }, movedFen: 5300 }, [{ of: 'grants', changed: 53, before: 200, limitBp: 500 }], [shown])).toMatchObject({ counts: { new: null, raised: 0 }, movedFen: null, stops: [{ changed: null }] });
});

test('whatever a reform does, nothing few can be reckoned from its counties, its places and its sums', () => {
  const random = seeded(5);
  const drawn = (): ChangeCounts => ({ new: random.below(3) * random.below(9), raised: random.below(2) * random.below(30), lowered: 0, ended: random.below(2) * random.below(7), 'now-unknown': random.below(2) });
  for (let round = 0; round < 100; round++) {
    const effect = effectOf(drawn(), drawn(), drawn(), drawn());
    // The same people by place: the first two counties, and the others.
    const places = [effect.counties.slice(0, 2), effect.counties.slice(2)].map((own, at) => ({ group: String(at), counts: sumOf(own), beforeFen: 0, afterFen: 0 }));
    const shown = shownEffect(effect, { places, incomes: [] });
    const told = [shown.before, shown.after, ...[shown, ...shown.counties, ...shown.places].flatMap(({ counts }) => CHANGES.map((kind) => counts[kind]))];
    const real = [effect.before, effect.after, ...[effect, ...effect.counties, ...places].flatMap(({ counts }) => CHANGES.map((kind) => counts[kind]))];
    const at = (group: number, kind: number): number => 2 + group * CHANGES.length + kind;
    const equalities = [{ left: [0, at(0, 0)], right: [1, at(0, 3), at(0, 4)] }, ...CHANGES.flatMap((_, kind) => [[1, 2, 3, 4], [5, 6]].map((groups) => ({ left: [at(0, kind)], right: groups.map((group) => at(group, kind)) })))];
    const hidden = new Set([...told.keys()].filter((place) => told[place] === null));
    expect(audit(real.map((count) => ({ count, isSaid: true, rank: 0 })), equalities, hidden), JSON.stringify(real)).toEqual([]);
  }
});
