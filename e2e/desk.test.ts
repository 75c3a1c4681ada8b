import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, openBrowser, WCAG } from './browser.ts';
import { cityOf, run } from './running-city.ts';
import type { Running } from './running-city.ts';

/** Each table of the desk with the number of rows that the pack has: 85 value pairs are 38 of the last plan and 47 of this one. */
const TABLES = [['indicators', 85], ['targets', 156], ['services', 100], ['mechanisms', 120], ['systems', 172], ['projects', 187]] as const;

describe.skipIf(!hasBrowser)('the desk', () => {
  let jinhua: Running;
  let browser: Browser;
  const complaints: string[] = [];
  beforeAll(async () => {
    jinhua = await run(cityOf('jinhua'));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await jinhua.app.close();
  });

  async function open(path: string, width = 1280, javaScriptEnabled = true): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, baseURL: jinhua.origin, javaScriptEnabled });
    const page = await context.newPage();
    complaints.length = 0;
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    await page.goto(path, { waitUntil: 'networkidle' });
    return page;
  }

  const firstCells = (page: Page): Promise<string[]> => page.locator('.desk-table tbody tr td:first-child').allInnerTexts();

  test.each(['/desk', ...TABLES.map(([name]) => `/desk/${name}`), '/desk/findings', '/desk/data', '/desk/due', '/desk?lang=en', '/desk/findings?lang=en', '/desk/scope', '/desk/scope/eldercare-elderly-welfare', '/desk/flows', '/desk/stacks', '/desk/stacks?lang=en', '/desk/runs', '/desk/money', '/desk/loop'])('%s is accessible, and nothing complains', async (path) => {
    // A wide table is the same table on a phone: the overview stands for the narrow width.
    for (const width of path === '/desk' ? [1280, 390] : [1280]) {
      const page = await open(path, width);
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 2).map(({ html }) => html).join(' | ')}`), `${path} at ${width}`).toEqual([]);
      expect(complaints, `${path} at ${width}`).toEqual([]);
      expect(await page.locator('body').innerText()).not.toMatch(/\bunfilled\b|undefined|\[object|\[[a-z-]+\.[a-z.-]+\]/);
      await page.context().close();
    }
  });

  test.each(TABLES)('%s has its %i rows before scripts arrive', async (name, rows) => {
    const page = await open(`/desk/${name}`, 1280, false);
    expect(await page.locator('.desk-table tbody tr').count()).toBe(rows);
    await page.context().close();
  });

  test('a table sorts both ways and back, and what is missing stays last', async () => {
    const page = await open('/desk/targets');
    const years = (): Promise<string[]> => page.locator('.desk-table tbody tr td:nth-child(4)').allInnerTexts();
    const heading = page.locator('.desk-table th').nth(3);
    const printed = await years();
    await heading.locator('button').click();
    const up = await years();
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    const numbers = up.filter((year) => /^\d{4}$/.test(year));
    expect(numbers).toEqual([...numbers].sort());
    expect(up.slice(numbers.length).every((year) => year === '规划没有印')).toBe(true);
    await heading.locator('button').click();
    const down = await years();
    expect(down.slice(0, numbers.length)).toEqual([...numbers].reverse());
    expect(down.slice(numbers.length)).toEqual(up.slice(numbers.length));
    await heading.locator('button').click();
    expect(await years()).toEqual(printed);
    await page.context().close();
  });

  test('a table filters by words and by choice, says how many rows are left, and comes back', async () => {
    const page = await open('/desk/services');
    await page.getByRole('searchbox').fill('残疾 补贴');
    const names = await firstCells(page);
    expect(names.length).toBeGreaterThan(2);
    expect(names.length).toBeLessThan(20);
    expect(await page.locator('output').innerText()).toBe(`${names.length} / 100 行`);
    await page.getByRole('searchbox').fill('');
    await page.getByLabel('按“领域”筛选').selectOption({ label: '拥军优抚' });
    expect(await firstCells(page)).toHaveLength(5);
    await page.getByRole('searchbox').fill('没有这样的服务');
    expect(await page.locator('main').innerText()).toContain('没有符合的行');
    await page.getByRole('button', { name: '清空' }).click();
    expect(await firstCells(page)).toHaveLength(100);
    await page.context().close();
  });

  test('every export leads to a file, and the map says in words what it shows', async () => {
    const page = await open('/desk/findings');
    const links = await page.locator('.desk-push a').evaluateAll((all) => all.map((link) => (link as unknown as { getAttribute(name: string): string | null }).getAttribute('href') ?? ''));
    expect(links).toHaveLength(5);
    for (const link of links) expect((await page.request.get(link)).status(), link).toBe(200);
    await page.goto('/desk', { waitUntil: 'networkidle' });
    expect(await page.locator('.desk-map svg path').count()).toBe(9);
    expect(await page.locator('.desk-map svg').getAttribute('aria-label')).toContain('常住人口');
    await page.getByLabel('显示').selectOption({ index: 1 });
    expect(await page.locator('.desk-map svg').getAttribute('aria-label')).toContain('城镇人口比重');
    await page.context().close();
  });
});
