import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHILDREN, childrenOf } from '#engine/delivery/testing.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { hasBrowser, openBrowser, WCAG } from './browser.ts';
import { cityOf, run } from './running-city.ts';
import type { Running } from './running-city.ts';

const asked = (facts: Readonly<Record<string, string>>): string => new URLSearchParams(facts).toString();
const CHECKS = '/services/childcare-child-health-management/due';

describe.skipIf(!hasBrowser)('what falls due', () => {
  let jinhua: Running;
  let town: Running;
  let browser: Browser;
  beforeAll(async () => {
    jinhua = await run(cityOf('jinhua'));
    const { rules } = cityOf('lantern-bay');
    const today = parseDate('2031-09-01');
    if (!today) throw new Error('no day');
    // Each of the seven children ten times, so that the counties have enough to be shown.
    const people = Array.from({ length: 10 }, () => CHILDREN).flat();
    town = await run(cityOf('lantern-bay', {}, { today, population: { snapshot: childrenOf(rules, people), kind: 'synthetic', standsFor: 100, people: people.length } }));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await jinhua.app.close();
    await town.app.close();
  });

  async function open(running: Running, path: string, javaScriptEnabled = false): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, baseURL: running.origin, javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(path, { waitUntil: 'networkidle' });
    return page;
  }

  const rows = (page: Page, title: string): Promise<string[]> => page.locator('section').filter({ has: page.locator(`h2:has-text("${title}")`) }).locator('tbody tr').allInnerTexts();

  test('the page of a service has its timetable, and from a birthday come the days, without a script', async () => {
    const page = await open(jinhua, '/services/childcare-child-health-management');
    expect(await page.locator('#child-check-ups tbody tr').count()).toBe(13);
    expect(await page.locator('#child-check-ups').innerText()).toContain('出生后 28 天，最晚到第 30 天');
    await page.click('#child-check-ups a.button');
    await page.fill('input[name=出生日期]', '2026-08-31');
    await page.click('form.due button');
    // Three months after 31 August is the last day of November; 28 and 30 days after it are the 28th and the 30th of September.
    expect((await rows(page, '接下来'))[0]).toMatch(/2026年11月30日起\s+3月龄检查\s+还没到/);
    expect(await rows(page, '时间已经到了的')).toEqual([expect.stringMatching(/2026年9月28日—2026年9月30日\s+满月健康管理\s+过了 55 天/)]);
    expect(await page.locator('main').innerText()).toContain('新生儿访视');
    const reply = await page.reload();
    expect([reply?.headers()['cache-control'], reply?.headers()['referrer-policy'], await page.context().cookies()]).toEqual(['no-store', 'no-referrer', []]);
    const file = await page.request.get((await page.locator('a[href*="due.ics"]').getAttribute('href')) ?? '');
    expect([file.status(), file.headers()['content-type']]).toEqual([200, 'text/calendar; charset=utf-8']);
    // Eleven checks are still to come, the first on 30 November.
    expect((await file.text()).match(/BEGIN:VEVENT/g)).toHaveLength(11);
    expect(await file.text()).toContain('DTSTART;VALUE=DATE:20261130');
    expect((await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length).toBeLessThanOrEqual(2);
    await page.context().close();
  });

  test('a day that is none is asked again, and what is too sensitive for an address is not asked', async () => {
    const page = await open(jinhua, `${CHECKS}?${asked({ 出生日期: '2026-02-30' })}`);
    expect(await page.locator('#mistake').innerText()).toContain('2026-03-08');
    expect((await page.goto(`${CHECKS}?${asked({ 出生日期: '2026年8月31日' })}`))?.status()).toBe(200);
    expect((await rows(page, '接下来')).length).toBe(11);
    expect((await page.goto('/services/health-hiv-followup/due'))?.status()).toBe(404);
    await page.goto('/services/health-hiv-followup');
    expect(await page.locator('#hiv-follow-up a.button').count()).toBe(0);
    await page.context().close();
  });

  test('the desk says whose numbers it shows, and counts by item and county', async () => {
    const page = await open(town, '/desk/due', true);
    expect(await page.locator('.desk-note').first().innerText()).toContain('合成居民 共 70 人，每人代表约 100 名居民');
    const cells = (table: string): Promise<string[][]> => page.locator(`${table} tbody tr`).evaluateAll((all) => all.map((row) => [...(row as unknown as { readonly cells: Iterable<{ readonly innerText: string }> }).cells].map((cell) => cell.innerText.trim())));
    // Ten times what the seven come to by thought: done, not yet, due, overdue, passed, no record, no day, may not apply, late.
    expect(await cells('#items')).toEqual([['第一次上门 演示参数', '10', '10', '0', '10', '0', '10', '0', '0', '10'], ['半岁检查 演示参数', '0', '20', '10', '0', '0', '10', '0', '0', '0']]);
    // Open now: ten overdue in East Lantern, the unrecorded of the Reef County are past; then ten due, and ten unrecorded in time.
    expect(await cells('#counties')).toEqual([['第一次上门 演示参数', '10', '0'], ['半岁检查 演示参数', '10', '10']]);
    await page.context().close();
    const empty = await open(jinhua, '/desk/due', true);
    expect(await empty.locator('main').innerText()).toContain('还没有载入居民数据');
    await empty.context().close();
  });

  test('every page of it is accessible on a phone and a desk, in both sizes and languages', async () => {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const page = await context.newPage();
    const facts = asked({ 出生日期: '2024-06-10' });
    const pages = [`${jinhua.origin}${CHECKS}`, `${jinhua.origin}${CHECKS}?${facts}`, `${jinhua.origin}/services/childcare-vaccination/due?${facts}`, `${jinhua.origin}/services/health-key-disease-management/due?${asked({ 慢性病建档日期: 'x' })}`, `${town.origin}/desk/due`];
    for (const path of pages) {
      for (const view of ['', 'size=large', 'lang=en']) {
        for (const width of [320, 1280]) {
          await page.setViewportSize({ width, height: 900 });
          const address = `${path}${view === '' ? '' : `${path.includes('?') ? '&' : '?'}${view}`}`;
          await page.goto(address, { waitUntil: 'networkidle' });
          expect(await page.evaluate<number>('document.documentElement.scrollWidth'), `${address} at ${width}`).toBeLessThanOrEqual(path.includes('/desk/') ? 1280 : width);
          expect(await page.locator('body').innerText()).not.toMatch(/\bunfilled\b|undefined|\[object|\[[a-z-]+\.[a-z.-]+\]/);
          const { violations } = await new AxeBuilder({ page }).withTags(WCAG).setLegacyMode().analyze();
          expect(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(' | ')}`), address).toEqual([]);
        }
      }
    }
    await context.close();
  }, 240_000);
});
