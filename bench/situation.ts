import { LANE, known, NONE, UNKNOWN } from '#engine/rules/index.ts';
import type { FactColumn, Situation, Thing, Value } from '#engine/rules/index.ts';
import type { Snapshot } from '#engine/population/index.ts';
import { FACTS } from './world.ts';

/** The first households of a snapshot with their members, as one asks about them one at a time. A fact that was not loaded is unknown. */
export function firstHouseholds(snapshot: Snapshot, households: number): Situation {
  const starts = snapshot.links.get('living')?.starts ?? new Int32Array(1);
  const homes = Array.from({ length: households }, (_, home): Thing => ({ facts: factsAt(snapshot, 'household', home), links: new Map() }));
  const people = homes.flatMap((_, home) => Array.from({ length: (starts[home + 1] ?? 0) - (starts[home] ?? 0) }, (_member, at): Thing => ({ facts: factsAt(snapshot, 'person', (starts[home] ?? 0) + at), links: new Map([['living', [home]]]) })));
  return new Map([['person', people], ['household', homes]]);
}

function factsAt(snapshot: Snapshot, entity: string, row: number): ReadonlyMap<string, Value> {
  return new Map(FACTS.filter((fact) => fact.entity === entity).map((fact) => [fact.id, valueAt(snapshot, fact, row)]));
}

function valueAt(snapshot: Snapshot, { id, type }: FactColumn, row: number): Value {
  const value = snapshot.columns.get(id)?.[row];
  const { unknown, none } = LANE[snapshot.layout.columns.get(id)?.lane ?? 'float64'];
  if (value === undefined || value === unknown) return UNKNOWN;
  if (value === none) return NONE;
  return known(type.kind === 'boolean' ? value === 1 : BigInt(value));
}
