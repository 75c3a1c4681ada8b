import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPlace, removePlaces, spawnCity } from '#tools/spawn-cli.ts';
import { hasBrowser, openBrowser, WCAG } from './browser.ts';

const LICENCE = '/my/facts/person.fishing-licence';
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

describe.skipIf(!hasBrowser)('what is held of a resident', () => {
  let city: Awaited<ReturnType<typeof spawnCity>>;
  let browser: Browser;
  beforeAll(async () => {
    [city, browser] = await Promise.all([newPlace().then((place) => spawnCity({ ...place, MINSHENG_TODAY: '2031-03-03' })), openBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await city.end();
    removePlaces();
  });

  /** Somebody who is signed in, without scripts. */
  async function signedIn(): Promise<{ readonly context: BrowserContext; readonly page: Page }> {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, baseURL: city.url, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto('/sign-in?to=/my');
    await page.getByRole('button', { name: '阿珠' }).click();
    return { context, page };
  }

  test('somebody finds a fact that is missing, says what it is with a photo, and sees by when they are answered, without a script', async () => {
    const { context, page } = await signedIn();
    await page.goto('/my/facts');
    await page.getByText('不知道的（2 项）').click();
    await page.getByRole('link', { name: '捕捞证有效' }).click();
    await page.getByRole('link', { name: '这一条不对' }).click();
    // Going on without an answer says what is missing.
    await page.getByRole('button', { name: '继续' }).click();
    expect(await page.locator('#mistake').innerText()).toContain('不是它能有的值');
    await page.getByLabel('是', { exact: true }).check();
    await page.getByRole('button', { name: '继续' }).click();
    await page.getByLabel('为什么您这样认为？').fill('证在家里，𠮷号船。');
    await page.getByRole('button', { name: '继续' }).click();
    await page.getByLabel('选一份文件').setInputFiles({ name: '证.png', mimeType: 'image/png', buffer: Buffer.from('not a photo') });
    await page.getByRole('button', { name: '传上来' }).click();
    expect(await page.locator('#mistake').innerText()).toContain('不是照片');
    await page.getByLabel('选一份文件').setInputFiles({ name: '证.png', mimeType: 'image/png', buffer: PNG });
    await page.getByRole('button', { name: '传上来' }).click();
    await page.locator('main:has-text("证.png")').waitFor();
    // Whoever goes away and comes back is asked nothing again.
    await page.goto('/my/facts');
    await page.locator('a[href="/my/facts/person.fishing-licence/dispute"]', { hasText: '接着说' }).click();
    expect(await page.locator('.check').innerText()).toContain('𠮷号船');
    await page.getByRole('button', { name: '送出' }).click();
    expect(await page.locator('[role=status]').innerText()).toContain('2031年3月17日前');
    await context.close();
  });

  test('every page of it is accessible on a phone and a desk, in both sizes and languages', async () => {
    const { context, page } = await signedIn();
    // A draft, so that each step has something to show.
    await context.request.post('/my/facts/person.fisher-grade/dispute', { form: { do: 'state', v: '2' }, headers: { origin: city.url } });
    await context.request.post('/my/facts/person.fisher-grade/dispute', { form: { do: 'reason', why: '二级' }, headers: { origin: city.url } });
    const steps = ['value', 'why', 'evidence', 'check'].map((step) => `/my/facts/person.fisher-grade/dispute?step=${step}`);
    const pages = ['/my/access?own=1', '/my/facts', LICENCE, '/my/facts/person.month-income', ...steps, '/my/facts/person.applied-on/declare', '/my/download?show=1', '/my/sessions'];
    const scripted = await browser.newContext({ baseURL: city.url, storageState: await context.storageState(), serviceWorkers: 'block' });
    const looked = await scripted.newPage();
    for (const path of pages) {
      for (const view of ['', 'lang=en', 'size=large']) {
        for (const width of [320, 1280]) {
          await looked.setViewportSize({ width, height: 900 });
          const address = `${path}${view === '' ? '' : `${path.includes('?') ? '&' : '?'}${view}`}`;
          const reply = await looked.goto(address, { waitUntil: 'networkidle' });
          expect([address, reply?.status(), reply?.headers()['cache-control']]).toEqual([address, 200, 'no-store']);
          expect(await looked.evaluate<number>('document.documentElement.scrollWidth'), `${address} at ${width}`).toBeLessThanOrEqual(width);
          expect(await looked.locator('body').innerText(), address).not.toMatch(/\bunfilled\b|\[object|\[[a-z-]+\.[a-z.-]+\]/);
          const { violations } = await new AxeBuilder({ page: looked }).withTags(WCAG).setLegacyMode().analyze();
          expect(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(' | ')}`), address).toEqual([]);
        }
      }
    }
    await scripted.close();
    await page.close();
    await context.close();
  }, 240_000);
});
