import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock, systemRandom } from '#adapters/clock/index.ts';
import { appendEvents } from '#adapters/store/index.ts';
import { caseStream } from '#engine/casework/index.ts';
import { inStore } from '#tools/in-store.ts';
import { newPlace, removePlaces, spawnCity } from '#tools/spawn-cli.ts';
import type { Environment } from '#tools/spawn-cli.ts';
import { hasBrowser, openBrowser, phoneOf, WCAG } from './browser.ts';
import { inView } from './portal-routes.ts';


/** Tells whoever has signed in something, as a run that is acted on does; the city does not run meanwhile. */
async function tell(place: Environment): Promise<void> {
  const at = systemClock().now();
  await inStore(place, at, ({ database, vault }) => database.system('test', async (session) => {
    const { holder } = await session.selectFrom('session').select('holder').executeTakeFirstOrThrow();
    const payload = { noticeKind: 'granted', template: 'notice.granted-in-kind', values: { service: { service: 'closed-season-grant' }, from: '2031-06', by: { day: '2031-06-20' } }, service: 'closed-season-grant', respondBy: '2031-06-20' };
    await appendEvents(session, vault, [{ stream: caseStream('closed-season-grant', holder), subjectKey: holder, householdKey: null, kind: 'notice-given', payload }], { at, actor: 'system', random: systemRandom });
  }));
}

describe.skipIf(!hasBrowser)('how a resident hears', () => {
  let place: Environment;
  let city: Awaited<ReturnType<typeof spawnCity>>;
  let browser: Browser;
  beforeAll(async () => {
    place = { ...(await newPlace()), MINSHENG_TODAY: '2031-06-03' };
    [city, browser] = await Promise.all([spawnCity(place), openBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await city.end();
    removePlaces();
  });

  const main = (page: Page): Promise<string> => page.locator('main').innerText();
  /** The code of the newest message, once it is there: it goes out beside the answer. */
  async function newestCode(page: Page): Promise<string> {
    for (;;) {
      await page.goto('/outbox');
      const found = /验证码是? ?(\d{6})/.exec(await main(page))?.[1];
      if (found !== undefined) return found;
    }
  }

  test('somebody leaves an address, proves it with the code that went there, and the next notice goes there, without a script', async () => {
    const { context, page } = await phoneOf(browser, city.url, 'young-mother');
    await page.goto('/my/notices');
    await page.getByRole('link', { name: '怎么通知我' }).click();
    expect(await main(page)).toContain('通知一份也不会少');
    await page.getByRole('link', { name: '留一个邮箱' }).click();
    await page.getByLabel('通知发到哪个邮箱？').fill('a-zhu@harbour');
    await page.getByRole('button', { name: '发验证码' }).click();
    expect(await page.locator('#mistake').innerText()).toContain('不像一个邮箱地址');
    expect(await page.getByLabel('通知发到哪个邮箱？').inputValue()).toBe('a-zhu@harbour');
    await page.getByLabel('通知发到哪个邮箱？').fill('a-zhu@harbour.example');
    await page.getByRole('button', { name: '发验证码' }).click();
    expect(await main(page)).toContain('a***@harbour.example');
    await page.getByLabel('验证码是多少？').fill('00000');
    await page.getByRole('button', { name: '确认' }).click();
    expect(await page.locator('#mistake').innerText()).toContain('验证码不对，或者已经过期');
    const code = await newestCode(page);
    await page.goto('/my/contact/email/code');
    await page.getByLabel('验证码是多少？').fill(code);
    await page.getByRole('button', { name: '确认' }).click();
    expect(await page.locator('[role=status]').innerText()).toContain('确认好了');
    expect(await main(page)).toContain('a***@harbour.example');

    await city.end();
    await tell(place);
    city = await spawnCity(place);
    await page.goto(`${city.url}/outbox`);
    await expect.poll(async () => { await page.reload(); return main(page); }).toContain('您有一份新的通知（给您的待遇）');
    const said = await main(page);
    expect(said).toContain('请在2031年6月20日以前答复。');
    expect(said).toMatch(/发到邮箱 a\*\*\*@harbour\.example/);
    // Nothing of the person, and a code that was used is nowhere any more.
    expect(said).not.toMatch(/阿珠|a-zhu/);
    expect(said).not.toContain(code);

    await page.goto(`${city.url}/my/contact`);
    await page.getByRole('button', { name: '另外寄信给我' }).click();
    expect(await page.locator('[role=status]').innerText()).toContain('以后另外寄信给您');
    expect(await main(page)).toContain('现在每一份通知都另外打印成信寄给您。');
    await page.getByRole('button', { name: '不用另外寄信了' }).click();
    expect(await main(page)).toContain('现在只发到您留的地址，不寄信。');
    await page.getByRole('button', { name: '删掉 ：邮箱' }).click();
    expect(await main(page)).toContain('您还没有留地址，所以每一份通知都打印成信寄给您。');
    expect(await page.getByRole('link', { name: '留一个邮箱' }).count()).toBe(1);
    await context.close();
  }, 60_000);

  test('every page of it fits a phone and a desk in both sizes and languages, and is accessible', async () => {
    const { context, page } = await phoneOf(browser, city.url, 'young-mother', true);
    await page.goto('/my/contact/sms');
    await page.getByLabel('通知发到哪个手机号？').fill('138 0000 1234');
    await page.getByRole('button', { name: '发验证码' }).click();
    await page.waitForURL((url) => url.pathname === '/my/contact/sms/code');
    await newestCode(page);
    for (const path of ['/my/contact', '/my/contact/email', '/my/contact/sms/code', '/outbox']) {
      for (const view of [{}, { size: 'large' }, { lang: 'en' }, { lang: 'en', size: 'large' }]) {
        const address = inView(path, view);
        expect([address, (await page.goto(address))?.status()]).toEqual([address, 200]);
        for (const width of [320, 1280]) {
          await page.setViewportSize({ width, height: 900 });
          expect(await page.evaluate<number>('document.documentElement.scrollWidth'), `${address} at ${width}`).toBeLessThanOrEqual(width);
          const { violations } = await new AxeBuilder({ page }).withTags(WCAG).setLegacyMode().analyze();
          expect(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(' | ')}`), address).toEqual([]);
        }
      }
    }
    expect((await page.goto('/my/contact/fax'))?.status()).toBe(404);
    await context.close();
  }, 120_000);
});
