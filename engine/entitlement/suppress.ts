/** A number of people below this, other than 0, is not shown in a breakdown: it may point at somebody. */
export const SMALLEST_SHOWN = 5;

/**
 * The places of a breakdown that must be hidden.
 *
 * Where just one is small, the smallest of the others that is not 0 is hidden too, because the total less what is
 * shown would give the small one away.
 */
export function hiddenPlaces(counts: readonly number[]): ReadonlySet<number> {
  const places = [...counts.keys()].filter((place) => (counts[place] ?? 0) > 0).sort((a, b) => (counts[a] ?? 0) - (counts[b] ?? 0));
  const small = places.filter((place) => (counts[place] ?? 0) < SMALLEST_SHOWN);
  return new Set(small.length === 1 ? places.slice(0, 2) : small);
}

/**
 * The places of a table that must be hidden, where its sums by row and by column are shown.
 *
 * Every row and every column in which just one is hidden hides another, until none gives one away.
 */
export function hiddenCells(table: readonly (readonly number[])[]): readonly ReadonlySet<number>[] {
  const hidden = table.map((row) => new Set(smallPlaces(row)));
  const columns = [...(table[0]?.keys() ?? [])];
  let before = -1;
  for (let count = countOf(hidden); count !== before; count = countOf(hidden)) {
    before = count;
    table.forEach((row, at) => { if (hidden[at]?.size === 1) hidden[at].add(leastShown(row, (place) => hidden[at]?.has(place) === true)); });
    for (const column of columns) {
      if (hidden.filter((row) => row.has(column)).length !== 1) continue;
      const at = leastShown(table.map((row) => row[column] ?? 0), (place) => hidden[place]?.has(column) === true);
      hidden[at]?.add(column);
    }
    for (const row of hidden) row.delete(NOTHING_LEFT);
  }
  return hidden;
}

const smallPlaces = (counts: readonly number[]): readonly number[] => [...counts.keys()].filter((place) => (counts[place] ?? 0) > 0 && (counts[place] ?? 0) < SMALLEST_SHOWN);
const countOf = (hidden: readonly ReadonlySet<number>[]): number => hidden.reduce((sum, row) => sum + row.size, 0);
/** There is no other place to hide: all the others are 0, and the sum says as much as the place. */
const NOTHING_LEFT = -1;

/** The place of the smallest number that is shown and is not 0. */
function leastShown(counts: readonly number[], isHidden: (place: number) => boolean): number {
  return [...counts.keys()].filter((place) => (counts[place] ?? 0) > 0 && !isHidden(place)).sort((a, b) => (counts[a] ?? 0) - (counts[b] ?? 0))[0] ?? NOTHING_LEFT;
}

/** A table with its sums as it may be shown; null is hidden. */
export interface ShownTable {
  readonly cells: readonly (readonly (number | null)[])[];
  readonly byRow: readonly (number | null)[];
  readonly byColumn: readonly (number | null)[];
  readonly all: number | null;
}

/** A table of people with its sums; a sum that is small, or would give a cell away, is hidden as a cell is. */
export function shownTable(counts: readonly (readonly number[])[]): ShownTable {
  const [rows, columns] = [counts.length, counts[0]?.length ?? 0];
  const whole = [...counts.map((row) => [...row, sumOf(row)]), [...Array.from({ length: columns }, (_, at) => sumOf(counts.map((row) => row[at] ?? 0))), sumOf(counts.map(sumOf))]];
  const hidden = hiddenCells(whole);
  const shown = whole.map((row, at) => row.map((count, place) => (hidden[at]?.has(place) === true ? null : count)));
  return {
    cells: shown.slice(0, rows).map((row) => row.slice(0, columns)),
    byRow: shown.slice(0, rows).map((row) => row[columns] ?? null),
    byColumn: shown[rows]?.slice(0, columns) ?? [],
    all: shown[rows]?.[columns] ?? null,
  };
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
