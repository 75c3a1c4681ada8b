import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemRandom } from '#adapters/clock/index.ts';
import { actOnRun } from '#adapters/store/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { browse } from '#tools/browse.ts';
import { inStore } from '#tools/in-store.ts';
import { packFiles } from '#tools/pack-files.ts';
import { seedTasks } from '#tools/seed-tasks.ts';
import { newPlace, removePlaces, spawnCity } from '#tools/spawn-cli.ts';
import type { Environment, SpawnedCity } from '#tools/spawn-cli.ts';
import { closedSeasonGrant, day } from '#tools/town.ts';
import { hasBrowser, openBrowser } from './browser.ts';
import { enter, focusOf, skip, tabTo } from './keyboard.ts';

const NOW = '2031-03-01T08:00:00.000Z';
const PERSONA = 'young-mother';

/** The town, in which one resident is asked whether she wants what she may have, and a clerk has a task. */
async function cityThatAsks(): Promise<SpawnedCity> {
  const place: Environment = { ...(await newPlace()), MINSHENG_TODAY: '2031-03-03' };
  const first = await spawnCity(place);
  await browse(first.url).post('/sign-in', { as: PERSONA, to: '/my' });
  await first.end();
  const { pack } = loadPack(packFiles('lantern-bay'));
  if (!pack) throw new Error('the town does not load');
  await inStore(place, NOW, async ({ database, vault }) => {
    const { holder } = await database.system('test', (session) => session.selectFrom('session').select('holder').executeTakeFirstOrThrow());
    await actOnRun({ database, vault, by: { at: NOW, actor: 'system', random: systemRandom } }, { pack, respondBy: day('2031-03-30'), dueOn: day('2031-03-30'), run: 'march', asOf: 20310301 }, [[closedSeasonGrant(holder, 'self-declared')]]);
  });
  await seedTasks(place, [{ subject: 'person-7', department: 'fisheries', area: '990101', service: 'closed-season-grant', kind: 'review', dueOn: '2031-03-20' }], NOW);
  return spawnCity(place);
}

describe.skipIf(!hasBrowser)('with the keyboard alone', () => {
  let city: SpawnedCity;
  let browser: Browser;
  beforeAll(async () => {
    [city, browser] = [await cityThatAsks(), await openBrowser()];
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await city.end();
    removePlaces();
  });

  const open = async (path: string): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1_280, height: 900 }, baseURL: city.url });
    const page = await context.newPage();
    await page.goto(path);
    return page;
  };
  const path = (page: Page): string => new URL(page.url()).pathname;
  const status = (page: Page): Promise<string> => page.locator('[role=status]').innerText();

  test('a resident signs in, sees why, confirms, says where her money goes, says that a fact is wrong, and rates', async () => {
    const page = await open('/my');
    await skip(page);
    await enter(page, /阿珠/, 'button');
    expect(path(page)).toBe('/my');
    await skip(page);
    // Why: the page of the service with what it rests on.
    await enter(page, /^看这份通知/, 'a');
    await skip(page);
    await enter(page, /休渔补助/, 'a');
    expect(path(page)).toBe('/my/services/closed-season-grant');
    await page.goto('/my');
    await skip(page);
    await enter(page, /^去确认/, 'a');
    await enter(page, /确认，我要/, 'button');
    expect(await status(page)).not.toBe('');

    await page.goto('/my/account');
    await skip(page);
    await enter(page, /换成银行账户/, 'a');
    await tabTo(page, /开户银行/, 'input');
    await page.keyboard.type('海港银行');
    await tabTo(page, /账号/, 'input');
    await page.keyboard.type('4539 5787 6362 1468');
    await enter(page, /继续/, 'button');
    // The summary of what is wrong leads to the field that it is about, and the field says so too.
    await enterInPage(page, /有一位写错了/);
    const field = await focusOf(page);
    expect([field?.id, await page.getAttribute('#number', 'aria-invalid'), await page.getAttribute('#number', 'aria-describedby')]).toEqual(['number', 'true', 'mistake number-hint']);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('4539578763621486');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.commitment');
    await tabTo(page, /这个账户是我本人开的/, 'input');
    await page.keyboard.press('Space');
    await enter(page, /就打到这个账户/, 'button');
    expect(await status(page)).toContain('改好了');

    await page.goto('/my/facts/person.fishing-licence');
    await skip(page);
    await enter(page, /这一条不对/, 'a');
    // Sent without an answer: what is missing stands above the choice, which is described by it.
    await enter(page, /继续/, 'button');
    expect([await page.locator('#mistake').count(), await page.locator('fieldset[aria-describedby~=mistake]').count()]).toEqual([1, 1]);
    await tabTo(page, /是/, 'input');
    await page.keyboard.press('Space');
    await enter(page, /继续/, 'button');
    await tabTo(page, /为什么/, 'textarea');
    await page.keyboard.type('证在家里。');
    await enter(page, /继续/, 'button');
    await enter(page, /没有材料/, 'a');
    await enter(page, /送出/, 'button');
    expect(await status(page)).toContain('送出去了');

    await page.goto('/my/voice');
    await skip(page);
    await enter(page, /休渔补助/, 'a');
    expect(path(page)).toMatch(/^\/my\/rate\//);
    await tabTo(page, /满意/, 'input');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await enter(page, /提交评价/, 'button');
    expect(await page.locator('main').innerText()).toMatch(/满意/);
    await page.context().close();
  }, 120_000);

  test('a member of staff signs in, takes a task of the queue and completes it', async () => {
    const page = await open('/console');
    await enter(page, /丁海明/, 'button');
    expect(path(page)).toBe('/console');
    await skip(page);
    await enter(page, /人工审核/, 'a');
    expect(path(page)).toMatch(/^\/console\/tasks\//);
    await skip(page);
    await enter(page, /领取/, 'button');
    // Sent without a reason: it says so, and what was chosen is kept.
    await tabTo(page, /./, 'input');
    await page.keyboard.press('Space');
    await enter(page, /^办结/, 'button');
    expect(await page.locator('[role=alert]').count()).toBe(1);
    await tabTo(page, /理由|说明/, 'textarea');
    await page.keyboard.type('核过了。');
    await enter(page, /^办结/, 'button');
    expect(await status(page)).not.toBe('');
    await page.context().close();
  }, 60_000);
});

/** Follows a link within the page. */
async function enterInPage(page: Page, says: RegExp): Promise<void> {
  await tabTo(page, says, 'a');
  await page.keyboard.press('Enter');
}
