import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPlace, removePlaces, spawnCity } from '#tools/spawn-cli.ts';
import type { SpawnedCity } from '#tools/spawn-cli.ts';
import { hasBrowser, openBrowser, WCAG } from './browser.ts';


describe.skipIf(!hasBrowser)('signing in', () => {
  let city: SpawnedCity;
  let browser: Browser;
  beforeAll(async () => {
    city = await spawnCity({ ...(await newPlace()), MINSHENG_TODAY: '2031-06-15' }, []);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.end();
    removePlaces();
  });

  async function open(path: string, width = 390, javaScriptEnabled = false): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 844 }, baseURL: city.url, javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(path, { waitUntil: 'networkidle' });
    return page;
  }

  test.each([false, true])('is one click on the first page, with scripts: %s, and signing out another', async (javaScriptEnabled) => {
    const page = await open('/', 390, javaScriptEnabled);
    await page.click('form:has(input[value="young-mother"]) button');
    await page.waitForURL('**/my');
    expect(await page.locator('.whose').innerText()).toContain('阿珠，您好');
    await page.click('.whose button');
    await page.waitForURL('**/sign-in?problem=signed-out');
    // What was theirs is not shown again by going back.
    await page.goBack({ waitUntil: 'networkidle' });
    expect(await page.locator('main').innerText()).not.toContain('阿珠，您好');
  });

  test('leads back to the page that was wanted', async () => {
    const page = await open('/my/family');
    await page.click('form:has(input[value="young-father"]) button');
    await page.waitForURL('**/my/family');
    expect(await page.locator('h1').innerText()).toBe('家里人和委托');
  });

  test.each(['/sign-in', '/my/family', '/my/family?lang=en', '/my?size=large'])('%s is accessible, and fits', async (path) => {
    for (const width of [320, 1280]) {
      // oxlint-disable-next-line no-await-in-loop -- one page after the other
      const page = await open('/sign-in', width, true);
      // oxlint-disable-next-line no-await-in-loop -- as above
      await page.click('form:has(input[value="young-father"]) button');
      // oxlint-disable-next-line no-await-in-loop -- as above
      await page.waitForURL('**/my');
      // oxlint-disable-next-line no-await-in-loop -- as above
      await page.goto(path, { waitUntil: 'networkidle' });
      // oxlint-disable-next-line no-await-in-loop -- as above
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
      expect([path, width, violations.map(({ id, nodes }) => [id, nodes[0]?.html])]).toEqual([path, width, []]);
      // oxlint-disable-next-line no-await-in-loop -- as above
      expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true);
      // oxlint-disable-next-line no-await-in-loop -- as above
      await page.context().close();
    }
  });
});
