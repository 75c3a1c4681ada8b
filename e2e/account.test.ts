import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPlace, removePlaces, spawnCity } from '#tools/spawn-cli.ts';
import { hasBrowser, openBrowser, phoneOf, WCAG } from './browser.ts';

const VIEWS = ['', 'size=large', 'lang=en', 'lang=en&size=large'];

describe.skipIf(!hasBrowser)('where their money goes, without scripts', () => {
  let city: Awaited<ReturnType<typeof spawnCity>>;
  let browser: Browser;
  beforeAll(async () => {
    [city, browser] = [await spawnCity({ ...(await newPlace()), MINSHENG_TODAY: '2031-06-15' }, []), await openBrowser()];
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await city.end();
    removePlaces();
  });

  const open = (as: string, scripts = false): ReturnType<typeof phoneOf> => phoneOf(browser, city.url, as, scripts);

  /** What is wrong with a page as it stands, on a phone and a desk. */
  async function faults(page: Page): Promise<readonly string[]> {
    const found: string[] = [];
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
      if (wide > width) found.push(`${page.url()} is ${wide} wide at ${width}`);
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).setLegacyMode().analyze();
      found.push(...violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(' | ')}`));
    }
    return found;
  }

  test('from the first page to an account of their own and back to the card', async () => {
    const { page, context } = await open('young-father');
    await page.click('main a[href="/my/account"]');
    expect(await page.locator('dl.told').innerText()).toContain('社会保障卡');
    await page.click('text=换成银行账户');
    await page.fill('#bank', '海港银行东口支行');
    await page.fill('#number', '4539 5787 6362 1468');
    await page.click('form:has(#number) button');
    expect(await page.locator('#mistake').innerText()).toContain('多半有一位写错了');
    expect([await page.inputValue('#bank'), await page.inputValue('#number'), await page.getAttribute('#number', 'aria-invalid')]).toEqual(['海港银行东口支行', '4539 5787 6362 1468', 'true']);
    await page.fill('#number', '4539 5787 6362 1486');
    await page.click('form:has(#number) button');
    expect(await page.locator('h1').innerText()).toBe('请核对账户');
    expect(await page.locator('dl.told').innerText()).toMatch(/4539 5787 6362 1486/);
    await page.click('text=就打到这个账户');
    expect(await page.locator('#mistake').innerText()).toContain('请在下面打勾确认');
    await page.check('#own');
    await page.click('text=就打到这个账户');
    expect(new URL(page.url()).pathname).toBe('/my/account');
    expect(await page.locator('[role=status]').innerText()).toContain('海港银行东口支行账户（尾号 1486）');
    await page.goto('/my/account');
    expect(await page.locator('dl.told').innerText()).toContain('（尾号 1486）');
    await page.click('text=改回社会保障卡');
    await page.click('form[action^="/my/account/card"] button');
    expect(await page.locator('[role=status]').innerText()).toContain('社会保障卡');
    expect(await page.locator('main').innerText()).toContain('以前选过的');
    await context.close();
  });

  test('every page fits a phone and a desk in both sizes and languages, and is accessible', async () => {
    const { page, context } = await open('other-father', true);
    for (const view of VIEWS) {
      const at = (path: string): string => `${path}${view === '' ? '' : `?${view}`}`;
      for (const path of ['/my/account', '/my/account/bank', '/my/account/card']) {
        expect((await page.goto(at(path)))?.headers()['cache-control']).toBe('no-store');
        expect(await faults(page)).toEqual([]);
      }
      await page.goto(at('/my/account/bank'));
      await page.fill('#bank', '海港银行一个名字特别长的网点营业部');
      await page.fill('#number', '4539578763621468');
      await page.click('form:has(#number) button');
      expect(await faults(page)).toEqual([]);
      await page.check('input[name=passbook]');
      await page.click('form:has(#number) button');
      expect(await faults(page)).toEqual([]);
      await page.click('main button[name=sure]');
      await page.locator('details summary').click();
      expect(await faults(page)).toEqual([]);
      await page.check('#own');
      await page.click('main button[name=sure]');
      expect(await faults(page)).toEqual([]);
      expect((await page.goto(`/sign-in?to=%2Fmy%2Faccount%2Fbank&again=1${view === '' ? '' : `&${view}`}`))?.status()).toBe(200);
      expect(await faults(page)).toEqual([]);
    }
    await context.close();
  }, 240_000);
});
