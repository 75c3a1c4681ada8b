import { createReadStream, createWriteStream } from 'node:fs';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import ExcelJS from 'exceljs';
import { literal } from '#engine/population/index.ts';
import type { sql } from '#engine/rules/index.ts';

/** The SHA-256 of a file in hex, read piece by piece. */
export async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

/** A file as a Parquet file that blocks can be taken from: itself, or made from CSV or XLSX in `folder`. */
export async function asParquet(session: sql.Session, file: string, folder: string): Promise<string> {
  const kind = extname(file).toLowerCase();
  if (kind === '.parquet') return file;
  const csv = kind === '.xlsx' ? await sheetAsCsv(file, join(folder, 'sheet.csv')) : file;
  const out = join(folder, 'source.parquet');
  await session.run(`COPY (SELECT * FROM read_csv(${literal(csv)}, header = true, all_varchar = true)) TO ${literal(out)} (FORMAT parquet)`);
  return out;
}

/** The first sheet of a workbook, row after row. */
async function sheetAsCsv(file: string, out: string): Promise<string> {
  const to = createWriteStream(out);
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(file, { worksheets: 'emit', sharedStrings: 'cache', hyperlinks: 'ignore', styles: 'ignore' });
  // The names of sheets come last in some files; the reader asks for them before, and nobody here needs them.
  Object.assign(reader, { model: { sheets: [] } });
  let width = 0;
  for await (const sheet of reader) {
    for await (const row of sheet) {
      // Rows end at their last cell; a sheet is as wide as its headings.
      const cells = Array.isArray(row.values) ? Array.from(row.values.slice(1), textOf) : [];
      width ||= cells.length;
      while (cells.length < width) cells.push('');
      if (!to.write(stringify([cells]))) await once(to, 'drain');
    }
    break;
  }
  to.end();
  await once(to, 'finish');
  return out;
}

function textOf(cell: ExcelJS.CellValue): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  if ('toISOString' in cell) return cell.toISOString().slice(0, 10);
  if ('text' in cell) return String(cell.text);
  if ('result' in cell) return cell.result === undefined ? '' : textOf(cell.result);
  if ('richText' in cell) return cell.richText.map(({ text }) => text).join('');
  return '';
}
