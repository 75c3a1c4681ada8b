import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedTasks } from '#tools/seed-tasks.ts';
import { newPlace, removePlaces, runCli, spawnCity } from '#tools/spawn-cli.ts';
import type { SpawnedCity } from '#tools/spawn-cli.ts';
import { hasBrowser, openBrowser, WCAG } from './browser.ts';

const CASE = '1/case/closed-season-grant/person-7';

describe.skipIf(!hasBrowser)('staff in a browser', () => {
  let city: SpawnedCity;
  let browser: Browser;
  let enrolment = '';
  beforeAll(async () => {
    const place = { ...(await newPlace()), MINSHENG_TODAY: '2031-03-03' };
    await runCli(['demo', '--residents', '300'], place);
    const task = { department: 'fisheries', area: '990101', service: 'closed-season-grant' };
    await seedTasks(place, [{ ...task, subject: 'person-7', kind: 'review', dueOn: '2031-03-10', about: { run: 'r0001', fact: 'person.month-income', change: 'ended' } }, { ...task, subject: 'person-8', kind: 'account', dueOn: '2031-02-28' }], '2031-03-01T00:00:00.000Z');
    city = await spawnCity(place);
    ({ code: enrolment } = JSON.parse((await runCli(['staff', 'add', '--id', 'li.wei', '--name', '李伟', '--department', 'fisheries', '--roles', 'case-officer', '--json'], place)).out) as { code: string });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await city.end();
    removePlaces();
  });

  /** The pages run no scripts; what looks them through does. */
  async function open(path: string, width = 1_280, javaScriptEnabled = false): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, baseURL: city.url, javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(path);
    return page;
  }

  test('signs in, takes a task and completes it by links and forms alone', async () => {
    const page = await open(`/console/tasks/${CASE}`);
    await page.click('button:has-text("丁海明")');
    expect(new URL(page.url()).pathname).toBe(`/console/tasks/${CASE}`);
    await page.click('text=领取这件任务');
    expect(await page.locator('[role=status]').innerText()).toBe('这件任务由您办理了。');
    await page.click('text=查看资料');
    expect(await page.locator('table').innerText()).toContain('本月收入');
    await page.click('text=回到任务');
    await page.check('text=资料属实');
    await page.click('button:has-text("办结")');
    expect(await page.locator('[role=alert]').innerText()).toContain('请写明理由');
    expect(await page.locator('input[value=facts-confirmed]').isChecked()).toBe(true);
    await page.fill('#reason-complete', '工资单核过');
    await page.click('button:has-text("办结")');
    expect(await page.locator('[role=status]').innerText()).toBe('已办结，记入办件。');
    await page.click('text=退出');
    expect(await page.locator('[role=status]').innerText()).toBe('您已退出。');
  });

  test('a resident signs in by a form of a real browser too', async () => {
    const page = await open('/sign-in?to=/my');
    await page.click('button:has-text("阿珠")');
    expect(new URL(page.url()).pathname).toBe('/my');
  });

  test.each([320, 1_280])('has pages that everybody can use at %s px, in both languages', async (width) => {
    const page = await open('/staff/sign-in', width, true);
    await page.click('button:has-text("魏潮生")');
    for (const path of ['/console', '/console?done=1', `/console/tasks/1/case/closed-season-grant/person-8`, `/console/facts/1/case/closed-season-grant/person-8`, '/staff/prove', '/staff/sign-in', '/staff/code', `/staff/enrol?code=${enrolment}`, '/staff/enrol?code=x']) {
      for (const lang of ['zh', 'en']) {
        // oxlint-disable-next-line no-await-in-loop -- one page after the other
        await page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
        // oxlint-disable-next-line no-await-in-loop -- as above
        const { violations } = await new AxeBuilder({ page }).withTags(WCAG).setLegacyMode().analyze();
        expect([path, lang, violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)]).toEqual([path, lang, []]);
        // oxlint-disable-next-line no-await-in-loop -- as above
        expect([path, lang, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([path, lang, true]);
      }
    }
  });
});
