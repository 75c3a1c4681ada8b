import { LANE, laneOf, newColumn } from '#engine/rules/index.ts';
import type { Column, ColumnLayout } from '#engine/rules/index.ts';
import type { Snapshot } from '../snapshot/index.ts';
import { counts, overlaid } from './overlay.ts';
import type { Correction, Look } from './overlay.ts';

/**
 * A snapshot with the corrections that hold at a look in the place of its values: as if it had been built of the corrected
 * ones. What is not corrected is shared, nothing is changed in place; without corrections it is the same snapshot. A fact
 * that the release knows nothing of gets a column that is unknown but for the corrected rows.
 */
export function withOverlay(snapshot: Snapshot, corrections: readonly Correction[], look: Look): Snapshot {
  const columns = new Map<string, Column>();
  const layouts = new Map<string, ColumnLayout>();
  for (const [fact, rows] of overlaid(corrections, look)) {
    const found = columnOf(snapshot, fact);
    if (!found) continue;
    const { column, layout } = found;
    const { unknown, none } = LANE[layout.lane];
    const standing = [...rows].filter(([row, one]) => row < column.length && counts(one, column[row] === unknown));
    if (standing.length === 0) continue;
    const own = column.slice();
    for (const [row, { value }] of standing) own[row] = value;
    columns.set(fact, own);
    layouts.set(fact, { ...layout, unknown: layout.unknown || standing.some(([, { value }]) => value === unknown), none: layout.none || standing.some(([, { value }]) => value === none) });
  }
  if (columns.size === 0) return snapshot;
  return { ...snapshot, columns: new Map([...snapshot.columns, ...columns]), layout: { ...snapshot.layout, columns: new Map([...snapshot.layout.columns, ...layouts]) } };
}

/** The column of a fact, a new one where the snapshot has none; undefined where no column can hold it. */
function columnOf({ schema, columns, layout, rows }: Snapshot, id: string): { readonly column: Column; readonly layout: ColumnLayout } | undefined {
  const [column, known, fact] = [columns.get(id), layout.columns.get(id), schema.facts.get(id)];
  if (column && known) return { column, layout: known };
  const lane = fact && laneOf(fact.type, fact.type.kind === 'code' ? schema.codeLists.get(fact.type.list)?.codes.length : 0);
  return fact && lane && { column: newColumn(lane, rows.get(fact.entity) ?? 0).fill(LANE[lane].unknown), layout: { lane, unknown: true, none: false } };
}
