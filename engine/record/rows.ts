import { groupOf } from '#engine/population/index.ts';
import type { Snapshot } from '#engine/population/index.ts';

/** The rows of a release that are a person's own: themselves, the groups they are in, their dated records in order. */
export type OwnRows = ReadonlyMap<string, readonly number[]>;

export function ownRows(snapshot: Snapshot, person: string, row: number): OwnRows {
  const rows = new Map<string, readonly number[]>([[person, [row]]]);
  for (const link of snapshot.schema.links.values()) {
    if (link.from !== person || link.to === person) continue;
    if (link.kind === 'grouping') {
      const group = groupOf(snapshot, link, row);
      if (group !== undefined) rows.set(link.to, [group]);
    }
    const columns = link.kind === 'spells' ? snapshot.links.get(link.id) : undefined;
    if (columns && columns.lost?.[row] !== 1) {
      const [from = 0, to = 0] = columns.starts.subarray(row, row + 2);
      rows.set(link.to, Array.from({ length: to - from }, (_, at) => from + at));
    }
  }
  return rows;
}
