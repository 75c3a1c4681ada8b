import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedMoney } from '#tools/seed-money.ts';
import { newPlace, removePlaces, runCli, spawnCity } from '#tools/spawn-cli.ts';
import type { SpawnedCity } from '#tools/spawn-cli.ts';
import { hasBrowser, openBrowser, WCAG } from './browser.ts';

const BATCH = '/console/batches/203106-county-990101-2';

describe.skipIf(!hasBrowser)('the console for money, debts, looks and accounts, in a browser', () => {
  let city: SpawnedCity;
  let browser: Browser;
  beforeAll(async () => {
    const place = { ...(await newPlace()), MINSHENG_TODAY: '2031-06-12' };
    await runCli(['demo', '--residents', '300'], place);
    await seedMoney(place, { owing: ['person-7', 'person-8', 'person-9'], objecting: ['person-8', 'person-9'], unpaid: ['person-10', 'person-11'] });
    city = await spawnCity(place);
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await city.end();
    removePlaces();
  });

  /** The pages run no scripts; what looks them through does. */
  async function enter(who: string, path: string, width = 1_280, javaScriptEnabled = false): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, baseURL: city.url, javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(`/staff/sign-in?to=${encodeURIComponent(path)}`);
    await page.click(`button:has-text("${who}")`);
    return page;
  }
  const status = (page: Page): Promise<string> => page.locator('[role=status]').innerText();
  const wrong = (page: Page): Promise<string> => page.locator('[role=alert]').innerText();
  const taskOf = async (page: Page, subject: string): Promise<void> => {
    await page.goto('/console?kind=recovery');
    await page.click(`tr:has-text("${subject}") a`);
  };

  test('a batch is approved by one person and let go by another, by links and forms alone', async () => {
    const approver = await enter('钱二', '/console/batches');
    await approver.click('tr:has-text("等您办") a >> nth=0');
    const path = new URL(approver.url()).pathname;
    await approver.click('button:has-text("复核通过")');
    expect(await status(approver)).toContain('复核通过了');
    expect(await approver.locator('button:has-text("放行")').count()).toBe(0);
    const releaser = await enter('钱三', path);
    await releaser.click('button:has-text("放行")');
    expect([await status(releaser), await releaser.locator('dd:has-text("钱三")').count()]).toEqual(['已经放行，从现在起算拨付。', 1]);
  });

  test('a debt is put into parts, and an objection decided, each on the page of its task', async () => {
    const page = await enter('丁海明', '/console');
    await taskOf(page, 'person-7');
    await page.click('summary:has-text("商定分期")');
    await page.fill('input[name=count]', '0');
    await page.click('button[value=instalments]');
    expect([await wrong(page), await page.inputValue('input[name=count]')]).toEqual([expect.stringContaining('1 到 60'), '0']);
    await page.fill('input[name=count]', '4');
    await page.click('button[value=instalments]');
    expect([await status(page), await page.locator('dd', { hasText: '已商定分期退还' }).count()]).toEqual(['分期已记下，已告知本人，任务办结。', 1]);
    await taskOf(page, 'person-8');
    expect(await page.locator('main').innerText()).toContain('我按时报了');
    await page.fill('input[name=kept]', '300');
    await page.click('button[value=decide]');
    expect([await wrong(page), await page.inputValue('input[name=kept]')]).toEqual([expect.stringContaining('理由'), '300']);
    await page.fill('#reason-decide', '六月有半个月确实出海');
    await page.click('button[value=decide]');
    expect(await status(page)).toBe('异议已决定，结果已告知本人。');
    // What is decided is no longer in the list of what is to be done.
    await page.goto('/console?kind=recovery');
    expect(await page.locator('main').innerText()).not.toContain('person-8');
  });

  test('an administrator makes an account, and the auditor reads who did and who looked', async () => {
    const page = await enter('管平', '/console/accounts');
    await page.click('text=开通账号');
    await page.fill('input[name=id]', 'wen.jing');
    await page.fill('input[name=name]', '文静');
    await page.selectOption('select[name=department]', 'fisheries');
    await page.check('input[value=auditor]');
    await page.check('input[value=case-officer]');
    await page.click('button:has-text("开通账号")');
    expect([await wrong(page), await page.inputValue('input[name=id]'), await page.isChecked('input[value=case-officer]')]).toEqual([expect.stringContaining('不能是同一个人'), 'wen.jing', true]);
    await page.uncheck('input[value=auditor]');
    await page.click('button:has-text("开通账号")');
    const code = await page.locator('.con-key').innerText();
    expect(code).toMatch(/^[\w-]{27}$/);
    await page.goto('/console/accounts');
    const auditor = await enter('正言', '/console/accounts');
    expect([await auditor.locator('.con-log').innerText(), await auditor.locator('a:has-text("文静")').count()]).toEqual([expect.stringMatching(/wen\.jing · 开通账号[^]*管平/), 0]);
    expect(await auditor.content()).not.toContain(code);
    await auditor.goto('/console/access');
    expect(await auditor.locator('table').innerText()).toContain('自动办理');
  });

  test.each([390, 1_280])('has pages that everybody can use at %s px, in both languages', { timeout: 180_000 }, async (width) => {
    const pages: readonly (readonly [string, readonly string[]])[] = [
      ['钱一', ['/console/batches', BATCH]], ['钱二', ['/console/batches', BATCH]], ['正言', ['/console/access', '/console/access?from=2020-01-01&until=2020-01-02', '/console/accounts']],
      ['管平', ['/console/accounts', '/console/accounts/new', '/console/accounts/fisheries-officer', '/console/accounts/administrator']],
    ];
    const look = async (page: Page, path: string): Promise<void> => {
      for (const lang of ['zh', 'en']) {
        // oxlint-disable-next-line no-await-in-loop -- one page after the other
        expect((await page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`))?.status()).toBe(200);
        // oxlint-disable-next-line no-await-in-loop -- as above
        const { violations } = await new AxeBuilder({ page }).withTags(WCAG).setLegacyMode().analyze();
        expect([path, lang, violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)]).toEqual([path, lang, []]);
        // oxlint-disable-next-line no-await-in-loop -- as above
        expect([path, lang, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([path, lang, true]);
      }
    };
    for (const [who, paths] of pages) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const page = await enter(who, '/console', width, true);
      // oxlint-disable-next-line no-await-in-loop -- as above
      for (const path of paths) await look(page, path);
    }
    const officer = await enter('丁海明', '/console', width, true);
    await taskOf(officer, 'person-9');
    await look(officer, new URL(officer.url()).pathname);
  });
});
