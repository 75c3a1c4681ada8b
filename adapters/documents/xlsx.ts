import ExcelJS from 'exceljs';
import { toNumber } from '#engine/kernel/index.ts';
import type { Decimal, Table } from '#engine/kernel/index.ts';

/** A table as an XLSX workbook: one sheet, the header frozen, numbers as numbers with their printed digits. */
export async function toXlsx(table: Table): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(sheetName(table.title), { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.addRow(table.columns.map((column) => column.title)).font = { bold: true };
  for (const row of table.rows) {
    const added = sheet.addRow(row.map((cell) => (cell !== null && typeof cell !== 'string' ? toNumber(cell) : cell)));
    row.forEach((cell, index) => {
      if (cell !== null && typeof cell !== 'string') added.getCell(index + 1).numFmt = numberFormat(cell);
    });
  }
  table.columns.forEach((_, index) => {
    const widest = Math.max(...table.rows.map((row) => widthOf(row[index] ?? null)), widthOf(table.columns[index]?.title ?? ''));
    sheet.getColumn(index + 1).width = Math.min(60, widest + 2);
  });
  sheet.addRow([]);
  sheet.addRow([table.note]);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function numberFormat({ scale }: Decimal): string {
  return scale === 0 ? '0' : `0.${'0'.repeat(scale)}`;
}

/** Sheet names are at most 31 characters and hold none of `[]:*?/\`. */
function sheetName(title: string): string {
  return title.replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, 31);
}

function widthOf(cell: string | Decimal | null): number {
  if (cell === null) return 0;
  if (typeof cell !== 'string') return 10;
  return Array.from(cell).reduce((width, char) => width + (char > '\u2e7f' ? 2 : 1), 0);
}
