import { LANE } from '#engine/rules/index.ts';
import type { Column } from '#engine/rules/index.ts';
import { isStored, loadSnapshot, openSnapshot } from '#adapters/columns/index.ts';
import type { StoredSnapshot } from '#adapters/columns/index.ts';
import type { Snapshot } from '#engine/population/index.ts';
import { WORLD } from './world.ts';

/** What the ten rules read; other engines get these columns without gaps. */
export const TEN_FACTS = ['county', 'urban', 'birth', 'income', 'disability-kind', 'disability-level', 'education', 'enrolled', 'medical-cost', 'insured', 'unemployed', 'unemployed-months', 'paid-months', 'veteran', 'service-years', 'registered', 'assets', 'receives-minimum'] as const;

export function stored(root: string): StoredSnapshot {
  const found = openSnapshot(root, WORLD, { verify: false });
  if (!isStored(found)) throw new Error(`the snapshot of the benchmark: ${found.kind}`);
  return found;
}

/**
 * The columns of the ten rules with 0 for what is unknown, for engines that know no unknown; none stays none (a mark
 * below every value), which is how a code is absent there too.
 */
export function filled(root: string): Snapshot {
  const snapshot = loadSnapshot(stored(root), new Set(TEN_FACTS));
  const columns = new Map([...snapshot.columns].map(([fact, column]): [string, Column] => {
    const lane = snapshot.layout.columns.get(fact)?.lane ?? 'float64';
    const { unknown } = LANE[lane];
    const copy = column.slice();
    for (let row = 0; row < copy.length; row++) if (copy[row] === unknown) copy[row] = 0;
    return [fact, copy];
  }));
  const layouts = new Map([...snapshot.layout.columns].map(([fact, layout]) => [fact, { ...layout, unknown: false }]));
  return { ...snapshot, columns, layout: { ...snapshot.layout, columns: layouts } };
}
