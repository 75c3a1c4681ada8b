import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, openBrowser, WCAG } from './browser.ts';
import { inView, PORTAL } from './portal-routes.ts';
import { cityOf, run } from './running-city.ts';
import type { Running } from './running-city.ts';


describe.skipIf(!hasBrowser)('in a browser', () => {
  let jinhua: Running;
  let browser: Browser;
  beforeAll(async () => {
    jinhua = await run(cityOf('jinhua'));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await jinhua.app.close();
  });

  /** A page at a width; what the browser complains of (scripts, policy, files) is collected. */
  async function open(width: number, options: Parameters<Browser['newContext']>[0] = {}): Promise<{ readonly page: Page; readonly context: BrowserContext; readonly complaints: string[] }> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, baseURL: jinhua.origin, serviceWorkers: 'block', ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 404/.test(message.text())) complaints.push(message.text());
    });
    return { page, context, complaints };
  }

  const views = [{}, { size: 'large' }, { lang: 'en' }, { lang: 'en', size: 'large' }] as const;

  test.each(PORTAL)('%s fits 320 and 1280 px in both sizes and languages, is accessible, and nothing complains', async (path) => {
    for (const width of [320, 1280]) {
      const { page, context, complaints } = await open(width);
      for (const view of views) {
        const what = `${inView(path, view)} at ${width}`;
        await page.goto(inView(path, view));
        expect(await page.evaluate<number>('document.documentElement.scrollWidth'), what).toBeLessThanOrEqual(width);
        expect(complaints, what).toEqual([]);
        await page.evaluate('localStorage.clear()');
        // Language changes words, not colours or roles: English is asked once, at its tightest.
        if ('lang' in view && (width > 320 || 'size' in view)) continue;
        // Without frames the old way gives the same answer, and opens no page of its own.
        const { violations } = await new AxeBuilder({ page }).withTags(WCAG).setLegacyMode().analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(' | ')}`), what).toEqual([]);
      }
      await context.close();
    }
  });

  test('no unit of any indicator is too long for a phone', async () => {
    const { page, context } = await open(320, { javaScriptEnabled: false });
    await page.goto('/plan/indicators');
    const paths = await page.locator('.grid th a').evaluateAll((links) => links.map((link) => (link as unknown as { pathname: string }).pathname));
    const wide: string[] = [];
    for (const path of new Set(paths)) {
      await page.goto(`${path}?lang=en&size=large`);
      if ((await page.locator('html').evaluate((html) => (html as unknown as { scrollWidth: number }).scrollWidth)) > 320) wide.push(path);
    }
    expect(wide).toEqual([]);
    await context.close();
  });

  test('in large text the four ways, and every target of a list, are at least 60 px high', async () => {
    const { page, context } = await open(390);
    await page.goto('/?size=large');
    const heights = await page.locator('main a').evaluateAll((links) => links.map((link) => (link as unknown as { getBoundingClientRect(): { height: number } }).getBoundingClientRect().height));
    expect(heights).toHaveLength(4);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(60);
    for (const path of ['/money?size=large', '/near?size=large', '/?size=large']) {
      await page.goto(path);
      const small = await page.locator('header a, .rows > li > a, .places a, .button, footer nav a').evaluateAll((links) => links.filter((link) => (link as unknown as { getBoundingClientRect(): { height: number } }).getBoundingClientRect().height < 60).length);
      expect([path, small]).toEqual([path, 0]);
    }
    expect(await page.evaluate<string>('getComputedStyle(document.body).fontSize')).toBe('22px');
    await context.close();
  });

  test('everything works without scripts: search, choosing a place, changing language and size', async () => {
    const { page, context } = await open(390, { javaScriptEnabled: false });
    await page.goto('/?lang=en');
    await page.getByRole('searchbox').fill('ylbx');
    await page.getByRole('button', { name: 'Search' }).click();
    // A click that leads elsewhere is waited for: else the page before is looked at.
    await page.waitForURL(/\/search\?/);
    expect(new URL(page.url()).searchParams.get('lang')).toBe('en');
    expect(await page.locator('.rows > li').count()).toBeGreaterThan(2);
    await page.getByRole('link', { name: '中文' }).click();
    await page.waitForURL((url) => !url.searchParams.has('lang'));
    expect(await page.locator('h1').textContent()).toContain('“ylbx”找到');
    await page.goto('/near');
    await page.locator('main .places').getByRole('link', { name: '义乌市' }).click();
    await page.waitForURL(/place=330782$/);
    await page.locator('main .places').getByRole('link').first().click();
    await page.waitForURL(/place=330782\d{3}/);
    const place = new URL(page.url()).searchParams.get('place') ?? '';
    expect(place).toMatch(/^330782\d{3}$/);
    await page.getByRole('link', { name: '全部服务' }).click();
    await page.waitForURL(/\/services\?/);
    expect(new URL(page.url()).searchParams.get('place')).toBe(place);
    expect(await page.locator('footer').textContent()).toContain('便民服务中心');
    await page.getByRole('link', { name: '长辈版' }).click();
    await page.waitForURL(/size=large/);
    expect(await page.locator('html').getAttribute('data-size')).toBe('large');
    expect(await page.getByRole('button', { name: '打印' }).count()).toBe(0);
    await context.close();
  });

  test('a keyboard reaches the content first, and focus is seen', async () => {
    const { page, context } = await open(1280);
    await page.goto('/services');
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('跳到正文');
    expect(await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await page.keyboard.press('Enter');
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('main');
    await context.close();
  });

  test('the size chosen last is remembered on the device, and can be taken back', async () => {
    const { page, context } = await open(1280);
    await page.goto('/?size=large');
    await page.goto('/help');
    await page.waitForURL(/size=large/);
    await page.getByRole('link', { name: '标准版' }).click();
    // The click only begins to lead there: the choice is made once the page has come.
    await page.waitForURL((url) => url.searchParams.get('size') !== 'large');
    await page.goto('/help');
    expect(await page.locator('html').getAttribute('data-size')).toBe('normal');
    await context.close();
  });

  test('without a network a page seen before opens, and another says what to do', async () => {
    const { page, context } = await open(390, { serviceWorkers: 'allow' });
    await page.goto('/');
    await page.evaluate('navigator.serviceWorker.ready.then(() => new Promise((done) => (navigator.serviceWorker.controller ? done() : navigator.serviceWorker.addEventListener("controllerchange", () => done()))))');
    await page.goto('/help');
    await context.setOffline(true);
    await page.goto('/help');
    expect(await page.locator('h1').textContent()).toBe('找人帮忙');
    await page.goto('/plan');
    expect(await page.locator('h1').textContent()).toBe('现在没有网络');
    expect(await page.locator('main').textContent()).toContain('12345');
    await context.close();
  });
});
