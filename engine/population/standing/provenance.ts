import type { Provenance } from '#engine/rules/index.ts';
import type { ProvenanceOf } from '../snapshot/index.ts';
import type { Standings } from './standing.ts';

/** Kept at most: a feed has a few days on which its rows were seen. */
const MOST_KEPT = 4_096;

/** Where each value comes from, as traces say it; values of one feed, department and days share one object, so that it is written once. */
export function provenanceFrom(standings: Pick<Standings, 'provenanceOf'>): ProvenanceOf {
  const kept = new Map<string, Provenance>();
  return (fact, row) => {
    const origin = standings.provenanceOf(fact, row);
    if (!origin) return undefined;
    const { feed, department, observedOn, validFrom } = origin;
    const key = `${feed} ${department} ${observedOn} ${validFrom}`;
    const found = kept.get(key) ?? { source: feed, holder: department, observedOn, validFrom };
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, found);
    return found;
  };
}
