import type { Cell } from './input.ts';

/** A connection on which temporary tables live; what a script of rules needs of a database. */
export interface Session {
  /** One statement. */
  readonly run: (statement: string) => Promise<void>;
  /** The rows of a query whose columns are whole numbers, texts or NULL. */
  readonly rows: (query: string) => Promise<readonly (readonly Cell[])[]>;
  /** Puts rows into a table by its unquoted name; the cells of a row stand in the order of the table's columns. */
  readonly fill: (table: string, rows: readonly (readonly Cell[])[]) => Promise<void>;
  /** Gives back everything; the process can end then. */
  readonly close: () => Promise<void>;
}
