import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grantedCity } from '#tools/granted-city.ts';
import { removePlaces } from '#tools/spawn-cli.ts';
import type { SpawnedCity } from '#tools/spawn-cli.ts';
import { hasBrowser, openBrowser, phoneOf, WCAG } from './browser.ts';
import { inView } from './portal-routes.ts';

const PENSION = 'eldercare-employee-pension';
const ASKED = `/my/notices/${PENSION}/2`;
/** Every kind of page of a pensioner of the made-up city, with the status it answers. */
const PAGES: readonly (readonly [path: string, status: number])[] = [
  ['/my', 200], ['/my/print', 200], ['/my/notices', 200], [ASKED, 200], [`${ASKED}/confirmed`, 200], [`${ASKED}/refused`, 200], ['/my/notices/none/1', 404],
  [`/my/services/${PENSION}`, 200], ['/my/services/social-minimum-living', 200], ['/my/services/culture-film', 200], [`/my/services/${PENSION}/want`, 200],
  [`/my/services/${PENSION}/say/person`, 200], [`/my/services/${PENSION}/say/object`, 200],
];

describe.skipIf(!hasBrowser)('my page, without scripts', () => {
  let city: SpawnedCity;
  let browser: Browser;
  beforeAll(async () => {
    [city, browser] = [await grantedCity(), await openBrowser()];
  }, 300_000);
  afterAll(async () => {
    await browser.close();
    await city.end();
    removePlaces();
  });

  const open = (as: string, scripts = false): ReturnType<typeof phoneOf> => phoneOf(browser, city.url, as, scripts);

  test('every page of a resident fits a phone, a tablet and a desk in both sizes and languages, and is accessible', async () => {
    const { page, context } = await open('pensioner', true);
    for (const [path, status] of PAGES) {
      for (const view of [{}, { size: 'large' }, { lang: 'en' }, { lang: 'en', size: 'large' }]) {
        const address = inView(path, view);
        const reply = await page.goto(address);
        expect([address, reply?.status(), reply?.headers()['cache-control']]).toEqual([address, status, 'no-store']);
        for (const width of [320, 390, 768, 1280]) {
          await page.setViewportSize({ width, height: 900 });
          expect(await page.evaluate<number>('document.documentElement.scrollWidth'), `${address} at ${width}`).toBeLessThanOrEqual(width);
          if (width === 390 || width === 768) continue;
          const { violations } = await new AxeBuilder({ page }).withTags(WCAG).setLegacyMode().analyze();
          expect(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(' | ')}`), address).toEqual([]);
        }
      }
    }
    await context.close();
  }, 300_000);

  test('in large type the money comes first, and there are at most four things', async () => {
    const { page, context } = await open('pensioner');
    await page.goto('/my?size=large');
    expect(await page.locator('main h2').allInnerTexts()).toEqual(['我的钱']);
    expect(await page.locator('main .four > a').count()).toBeLessThanOrEqual(3);
    await context.close();
  });

  test('a resident refuses, goes back, and refuses again: it is done once, and the page says so', async () => {
    const { page, context } = await open('veteran');
    const ask = page.locator('#open .rows > li').filter({ hasText: '职工基本养老保险' }).first();
    await ask.locator('a', { hasText: '不要' }).click();
    expect(await page.locator('h1').innerText()).toContain('请核对');
    await page.click('main button[type=submit] >> text=不要');
    expect(await page.locator('[role=status]').innerText()).toContain('知道了');
    await page.goBack();
    // The page from before is shown by the browser, or asked for again: either way there is nothing to be done twice.
    if ((await page.locator('main form button >> text=不要').count()) > 0) await page.click('main button[type=submit] >> text=不要');
    expect(await page.locator('main').innerText()).toMatch(/知道了|您已经说过不要了/);
    await page.goto('/my');
    expect(await page.locator('#open').innerText()).not.toContain('您可能可以领职工基本养老保险');
    await context.close();
  });

  test('what is typed is looked at once more, can be changed, and is there again after signing in anew', async () => {
    const { page, context } = await open('pensioner');
    await page.goto(`/my/services/${PENSION}/say/person`);
    await page.fill('#says', '缴费月数不对');
    await page.click('.saying button');
    expect(await page.locator('.typed-words').innerText()).toBe('缴费月数不对');
    await page.click('summary');
    await page.fill('#says', '缴费月数差两年');
    await context.clearCookies();
    await page.click('.saying button');
    await page.click('form:has(input[value="pensioner"]) button');
    await page.waitForURL((url) => url.pathname.endsWith('/say/person'));
    expect(await page.locator('#says').inputValue()).toBe('缴费月数差两年');
    await context.close();
  });

  test('all of it prints on its own, with whom to call', async () => {
    const { page, context } = await open('pensioner');
    await page.goto('/my/print');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.sheet .call').isVisible()).toBe(true);
    expect(await page.locator('.top').isVisible()).toBe(false);
    await context.close();
  });
});
