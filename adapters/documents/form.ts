import ExcelJS from 'exceljs';
import { printDecimal } from '#engine/kernel/index.ts';
import type { Cell, FilledCell, FilledRow, Form, FormSheet } from '#engine/kernel/index.ts';

/*
 * A form as an XLSX workbook. Above the heading of each sheet stand the instructions and a hidden row that names the
 * columns, so that it is read back whatever language it was written in and however its rows were sorted.
 */

const HOW = 1;
const KEYS = 2;
const HEADING = 3;
const ENTRY: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFF7DB' } };
const GIVEN: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF0F2F5' } };
const THIN: Partial<ExcelJS.Borders> = { top: line(), left: line(), bottom: line(), right: line() };

function line(): Partial<ExcelJS.Border> {
  return { style: 'thin', color: { argb: 'FFD0D5DD' } };
}

/** The workbook: headings frozen and filterable, cells to fill in coloured, short choices offered. Every cell is text, so that digits stay as typed. */
export async function toForm(form: Form): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  for (const sheet of form.sheets) addSheet(workbook, sheet);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function addSheet(workbook: ExcelJS.Workbook, { key, title, how, columns, rows }: FormSheet): void {
  const sheet = workbook.addWorksheet(title, { views: [{ state: 'frozen', ySplit: HEADING, xSplit: 0 }], pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, paperSize: 9 } });
  sheet.getCell(HOW, 1).value = how;
  sheet.mergeCells(HOW, 1, HOW, columns.length);
  sheet.getRow(HOW).height = 20 * how.split('\n').length + 6;
  sheet.getCell(HOW, 1).alignment = { wrapText: true, vertical: 'top' };
  columns.forEach((column, at) => {
    sheet.getCell(KEYS, at + 1).value = `${key}.${column.key}`;
    const heading = sheet.getCell(HEADING, at + 1);
    heading.value = column.title;
    heading.font = { bold: true };
    heading.fill = column.entry ? ENTRY : GIVEN;
    heading.border = THIN;
    heading.alignment = { wrapText: true, vertical: 'middle' };
    sheet.getColumn(at + 1).width = column.width;
  });
  sheet.getRow(KEYS).hidden = true;
  rows.forEach((row, index) => columns.forEach((column, at) => {
    const cell = sheet.getCell(HEADING + 1 + index, at + 1);
    cell.value = textOf(row[at] ?? null);
    cell.numFmt = '@';
    cell.border = THIN;
    cell.alignment = { wrapText: true, vertical: 'top' };
    if (column.entry) cell.fill = ENTRY;
    if (column.choices) cell.dataValidation = { type: 'list', allowBlank: true, formulae: [`"${column.choices.join(',')}"`], showErrorMessage: true };
  }));
  sheet.autoFilter = { from: { row: HEADING, column: 1 }, to: { row: HEADING + rows.length, column: columns.length } };
  sheet.headerFooter = { oddFooter: '&C&P / &N' };
}

function textOf(cell: Cell): string | null {
  return cell !== null && typeof cell !== 'string' ? printDecimal(cell) : cell;
}

/** The rows of a form that was filled in, those in which something is written; undefined where the bytes are no workbook or hold no sheet of a form. */
export async function readForm(bytes: Uint8Array): Promise<readonly FilledRow[] | undefined> {
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  } catch {
    return undefined;
  }
  const sheets = workbook.worksheets.flatMap((sheet) => {
    const keys = keysOf(sheet);
    return keys.size === 0 ? [] : [{ sheet, keys }];
  });
  return sheets.length === 0 ? undefined : sheets.flatMap(({ sheet, keys }) => rowsOf(sheet, keys));
}

/** The column of each key, and the key of the sheet before it. */
function keysOf(sheet: ExcelJS.Worksheet): ReadonlyMap<number, readonly [sheet: string, column: string]> {
  const keys = new Map<number, readonly [string, string]>();
  sheet.getRow(KEYS).eachCell((cell, at) => {
    const match = /^([a-z-]+)\.([a-z-]+)$/.exec(cell.text);
    if (match) keys.set(at, [match[1] ?? '', match[2] ?? '']);
  });
  return keys;
}

function rowsOf(sheet: ExcelJS.Worksheet, keys: ReturnType<typeof keysOf>): readonly FilledRow[] {
  const rows: FilledRow[] = [];
  const [name = ''] = [...keys.values()][0] ?? [];
  sheet.eachRow((row, number) => {
    if (number <= HEADING) return;
    const cells = new Map([...keys].flatMap(([at, [, key]]): readonly (readonly [string, FilledCell])[] => {
      const text = written(row.getCell(at));
      return text === '' ? [] : [[key, { at: `${sheet.name}!${row.getCell(at).address}`, text }]];
    }));
    if (cells.size > 0) rows.push({ sheet: name, cells });
  });
  return rows;
}

/** What stands in a cell: a day as `YYYY-MM-DD`, a number with the fewest digits that mean it, a formula’s result. */
function written(cell: ExcelJS.Cell): string {
  const value: unknown = cell.value;
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return (cell.numFmt ?? '').includes('%') ? `${Number((value * 100).toFixed(6))}%` : String(value);
  if (typeof value === 'object' && 'toISOString' in value && typeof value.toISOString === 'function') return String(value.toISOString()).slice(0, 10);
  if (typeof value === 'object' && 'result' in value) return value.result === null || value.result === undefined ? '' : String(value.result as string | number | boolean);
  return cell.text.trim();
}
