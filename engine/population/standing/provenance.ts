import type { Provenance } from '#engine/rules/index.ts';
import type { ProvenanceOf } from '../snapshot/index.ts';
import type { Standings } from './standing.ts';

/** Pairs of days that are kept of a feed at most: its rows were seen on a few. */
const MOST_KEPT = 4_096;
/** Above every day written as yyyymmdd. */
const DAYS = 100_000_000;

/** Where each value comes from, as traces say it; values of one feed, department and days share one object, so that it is written once. */
export function provenanceFrom(standings: Pick<Standings, 'provenanceOf'>): ProvenanceOf {
  const feeds = new Map<string, Map<number, Provenance>>();
  return (fact, row) => {
    const origin = standings.provenanceOf(fact, row);
    if (!origin) return undefined;
    const { feed, department, observedOn, validFrom } = origin;
    const kept = feeds.get(feed) ?? new Map<number, Provenance>();
    feeds.set(feed, kept);
    const key = observedOn * DAYS + validFrom;
    const found = kept.get(key);
    // Corrections of one day come from several departments.
    if (found?.holder === department) return found;
    const made = { source: feed, holder: department, observedOn, validFrom };
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, made);
    return made;
  };
}
