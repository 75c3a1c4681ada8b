import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, describe, expect, test } from 'vitest';
import { removePlaces, temporaryFolder } from '#tools/spawn-cli.ts';
import { main } from './main.ts';

afterAll(removePlaces);

const LANTERN_BAY = join(import.meta.dirname, '../../packs/lantern-bay');

async function run(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await main(words, { MINSHENG_TODAY: '2031-06-15', LANG: 'en' }, { out: (text) => (out += text), err: (text) => (err += text) });
  return { code, out, err };
}

function copied(): { readonly pack: string; readonly sheet: string; readonly read: (file: string) => string; readonly files: () => readonly string[] } {
  const folder = temporaryFolder();
  const pack = join(folder, 'pack');
  cpSync(LANTERN_BAY, pack, { recursive: true });
  return { pack, sheet: join(folder, 'list.xlsx'), read: (file) => readFileSync(join(pack, file), 'utf8'), files: () => readdirSync(pack, { recursive: true, encoding: 'utf8' }).sort() };
}

/** Writes into cells of a sheet, by the key of the column, in the row of an item. */
async function fill(file: string, rows: Readonly<Record<string, Readonly<Record<string, ExcelJS.CellValue>>>>): Promise<void> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(file);
  for (const sheet of workbook.worksheets) {
    const columns = new Map<string, number>();
    sheet.getRow(2).eachCell((cell, at) => columns.set(cell.text.replace(/^[a-z]+\./, ''), at));
    sheet.eachRow((row) => {
      for (const [key, value] of Object.entries(rows[row.getCell(1).text] ?? {})) {
        const cell = row.getCell(columns.get(key) ?? 0);
        cell.value = value;
        if (value instanceof Date) cell.style = { ...cell.style, numFmt: 'yyyy-mm-dd' };
      }
    });
  }
  await workbook.xlsx.writeFile(file);
}

const DOCUMENT = { document: '灯渔〔2031〕7号', 'document-date': '2031-03-01', by: '梁' };

describe('the list to verify', () => {
  test('goes out for a department, comes back filled in, and leaves a pack that checks with a line of history for each item', async () => {
    const { pack, sheet, read, files } = copied();
    const before = files();
    expect(await run('verify', 'list', '--pack', pack, '--department', 'fisheries', '--out', sheet, '--lang', 'zh')).toMatchObject({ code: 0 });
    await fill(sheet, {
      // A number typed as a number, a day typed as a day: what spreadsheets make of them.
      'value/grant-rate/990100/2031-01-01': { verified: 820.5, ...DOCUMENT, 'document-date': new Date('2031-03-01T00:00:00Z') },
      'payers/fuel-voucher': { city: '100%', of: '居住地', ...DOCUMENT },
    });
    const applied = await run('verify', 'apply', sheet, '--pack', pack, '--json');
    expect([applied.code, JSON.parse(applied.out)]).toEqual([0, { confirmed: ['value/grant-rate/990100/2031-01-01', 'payers/fuel-voucher'], faults: [], written: ['history.yaml', 'parameters/grant-rate.yaml', 'services/harbour/fuel-voucher.yaml', 'sources.yaml'] }]);
    expect(read('parameters/grant-rate.yaml')).toContain('{ area: "990100", from: "2031-01-01", value: 820.5, source: V-1, confidence: verified }');
    expect(read('history.yaml').match(/^- id: /gm)?.length).toBe(2);
    expect(files()).toEqual([...before, 'history.yaml'].sort());
    expect((await run('pack', 'check', pack)).code).toBe(0);
    // What is verified is no longer asked for.
    expect((await run('verify', 'list', '--pack', pack, '--json')).out).not.toContain('value/grant-rate/990100/2031-01-01');
  });

  test('is not applied while a row is wrong, unless the good ones alone are asked for', async () => {
    const { pack, sheet, read } = copied();
    await run('verify', 'list', '--pack', pack, '--out', sheet);
    await fill(sheet, { 'value/grant-rate/990100/2031-01-01': { verified: '820', ...DOCUMENT }, 'value/income-line/990100/2031-01-01': { verified: 'a thousand', ...DOCUMENT } });
    const stopped = await run('verify', 'apply', sheet, '--pack', pack, '--lang', 'en');
    expect(stopped).toMatchObject({ code: 1, out: 'Values!K6  “a thousand” is no number; write digits only, such as 1170 or 0.3.\n1 faults, so nothing was written; 1 other rows are good. Mend them and hand the file in again, or take the good rows alone with --partial.\n' });
    expect(read('parameters/grant-rate.yaml')).toBe(readFileSync(join(LANTERN_BAY, 'parameters/grant-rate.yaml'), 'utf8'));
    expect(await run('verify', 'apply', sheet, '--pack', pack, '--partial')).toMatchObject({ code: 1 });
    expect(read('parameters/grant-rate.yaml')).toContain('value: 820, source: V-1');
    expect(read('parameters/income-line.yaml')).toContain('value: 1000.00, source: LB-DEMO');
  });

  test('that would break an example of the pack is told, and nothing is written', async () => {
    const { pack, sheet, read } = copied();
    const file = 'services/harbour/closed-season-grant.yaml';
    // An example that counts on the rate as it stands.
    writeFileSync(join(pack, file), read(file).replace('parameters: { 收入线: 1000.00, 补助标准: 800.00 }, given: { 捕捞证有效: true, 本月收入: 0.00', 'given: { 户籍地: 灯湾市, 捕捞证有效: true, 本月收入: 0.00'));
    expect((await run('pack', 'check', pack)).code).toBe(0);
    await run('verify', 'list', '--pack', pack, '--out', sheet);
    await fill(sheet, { 'value/grant-rate/990100/2031-01-01': { verified: '820', ...DOCUMENT } });
    const refused = await run('verify', 'apply', sheet, '--pack', pack);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('example-failed');
    expect(read('parameters/grant-rate.yaml')).toContain('value: 800.00');
  });

  test('names its departments, and takes only what it wrote', async () => {
    const { pack, sheet } = copied();
    expect(await run('verify', 'list', '--pack', pack, '--department', 'moon', '--lang', 'en')).toMatchObject({ code: 2, err: 'There is no department “moon”. Known: none development fisheries town-hall\n' });
    writeFileSync(sheet, 'no workbook');
    expect((await run('verify', 'apply', sheet, '--pack', pack)).code).toBe(2);
    expect((await run('verify', 'list', '--pack', pack, '--lang', 'en')).out).toBe('Lantern Bay Fisheries Office (fisheries): values 6 · payers 7 · grounds of rules 0\nNo department named (none): values 0 · payers 3 · grounds of rules 0\n16 items to verify. With --out FILE.xlsx they are written as a sheet to fill in.\n');
  });
});
