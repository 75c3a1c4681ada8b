import type { Cell } from './table.ts';

/** A workbook that people fill in by hand and hand back. */
export interface Form {
  /** Name of the file, without ending. */
  readonly name: string;
  readonly sheets: readonly FormSheet[];
}

export interface FormSheet {
  /** Tells the sheet when it comes back, whatever the language of its title. */
  readonly key: string;
  readonly title: string;
  /** How it is filled in; stands above everything. */
  readonly how: string;
  readonly columns: readonly FormColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface FormColumn {
  readonly key: string;
  readonly title: string;
  /** In characters of a narrow letter. */
  readonly width: number;
  /** Whether people write in it; what is given is not read back, the first column apart. */
  readonly entry: boolean;
  /** What may be written, where that is a short list. */
  readonly choices?: readonly string[];
}

/** A row as it came back: what was written under each key, and where. Empty cells are left out. */
export interface FilledRow {
  readonly sheet: string;
  readonly cells: ReadonlyMap<string, FilledCell>;
}

export interface FilledCell {
  /** As a spreadsheet names it, with the title of its sheet: Values!H4. */
  readonly at: string;
  readonly text: string;
}
