import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPlace, removePlaces, spawnCity } from '#tools/spawn-cli.ts';
import { hasBrowser, openBrowser, WCAG } from './browser.ts';

const APPLY = '/my/reconsideration/new/closed-season-grant';

// In this order: what is written and sent is looked at afterwards.
describe.skipIf(!hasBrowser)('a reconsideration in a browser', { shuffle: false }, () => {
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

  test('somebody applies without a script, and every page is accessible on a phone and a desk, in both languages and sizes', { timeout: 240_000 }, async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, baseURL: city.url, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto('/sign-in?to=/my');
    await page.getByRole('button', { name: '阿珠' }).click();
    await page.goto('/my/services/closed-season-grant');
    await page.getByRole('link', { name: '申请行政复议' }).click();
    await page.getByRole('button', { name: '继续' }).click();
    expect(await page.locator('#mistake').innerText()).toContain('请选一个');
    await page.getByLabel('现在页面上的结论').check();
    await page.getByRole('button', { name: '继续' }).click();
    await page.getByLabel('改成我认为对的结果').check();
    await page.getByRole('button', { name: '继续' }).click();
    await page.getByRole('textbox').fill('证在家里，𠮷号船。');
    await page.getByRole('button', { name: '继续' }).click();
    await page.getByRole('link', { name: '没有材料，继续' }).click();
    await page.locator('main:has-text("看一遍，对了就送出")').waitFor();

    const scripted = await browser.newContext({ baseURL: city.url, storageState: await context.storageState(), serviceWorkers: 'block' });
    const looked = await scripted.newPage();
    const look = async (paths: readonly string[]): Promise<void> => {
      for (const path of paths) {
        for (const view of ['', 'lang=en', 'size=large']) {
          for (const width of [320, 1280]) {
            const address = `${path}${view === '' ? '' : `${path.includes('?') ? '&' : '?'}${view}`}`;
            await looked.setViewportSize({ width, height: 900 });
            const reply = await looked.goto(address, { waitUntil: 'networkidle' });
            expect([address, reply?.status(), reply?.headers()['cache-control']]).toEqual([address, 200, 'no-store']);
            expect(await looked.evaluate<number>('document.documentElement.scrollWidth'), `${address} at ${width}`).toBeLessThanOrEqual(width);
            expect(await looked.locator('body').innerText(), address).not.toMatch(/\bunfilled\b|\[object|\[[a-z-]+\.[a-z.-]+\]/);
            const { violations } = await new AxeBuilder({ page: looked }).withTags(WCAG).setLegacyMode().analyze();
            expect(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(' | ')}`), address).toEqual([]);
          }
        }
      }
    };
    await look(['what', 'ask', 'why', 'evidence', 'check'].map((step) => `${APPLY}?step=${step}`));
    await page.getByRole('button', { name: '送出' }).click();
    expect(await page.locator('[role=status]').innerText()).toContain('送出去了');
    const { pathname } = new URL(page.url());
    // The way back does not send it again: it says that it is under way.
    await page.goBack();
    await page.goto(APPLY);
    expect(await page.locator('main').innerText()).toContain('这一项正在复议');
    await look(['/my/reconsideration', pathname, `${pathname}/file`, `${pathname}/withdraw`, `${pathname}/complete`]);
    await scripted.close();
    await context.close();
  });

  test('the organ reads the same file on a page that is accessible', { timeout: 120_000 }, async () => {
    const context = await browser.newContext({ baseURL: city.url, serviceWorkers: 'block' });
    await context.request.post('/staff/sign-in', { form: { as: 'town-hall-officer', to: '/console' }, headers: { origin: city.url } });
    const page = await context.newPage();
    await page.goto('/console');
    await page.getByRole('link', { name: '审查复议申请' }).last().click();
    await page.getByRole('link', { name: '看复议卷宗' }).click();
    await page.locator('main:has-text("𠮷号船")').waitFor();
    for (const width of [390, 1280]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await page.setViewportSize({ width, height: 900 });
      // oxlint-disable-next-line no-await-in-loop -- as above
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      // oxlint-disable-next-line no-await-in-loop -- as above
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).setLegacyMode().analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(' | ')}`)).toEqual([]);
    }
    await context.close();
  });
});
