import { AxeBuilder } from '@axe-core/playwright';
import ExcelJS from 'exceljs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { itemsToVerify, linkBook, scheduleReform, verifyRows, withdrawReform } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { loadPack, readReform } from '#engine/pack/index.ts';
import type { PackFiles } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { hasBrowser, openBrowser, WCAG } from './browser.ts';
import { cityOf, run } from './running-city.ts';
import type { Running } from './running-city.ts';


function day(text: string): CalendarDate {
  const found = parseDate(text);
  if (!found) throw new Error(`${text} is no day`);
  return found;
}

/** The town after a year's keeping: one value verified, one reform scheduled, one taken back. */
function kept(): PackFiles {
  const at = day('2031-06-15');
  const opened = (files: PackFiles) => loadPack(files).pack ?? cityOf('lantern-bay').pack;
  const files = packFiles('lantern-bay');
  const pack = opened(files);
  const cells = Object.entries({ id: 'value/relief-line/free-port/2031-01-01', verified: '1020', document: '灯渔〔2031〕7号', 'document-date': '2031-03-01', by: '梁' });
  let now = verifyRows(pack, files, itemsToVerify(linkBook(pack).rules), [{ sheet: 'values', cells: new Map(cells.map(([key, text]) => [key, { at: key, text }])) }], at).files;
  for (const [name, text] of [['提高收入线', 'parameters: [{ parameter: income-line, area: "990100", from: "2032-01-01", value: 1200.00 }]'], ['多给五十', 'standards: [{ service: closed-season-grant, from: "2032-01-01", amount: 补助标准 + 50 }]']] as const) {
    const { reform } = readReform(opened(now), 'r.yaml', `name: { zh: ${name}, en: A change }\n${text}\n`);
    const made = reform && scheduleReform(now, reform, { on: day('2032-01-01'), by: '发展局', at });
    if (made?.kind !== 'scheduled') throw new Error('not scheduled');
    now = made.files;
  }
  const back = withdrawReform(now, '2031-06-15-2', { by: '海', at: day('2031-06-20') });
  if (back.kind !== 'withdrawn') throw new Error(back.code);
  return back.files;
}

describe.skipIf(!hasBrowser)('what keeps the standards true', () => {
  let [jinhua, town, fresh]: (Running | undefined)[] = [];
  let browser: Browser;
  const complaints: string[] = [];
  beforeAll(async () => {
    const { pack } = loadPack(kept());
    if (!pack) throw new Error('the town does not load');
    jinhua = await run(cityOf('jinhua'));
    town = await run(cityOf('lantern-bay', {}, { pack, ...linkBook(pack), today: day('2031-07-01') }));
    fresh = await run(cityOf('lantern-bay'));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    for (const one of [jinhua, town, fresh]) await one?.app.close();
  });

  async function open(running: Running | undefined, path: string, options: { readonly width?: number; readonly javaScriptEnabled?: boolean } = {}): Promise<Page> {
    const { width = 1280, javaScriptEnabled = true } = options;
    const context = await browser.newContext({ viewport: { width, height: 900 }, baseURL: running?.origin ?? '', javaScriptEnabled });
    const page = await context.newPage();
    complaints.length = 0;
    page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text()); });
    await page.goto(path, { waitUntil: 'networkidle' });
    return page;
  }

  test('the list of Jinhua has a sheet for each department, before scripts arrive', async () => {
    const page = await open(jinhua, '/desk/verify', { javaScriptEnabled: false });
    const rows = await page.locator('#departments tbody tr').evaluateAll((all) => all.map((row) => [...(row as unknown as { readonly cells: Iterable<{ readonly innerText: string }> }).cells].map((cell) => cell.innerText.trim())));
    // Whoever decides most has most to do, and of everything somebody decides.
    expect(rows.at(0)?.at(0)).toBe('金华市医疗保障局');
    expect(rows.map(([name]) => name)).not.toContain('没有写明部门');
    const total = rows.reduce((sum, [, ...counts]) => sum + counts.slice(0, 3).reduce((all, count) => all + Number(count), 0), 0);
    expect(await page.locator('.desk-table tbody tr').count()).toBe(total);
    await page.context().close();
  });

  test('a sheet opens with instructions, headings in Chinese and cells to fill in', async () => {
    const page = await open(jinhua, '/desk/verify');
    const link = page.getByRole('link', { name: '下载 XLSX：金华市民政局' });
    const reply = await page.request.get(await link.getAttribute('href') ?? '');
    expect([reply.status(), reply.headers()['content-disposition']]).toEqual([200, 'attachment; filename="to-verify-civil-affairs.xlsx"']);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(new Uint8Array(await reply.body()).buffer);
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['数值', '谁出钱', '规则依据']);
    const sheet = workbook.getWorksheet('数值');
    expect([sheet?.getCell('A1').text.startsWith('请对照文件原文核对'), sheet?.getRow(2).hidden, sheet?.getCell('C3').text, sheet?.views[0]]).toMatchObject([true, true, '内容', { state: 'frozen', ySplit: 3 }]);
    expect(new Set(Array.from({ length: (sheet?.rowCount ?? 0) - 3 }, (_, at) => sheet?.getCell(at + 4, 2).text))).toEqual(new Set(['金华市民政局']));
    await page.context().close();
  });

  test('what was verified has left the list and stands below with its document', async () => {
    const page = await open(town, '/desk/verify');
    expect(await page.locator('.desk-table').innerText()).not.toContain('1,000');
    expect(await page.locator('#done + table tbody tr').allInnerTexts()).toEqual(['2031-06-15\tvalue/relief-line/free-port/2031-01-01\t1000 (2031-01-01, LB-DEMO, demo)\t1020 (2031-01-01, V-1, verified)\t灯渔〔2031〕7号\t梁']);
    await page.context().close();
  });

  test('reforms stand with their state and the lines they change', async () => {
    const page = await open(town, '/desk/reforms');
    expect(await page.locator('[data-reform] h2').allInnerTexts()).toEqual(['2032-01-01 起 · 多给五十', '2032-01-01 起 · 提高收入线']);
    expect(await page.locator('[data-reform="2031-06-15-2"] .desk-state').innerText()).toContain('已撤回');
    expect(await page.locator('[data-reform="2031-06-15-3"] .desk-state').innerText()).toContain('还没生效');
    const added = await page.locator('[data-reform="2031-06-15-3"] [data-mark="+"]').allInnerTexts();
    expect(added.join('')).toContain("amount: '补助标准 + 50'");
    await page.context().close();
    const none = await open(fresh, '/desk/reforms');
    expect(await none.getByRole('status').innerText()).toBe('还没有定下的改动。');
    await none.context().close();
  });

  test('the findings page says what is to look at in the standards, or that nothing is', async () => {
    const bay = await open(fresh, '/desk/findings');
    expect(await bay.locator('#standards ~ table tbody tr').count()).toBe(19);
    await bay.context().close();
    const page = await open(jinhua, '/desk/findings');
    expect(await page.locator('#standards ~ table tbody tr').allInnerTexts()).toEqual([expect.stringContaining('有创业需求')]);
    await page.context().close();
  });

  test.each([['jinhua', '/desk/verify'], ['jinhua', '/desk/verify?lang=en'], ['town', '/desk/verify'], ['town', '/desk/reforms'], ['town', '/desk/reforms?lang=en'], ['fresh', '/desk/reforms'], ['fresh', '/desk/findings'], ['town', '/desk/findings?lang=en']] as const)('%s %s is accessible on a wide and a narrow screen', async (which, path) => {
    for (const width of [1280, 390]) {
      const page = await open({ jinhua, town, fresh }[which], path, { width });
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 2).map(({ html }) => html).join(' | ')}`), `${path} at ${width}`).toEqual([]);
      expect(complaints, path).toEqual([]);
      expect(await page.locator('body').innerText()).not.toMatch(/\bunfilled\b|undefined|\[object|\[[a-z-]+\.[a-z.-]+\]/);
      await page.context().close();
    }
  });
});
