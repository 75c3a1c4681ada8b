import { hiddenFigures } from './suppress.ts';
import type { Equality, Figure } from './suppress.ts';

/** How much a figure is worth showing: a cell is hidden before the sum of its row or column, and that before the sum of all. */
export const RANK = { cell: 0, sum: 1, all: 2 } as const;

/** The places of a breakdown that must be hidden, where its sum is shown or known from elsewhere. */
export function hiddenPlaces(counts: readonly number[]): ReadonlySet<number> {
  const hidden = hiddenFigures([...counts.map((count) => said(count, RANK.cell)), said(sumOf(counts), RANK.all)], [{ left: [counts.length], right: [...counts.keys()] }]);
  return new Set([...hidden].filter((place) => place < counts.length));
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
  const table = tableFigures(counts, 0);
  return readTable(table, hiddenFigures(table.figures, table.equalities));
}

/** A table among other figures. */
export interface TableFigures {
  readonly figures: readonly Figure[];
  readonly equalities: readonly Equality[];
  readonly rows: number;
  readonly columns: number;
  /** The place of its first figure among all. */
  readonly from: number;
}

/** A table and its sums as figures: row after row, each with its sum, and last the sums of the columns and that of all. */
export function tableFigures(counts: readonly (readonly number[])[], from: number, isSaid = true): TableFigures {
  const [rows, columns] = [counts.length, counts[0]?.length ?? 0];
  const byColumn = Array.from({ length: columns }, (_, at) => sumOf(counts.map((row) => row[at] ?? 0)));
  const whole = [...counts.map((row) => [...row, sumOf(row)]), [...byColumn, sumOf(byColumn)]];
  const rankOf = (row: number, column: number): number => (row < rows ? (column < columns ? RANK.cell : RANK.sum) : column < columns ? RANK.sum : RANK.all);
  const place = (row: number, column: number): number => from + row * (columns + 1) + column;
  return {
    rows, columns, from,
    figures: whole.flatMap((row, at) => row.map((count, column) => ({ count, isSaid, rank: rankOf(at, column) }))),
    equalities: [
      ...whole.map((_, row) => ({ left: [place(row, columns)], right: Array.from({ length: columns }, (__, column) => place(row, column)) })),
      ...Array.from({ length: columns + 1 }, (_, column) => ({ left: [place(rows, column)], right: counts.map((__, row) => place(row, column)) })),
    ],
  };
}

/** What is left of a table. */
export function readTable({ figures, rows, columns, from }: TableFigures, hidden: ReadonlySet<number>): ShownTable {
  const at = (row: number, column: number): number | null => {
    const place = row * (columns + 1) + column;
    return hidden.has(from + place) ? null : figures[place]?.count ?? null;
  };
  const row = (of: number): readonly (number | null)[] => Array.from({ length: columns }, (_, column) => at(of, column));
  return { cells: Array.from({ length: rows }, (_, of) => row(of)), byRow: Array.from({ length: rows }, (_, of) => at(of, columns)), byColumn: row(rows), all: at(rows, columns) };
}

/** A figure that the page says. */
export const said = (count: number, rank: number): Figure => ({ count, isSaid: true, rank });

export const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
