import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FISHERS, fishersOf } from '#engine/entitlement/testing.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { hasBrowser, openBrowser, WCAG } from './browser.ts';
import { cityOf, run } from './running-city.ts';
import type { Running } from './running-city.ts';

const line = (value: string, lang = 'zh'): string => `/desk/simulate?parameter=income-line%40990100&value=${value}${lang === 'zh' ? '' : '&lang=en'}`;

describe.skipIf(!hasBrowser)('the simulator of the desk', () => {
  let [town, hamlet, empty]: (Running | undefined)[] = [];
  let browser: Browser;
  beforeAll(async () => {
    const today = parseDate('2031-06-15');
    const { pack } = cityOf('lantern-bay');
    if (!today) throw new Error('no day');
    // Each of the eleven fishers ten times, so that the counties have enough people to be shown.
    const people = (fishers: typeof FISHERS) => ({ snapshot: fishersOf(pack, fishers), kind: 'synthetic' as const, standsFor: 100, people: fishers.length });
    town = await run(cityOf('lantern-bay', {}, { today, population: people(Array.from({ length: 10 }, () => FISHERS).flat()) }));
    hamlet = await run(cityOf('lantern-bay', {}, { today, population: people(FISHERS) }));
    empty = await run(cityOf('lantern-bay', {}, { today }));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    for (const one of [town, hamlet, empty]) await one?.app.close();
  });

  async function open(running: Running | undefined, path: string, options: { readonly width?: number; readonly javaScriptEnabled?: boolean } = {}): Promise<Page> {
    const { width = 1280, javaScriptEnabled = true } = options;
    const context = await browser.newContext({ viewport: { width, height: 900 }, baseURL: running?.origin ?? '', javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(path, { waitUntil: 'networkidle' });
    return page;
  }

  const cells = (page: Page, table: string): Promise<string[][]> => page.locator(`${table} tbody tr`).evaluateAll((rows) => rows.map((row) => [...(row as unknown as { readonly cells: Iterable<{ readonly innerText: string }> }).cells].map((cell) => cell.innerText.trim())));

  test('without people it says that there are none, and asks nothing', async () => {
    const page = await open(empty, line('1200'));
    expect(await page.locator('main').innerText()).toContain('还没有载入居民数据');
    expect(await page.getByRole('button', { name: '模拟', exact: true }).isDisabled()).toBe(true);
    expect(await page.locator('#effects').count()).toBe(0);
    await page.context().close();
  });

  test('says who the people are, and that the figures are not scaled up', async () => {
    const page = await open(town, '/desk/simulate');
    expect(await page.locator('.desk-note').innerText()).toMatch(/^合成居民 共 110 人，每人代表约 100 名居民。.*没有放大/);
    expect(await page.locator('option').allInnerTexts()).toContain('休渔补助收入线 · 灯湾市 · 现在 1,000.00 元（演示参数）');
    await page.context().close();
  });

  test('the figure that holds now changes nobody, by 0.00 yuan', async () => {
    const page = await open(town, line('1000.00'));
    expect(await page.locator('main').innerText()).toContain('没有人变化，变化 0.00 元');
    expect(await page.locator('#effects').count()).toBe(0);
    await page.context().close();
  });

  test('a raised line: people, money, levels and counties, with and without scripts', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const page = await open(town, line('1200'), { javaScriptEnabled });
      // Three of every eleven have the grant, three more gain it: two in East Lantern (800.00 each), one in the Reef County (860.00).
      expect(await cells(page, '#effects')).toEqual([['休渔补助 演示参数', '30', '60', '30', '0', '0', '0', '0', '每月', '24,600.00', '49,200.00', '+24,600.00']]);
      // Its line and its rate are for demonstration, and the page says so once.
      expect(await page.locator('p[data-of=demo]').innerText()).toContain('本页的数来自 1 项按规则判定的服务，其中 1 项用到演示参数');
      expect(await cells(page, '[data-of=payers]')).toEqual([['市', '14,760.00', '29,520.00', '+14,760.00'], ['县（市、区）', '9,840.00', '19,680.00', '+9,840.00']]);
      expect(await cells(page, '[data-of=counties]')).toEqual([['东灯区', '20', '0', '0', '0', '0', '+16,000.00'], ['礁石县', '10', '0', '0', '0', '0', '+8,600.00']]);
      // Ten lack only the licence, fifty only have too much income; the pack of the town has no words for its conditions.
      expect(await cells(page, '[data-of=near]')).toEqual([['licence', '10', '10'], ['income', '50', '20']]);
      // Ten have exactly 1,000.00 and would lose 800.00 by a yuan; with the new line ten have exactly 1,200.00.
      expect(await cells(page, '[data-of=cliffs]')).toEqual([['每人每月多挣一元，就少领不止一元（或者整项失去）；一次最多少领 800.00 元', '10', '10']]);
      expect((await cells(page, '[data-of=places]')).map((row) => [row[0], row[1], row.at(-1)])).toEqual([['码头', '20', '+16,000.00'], ['乡间', '10', '+8,600.00']]);
      expect((await cells(page, '[data-of=incomes]')).map((row) => [row[0], row[1], row.at(-1)])).toEqual([['不超过收入线', '0', '0.00'], ['高于收入线', '30', '+24,600.00']]);
      await page.context().close();
    }
  });

  test('the form leads to the address of the answer', async () => {
    const page = await open(town, '/desk/simulate');
    await page.getByLabel('参数').selectOption('income-line@990100');
    await page.getByLabel('新的数').fill('999.99');
    await page.getByRole('button', { name: '模拟', exact: true }).click();
    await page.waitForSelector('#effects');
    expect(new URL(page.url()).search).toBe('?parameter=income-line%40990100&value=999.99');
    // Only the income of exactly 1,000.00 is lost: ten people of East Lantern.
    expect((await cells(page, '#effects'))[0]?.slice(1)).toEqual(['30', '20', '0', '0', '0', '10', '0', '每月', '24,600.00', '16,600.00', '−8,000.00']);
    await page.context().close();
  });

  test('a file of a rule and of payer shares is simulated as a form is, and one with a fault says where', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const page = await open(town, '/desk/simulate', { javaScriptEnabled });
      const upload = async (text: string): Promise<void> => {
        await page.locator('input[type=file]').setInputFiles({ name: 'try.yaml', mimeType: 'text/yaml', buffer: Buffer.from(`name: { zh: 市里全出, en: The city pays }\n${text}`) });
        await page.locator('form[method=post] button').click();
      };
      await upload('payers: [{ service: closed-season-grant, from: "2032-01-01", shares: [{ level: city, of: registered, share-bp: 10000 }] }]');
      await page.waitForSelector('#effects');
      expect(await page.locator('main').innerText()).toContain('改革：市里全出。 文件写的是从 2032-01-01 起；这里按今天就生效来算。');
      // Nobody gains or loses; the 9,840.00 of the counties go to the city.
      expect(await cells(page, '[data-of=payers]')).toEqual([['市', '14,760.00', '24,600.00', '+9,840.00'], ['县（市、区）', '9,840.00', '0.00', '−9,840.00']]);
      await upload('payers: [{ service: closed-season-grunt, from: "2032-01-01", shares: [{ level: city, of: registered, share-bp: 10000 }] }]');
      await page.getByRole('alert').waitFor();
      expect(await page.getByRole('alert').innerText()).toContain('closed-season-grunt');
      await page.context().close();
    }
  });

  test('a number of few is not shown, nor the money that would tell it', async () => {
    const page = await open(hamlet, line('1200'));
    // Three of eleven have the grant; two of East Lantern and one of the Reef County would gain it.
    expect((await cells(page, '#effects'))[0]?.slice(1)).toEqual(['不显示', '6', '不显示', '0', '0', '0', '0', '每月', '不显示', '不显示', '不显示']);
    expect(await cells(page, '[data-of=counties]')).toEqual([['东灯区', '不显示', '0', '0', '0', '0', '不显示'], ['礁石县', '不显示', '0', '0', '0', '0', '不显示']]);
    await page.context().close();
  });

  test.each([['income-line', '绿', '新的数要写成数字'], ['grant-rate', '-1', '没有模拟'], ['moon-line', '1', '今天没有这个参数']])('%s of %s is refused in words', async (parameter, value, words) => {
    const page = await open(town, `/desk/simulate?parameter=${parameter}%40990100&value=${value}`);
    expect(await page.getByRole('alert').innerText()).toContain(words);
    await page.context().close();
  });

  test.each(['/desk/simulate', line('1200'), line('1200', 'en')])('%s is accessible on a wide and a narrow screen', async (path) => {
    for (const width of [1280, 390]) {
      const page = await open(town, path, { width });
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 2).map(({ html }) => html).join(' | ')}`), `${path} at ${width}`).toEqual([]);
      expect(await page.locator('body').innerText()).not.toMatch(/\bunfilled\b|undefined|\[object|\[[a-z-]+\.[a-z.-]+\]/);
      await page.context().close();
    }
  });
});
