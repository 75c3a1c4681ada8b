import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ELDERS, eldersOf } from '#engine/entitlement/testing.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { hasBrowser, openBrowser, WCAG } from './browser.ts';
import { cityOf, run } from './running-city.ts';
import type { Running } from './running-city.ts';

const GRANT = '/desk/scope/old-fisher-grant';

describe.skipIf(!hasBrowser)('the scope board, the transfers and the stacking lists', () => {
  let [town, empty]: (Running | undefined)[] = [];
  let browser: Browser;
  const complaints: string[] = [];
  beforeAll(async () => {
    const today = parseDate('2031-06-15');
    const { pack } = cityOf('lantern-bay');
    if (!today) throw new Error('no day');
    // Each of the ten old fishers six times, so that no number is hidden.
    const people = Array.from({ length: 6 }, () => ELDERS).flat();
    const residuals = [{ id: 'grade-one', name: { zh: '一级渔民', en: 'Fishers of grade one' }, kind: 'count' as const, published: 4000, wanted: 40, drawn: 41, residual: 2.5, year: 2030, source: 'LB-DEMO', confidence: 'demo' as const, heldOut: true }];
    town = await run(cityOf('lantern-bay', {}, { today, population: { snapshot: eldersOf(pack, people), kind: 'synthetic', standsFor: 100, people: people.length, residuals } }));
    empty = await run(cityOf('lantern-bay', {}, { today }));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    for (const one of [town, empty]) await one?.app.close();
  });

  async function open(running: Running | undefined, path: string, options: { readonly width?: number; readonly javaScriptEnabled?: boolean } = {}): Promise<Page> {
    const { width = 1280, javaScriptEnabled = true } = options;
    const context = await browser.newContext({ viewport: { width, height: 900 }, baseURL: running?.origin ?? '', javaScriptEnabled });
    const page = await context.newPage();
    complaints.length = 0;
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
    await page.goto(path, { waitUntil: 'networkidle' });
    return page;
  }

  const cells = (page: Page, table: string): Promise<string[][]> => page.locator(`${table} tbody tr`).evaluateAll((rows) => rows.map((row) => [...(row as unknown as { readonly cells: Iterable<{ readonly innerText: string }> }).cells].map((cell) => cell.innerText.replaceAll(/\s+/g, ' ').trim())));

  test('the board has every service, says whom it leaves out, and tells apart what is not decided', async () => {
    const page = await open(town, '/desk/scope', { javaScriptEnabled: false });
    expect(await page.locator('.desk-note').innerText()).toMatch(/^合成居民 共 60 人，每人代表约 100 名居民/);
    const rows = await cells(page, '#board');
    expect(rows).toHaveLength(cityOf('lantern-bay').pack.services.size);
    // Registered, insured and left out, resident, not known: 4, 5, 7 and 9 of the table six times, and 6 × 1,000.00.
    expect(rows.find(([name]) => name === '老渔民补贴')).toEqual(['老渔民补贴', '● 覆盖', '○ 不覆盖 18', '○ 不覆盖 0', '○ 不覆盖 6', '24', '6,000.00', '每月']);
    expect(rows.find(([name]) => name === '灯塔参观')).toEqual(['灯塔参观', '不按人判定：规划写的是面向所有人']);
    await page.context().close();
  });

  test('a filter keeps a domain, a county and a group', async () => {
    const page = await open(town, '/desk/scope?domain=harbour&county=990122&group=insured');
    const rows = await cells(page, '#board');
    expect(rows.find(([name]) => name === '老渔民补贴')).toEqual(['老渔民补贴', '○ 不覆盖 6', '6', '600.00', '每月']);
    expect(rows.map(([name]) => name)).not.toContain('渡船上学');
    await page.context().close();
  });

  test('a service shows its counties, who draws it, and a cell leads to what opening it costs', async () => {
    const page = await open(town, GRANT);
    expect((await cells(page, '#cells')).slice(0, 2)).toEqual([
      ['全市', '● 覆盖 30 / 30 外面 0', '○ 不覆盖 0 / 18 外面 18', '○ 不覆盖 0 / 6 外面 0', '○ 不覆盖 0 / 6 外面 6'],
      ['东灯区', '● 覆盖 18 / 18 外面 0', '○ 不覆盖 0 / 6 外面 6', '○ 不覆盖 0 / 6 外面 0', '○ 不覆盖 0 / 6 外面 6'],
    ]);
    // On the quay 0, 2 and 3 are entitled, 0 and 2 draw it; 1, in the country, does not.
    expect((await cells(page, '#take-up')).map((row) => row.slice(0, 5))).toContainEqual(['东灯区', '18', '0', '0', '12']);
    expect(await page.locator('main').innerText()).toContain('差 2.5%');
    await page.getByRole('link', { name: '向东灯区的“外来，参加渔民险满一年”放开：外面 6' }).click();
    await page.waitForURL((url) => url.searchParams.get('open') === 'insured');
    // Fisher 4 six times: 300.00 each; the pack of the town does not say who pays.
    expect(await cells(page, '#effects')).toEqual([['老渔民补贴', '30', '36', '6', '0', '0', '0', '0', '每月', '5,100.00', '6,900.00', '+1,800.00']]);
    expect(await cells(page, '[data-of=payers]')).toEqual([['规划没有写谁出', '5,100.00', '6,900.00', '+1,800.00']]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a group or a county that is not there is refused, a service that is not there is not found', async () => {
    const page = await open(town, `${GRANT}?open=insurde`);
    expect(await page.getByRole('alert').innerText()).toContain('没有这一组');
    expect((await page.request.get('/desk/scope/nothing')).status()).toBe(404);
    await page.context().close();
  });

  test('a list says who meets a service and whom its order moves, and in this town no money moves', async () => {
    const page = await open(town, '/desk/stacks');
    expect(await cells(page, '#sea-support [data-of=places]')).toEqual([['1', '休渔补助 演示参数', '0', '0', '0', '0.00', '每月'], ['2', '老渔民补贴', '30', '30', '0', '0.00', '每月']]);
    await page.goto('/desk/flows');
    expect(await page.locator('main').innerText()).toContain('没有要转的钱');
    await page.context().close();
  });

  test('the simulator shows the published totals, those held out too', async () => {
    const page = await open(town, '/desk/simulate');
    await page.locator('#residuals summary').click();
    expect(await cells(page, '#residuals')).toEqual([['一级渔民', '4,000', '40', '41', '+2.50%', '○ 没有用来调整', 'LB-DEMO（2030年）']]);
    await page.context().close();
  });

  test.each(['/desk/scope', `${GRANT}?open=insured&area=990101`, '/desk/flows', '/desk/stacks', '/desk/simulate', '/desk/scope?lang=en', `${GRANT}?lang=en`])('%s is accessible, stays within the page and says nothing unfinished', async (path) => {
    for (const [running, width] of [[town, 1280], [town, 390], [empty, 1280]] as const) {
      const page = await open(running, path, { width });
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 2).map(({ html }) => html).join(' | ')}`), `${path} at ${width}`).toEqual([]);
      expect(complaints, `${path} at ${width}`).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), `${path} at ${width}`).toBeLessThanOrEqual(0);
      expect(await page.locator('body').innerText()).not.toMatch(/\bunfilled\b|undefined|\[object|\[[a-z-]+\.[a-z.-]+\]/);
      await page.context().close();
    }
  });
});
