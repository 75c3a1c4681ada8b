import { stringify } from 'csv-stringify/sync';
import { printDecimal } from '#engine/kernel/index.ts';
import type { Cell, Table } from '#engine/kernel/index.ts';

/**
 * A table as CSV in UTF-8 with a byte order mark, so that spreadsheet programs read the Chinese.
 *
 * The first row has the keys of the columns, which do not change with the language. A text that a spreadsheet
 * would run as a formula is led by an apostrophe; numbers keep the digits the plan prints.
 */
export function toCsv(table: Table): string {
  const rows = table.rows.map((row) => row.map(printCell));
  return `\uFEFF${stringify([table.columns.map((column) => column.key), ...rows], { record_delimiter: 'windows' })}`;
}

function printCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return printDecimal(cell);
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}
