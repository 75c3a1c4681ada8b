import type { sql } from '#engine/rules/index.ts';

type Rows = readonly (readonly sql.Cell[])[];

/** So many rows go in one statement. */
const BATCH = 10_000;

/** Statements, each with its parameters, that put rows into a table: one array for each column. */
export function fillStatements(table: string, columns: readonly string[], rows: Rows): readonly { readonly text: string; readonly values: readonly string[] }[] {
  const quoted = `"${table.replaceAll('"', '""')}"`;
  const text = `INSERT INTO ${quoted} SELECT * FROM unnest(${columns.map((type, at) => `$${String(at + 1)}::text::${type}[]`).join(', ')})`;
  const batches = Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, at) => rows.slice(at * BATCH, (at + 1) * BATCH));
  return batches.map((batch) => ({ text, values: columns.map((_, at) => arrayLiteral(batch.map((row) => row[at] ?? null))) }));
}

/** The types of a table's columns in their order. */
export function columnTypesQuery(table: string): { readonly text: string; readonly values: readonly string[] } {
  return { text: 'SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0 ORDER BY attnum', values: [`"${table.replaceAll('"', '""')}"`] };
}

function arrayLiteral(cells: readonly sql.Cell[]): string {
  return `{${cells.map((cell) => (cell === null ? 'NULL' : typeof cell === 'bigint' ? String(cell) : `"${cell.replaceAll(/["\\]/g, String.raw`\$&`)}"`)).join(',')}}`;
}

/** A value as the parsers of both drivers leave it. */
export function cellOf(value: unknown): sql.Cell {
  if (value === null || typeof value === 'bigint' || typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  throw new TypeError('a query gave what is neither a whole number nor a text');
}
