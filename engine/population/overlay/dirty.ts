import type { LinkColumns, Schema } from '#engine/rules/index.ts';
import { groupAt } from '../snapshot/index.ts';
import type { Correction } from './overlay.ts';

/**
 * The households that must be decided again, by row of the primary grouping, ascending.
 *
 * A correction of a person makes the person's household dirty; one of another group every household with a member of
 * it; one of the household itself that household. People in no household are given by their own rows.
 *
 * What others read of a person along a relation (a child elsewhere) lies in no household of theirs: `dirtyRows` follows
 * what each rule reads, and is what a run decides again by.
 */
export function dirtyHouseholds(schema: Schema, primary: string, links: ReadonlyMap<string, LinkColumns>, corrections: readonly Correction[]): { readonly households: readonly number[]; readonly alone: readonly number[] } {
  const link = schema.links.get(primary);
  const starts = links.get(primary)?.starts ?? new Int32Array(1);
  const households = new Set<number>();
  const alone = new Set<number>();
  const person = (row: number): void => {
    const household = groupAt(starts, row);
    if (household === undefined) alone.add(row);
    else households.add(household);
  };
  for (const { entity, row } of corrections) {
    if (entity === link?.from) person(row);
    else if (entity === link?.to) households.add(row);
    else membersOfGroup(schema, links, entity, row).forEach(person);
  }
  const ascending = (rows: ReadonlySet<number>): readonly number[] => [...rows].sort((a, b) => a - b);
  return { households: ascending(households), alone: ascending(alone) };
}

function membersOfGroup(schema: Schema, links: ReadonlyMap<string, LinkColumns>, entity: string, row: number): readonly number[] {
  const grouping = [...schema.links.values()].find(({ kind, to }) => kind === 'grouping' && to === entity);
  const columns = grouping && links.get(grouping.id);
  return [...(columns?.targets?.subarray(columns.starts[row] ?? 0, columns.starts[row + 1] ?? 0) ?? [])];
}
