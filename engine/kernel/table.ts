import type { Decimal } from './decimal.ts';

/** A cell of a table that leaves the house: a text, an exact number, or nothing. */
export type Cell = string | Decimal | null;

/** A table of data for downloads: typed columns with a stable key and a title in the reader's language. */
export interface Table {
  /** Name of the file, without ending. */
  readonly name: string;
  readonly title: string;
  readonly columns: readonly { readonly key: string; readonly title: string }[];
  readonly rows: readonly (readonly Cell[])[];
  /** Where the data come from and as of when; stands below the table. */
  readonly note: string;
}
