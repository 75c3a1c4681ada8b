import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadPopulation } from '#apps/server/demo-release.ts';
import { readPack } from '#apps/server/read-pack.ts';
import { isRefused, openSealing } from '#apps/server/sealing.ts';
import { systemClock, systemRandom } from '#adapters/clock/index.ts';
import { actOnRun } from '#adapters/store/index.ts';
import { openCity } from '#engine/city.ts';
import { inStore } from '#tools/in-store.ts';
import { newPlace, removePlaces, runCli, spawnCity } from '#tools/spawn-cli.ts';
import type { Environment, SpawnedCity } from '#tools/spawn-cli.ts';
import { day } from '#tools/town.ts';
import { hasBrowser, openBrowser, WCAG } from './browser.ts';

const TODAY = '2026-11-25';
const AT = `${TODAY}T01:00:00.000Z`;
const PENSION = 'eldercare-resident-pension';
/** So many residents that there is a woman of 75 who lives alone in the hills. */
const RESIDENTS = '12000';

/** Her number, which stands on every letter to her; the city does not run meanwhile, and the machine asks her for one confirmation. */
async function prepare(place: Environment): Promise<string> {
  const [reading, today] = [readPack(place['MINSHENG_PACK'] ?? ''), day(TODAY)];
  if (reading.kind !== 'pack') throw new Error('the pack does not load');
  const where = { folder: place['MINSHENG_DATA'] ?? '', mode: 'demo' as const };
  const sealing = openSealing({ ...where, keys: undefined }, reading.pack, 'read');
  if (isRefused(sealing)) throw new Error('the people do not open');
  const { pack } = reading;
  const city = openCity({ ...reading.linked, pack, findings: [], diagnostics: [], mode: 'demo', today, release: { digest: '', activatedAt: AT }, population: loadPopulation({ ...where, sealing }, reading.linked.rules, systemClock(today)) });
  const key = [...city.personas()].find(([{ id }]) => id === 'woman-75-alone')?.[1];
  if (key === undefined) throw new Error('there is no such woman');
  const asked = {
    change: { service: PENSION, subject: 'person', row: 0, kind: 'new' as const, wasFen: undefined, isFen: 44_230, clause: undefined }, key: { service: PENSION, subject: key }, household: null,
    areas: { registered: '330727', resident: '330727' }, unplaced: {}, standing: 'self-declared' as const, fact: '',
  };
  await inStore(place, AT, async ({ database, vault }) => {
    await actOnRun({ database, vault, by: { at: AT, actor: 'system', random: systemRandom } }, { pack, run: 'november', asOf: 20261101, respondBy: day('2026-11-30'), dueOn: day('2026-12-15') }, [[asked]]);
  });
  return key;
}

// One walk: each step goes on from where the one before it ended. No page runs a script.
describe.skipIf(!hasBrowser)('a woman of 75 who lives alone without a smartphone has her pension by paper and a helper', { shuffle: false }, () => {
  let place: Environment;
  let city: SpawnedCity;
  let browser: Browser;
  let key = '';
  let helper: Page;
  let witness: Page;
  beforeAll(async () => {
    place = { ...(await newPlace()), MINSHENG_PACK: join(import.meta.dirname, '../packs/jinhua'), MINSHENG_TODAY: TODAY };
    const demo = await runCli(['demo', '--residents', RESIDENTS, '--on', '2026-11-23'], place);
    if (demo.code !== 0) throw new Error(demo.err);
    key = await prepare(place);
    [city, browser] = [await spawnCity(place), await openBrowser()];
    [helper, witness] = [await onDuty('陈满仓'), await onDuty('沈国平')];
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await city.end();
    removePlaces();
  });

  async function onDuty(who: string): Promise<Page> {
    const page = await (await browser.newContext({ viewport: { width: 390, height: 844 }, baseURL: city.url, javaScriptEnabled: false })).newPage();
    page.setDefaultTimeout(5_000);
    await page.goto('/staff/sign-in?to=/console');
    await page.click(`button:has-text("${who}")`);
    return page;
  }
  const main = (page: Page): Promise<string> => page.locator('main').innerText();
  const status = (page: Page): Promise<string> => page.locator('main [role=status]').innerText();

  test('1. the machine asks her for a confirmation, and what nobody can send her waits as a letter at the window of her county alone', async () => {
    await helper.goto('/console/letters');
    expect(await main(helper)).toContain('您的区域里有 1 封信等着打印');
    const elsewhere = await onDuty('周敏');
    await elsewhere.goto('/console/letters');
    expect(await main(elsewhere)).toContain('没有等着打印的信');
    await elsewhere.context().close();
  });

  test('2. at her home she signs on paper that the helper may act for her, and the helper records it', async () => {
    await helper.goto('/console/help/paper');
    await helper.fill('input[name=key] >> nth=0', key);
    await helper.fill('input[name=giver]', '厉桂花');
    for (const choice of ['scope=act', 'months=3', 'seen=identity-card']) {
      const [name, value] = choice.split('=');
      await helper.check(`input[name=${name}][value="${value}"]`);
    }
    await helper.click('button[value=write]');
    expect(await status(helper)).toContain('登记好了');
    await helper.goto('/console/help');
    expect(await main(helper)).toContain('现在没有人委托您');
  });

  test('3. a colleague who has seen the paper witnesses it', async () => {
    await witness.goto('/console/help/paper');
    await witness.click('li:has-text("厉桂花") button');
    expect(await status(witness)).toContain('委托从现在开始');
  });

  test('4. the helper opens her page in her name and sees what she may have, with why', async () => {
    await helper.goto('/console/help');
    await helper.click('button:has-text("替厉桂花办")');
    expect(new URL(helper.url()).pathname).toBe('/my');
    expect(await helper.locator('body').innerText()).toContain('您正在替厉桂花看和办');
    expect(await main(helper)).toMatch(/城乡居民基本养老保险[\s\S]*442\.30[\s\S]*年满60周岁/);
  });

  test('5. the helper confirms for her what the machine asked, after looking at it once more', async () => {
    await helper.locator('#open a[href*="/confirmed"]').first().click();
    expect(await helper.locator('h1').innerText()).toContain('请核对');
    await helper.click('form.buttons button');
    expect(new URL(helper.url()).searchParams.get('done')).toBe('confirmed');
  });

  test('6. what she has says which month it begins; where the money goes is hers alone to change', async () => {
    await helper.goto('/my');
    expect(await helper.locator('#money').innerText()).toContain('城乡居民基本养老保险');
    await helper.goto('/my/account');
    expect(new URL(helper.url()).pathname).toBe('/my/family');
  });

  test('7. everything is printed for her in large type, with her number and whom to call', async () => {
    await helper.goto('/my/print?size=large');
    expect(await main(helper)).toMatch(new RegExp(`厉桂花的民生[\\s\\S]*${key}[\\s\\S]*12345[\\s\\S]*城乡居民基本养老保险`));
  });

  test('8. the window prints what she was told, each a letter of its own: what was asked, and what was done in her name', async () => {
    await helper.click('form[action="/act-for"] button');
    await helper.goto('/console/letters');
    expect(await main(helper)).toContain('您的区域里有 2 封信等着打印');
    await helper.click('main form button');
    expect(new URL(helper.url()).pathname).toMatch(/^\/console\/letters\/20261125-[0-9a-f]{8}$/);
    expect(await main(helper)).not.toContain(key);
    const pdf = await helper.request.get(`${helper.url()}/letters.pdf`);
    expect([pdf.status(), pdf.headers()['content-type'], pdf.headers()['cache-control'], /\/Count (\d+)/.exec((await pdf.body()).toString('latin1'))?.[1]]).toEqual([200, 'application/pdf', 'no-store', '2']);
    // A window of another county is not even told that there is such a bundle; who decides cases prints none.
    const elsewhere = await onDuty('周敏');
    for (const path of [helper.url(), `${helper.url()}/letters.pdf`]) {
      expect((await elsewhere.request.get(path)).status()).toBe(404);
      expect((await witness.request.get(path)).status()).toBe(404);
    }
    expect((await witness.request.get('/console/letters')).status()).toBe(403);
    await elsewhere.context().close();
  });

  test('9. given back, the letters wait again; printed again they go to the post', async () => {
    await helper.click('button[value=give-back]');
    expect(await main(helper)).toContain('您的区域里有 2 封信等着打印');
    await helper.click('main form button');
    await helper.click('button[value=post]');
    expect(await status(helper)).toBe('已记下交寄。');
    await helper.goto('/console/letters');
    expect(await main(helper)).toMatch(/没有等着打印的信[\s\S]*最近交寄的[\s\S]*2 封/);
  });

  test('10. she can see that her letters were printed', async () => {
    await helper.goto('/console/help');
    await helper.click('button:has-text("替厉桂花办")');
    await helper.goto('/my/access');
    expect(await main(helper)).toMatch(/把给您的通知打印成信寄出[\s\S]*服务窗口寄信/);
    await helper.click('form[action="/act-for"] button');
  });

  test('11. she calls the window and takes her leave back: from then on the helper sees nothing of her', async () => {
    await witness.context().close();
    await helper.goto('/console/help');
    const before = await helper.locator('input[name=other]').inputValue();
    expect(before).toBe(key);
    await helper.goto('/console/help/paper');
    await helper.fill('form:has(input[value=end]) input[name=key]', key);
    await helper.click('form:has(input[value=end]) button');
    expect(await status(helper)).toContain('结束了 1 份委托');
    await helper.goto('/console/help');
    expect(await main(helper)).toContain('现在没有人委托您');
    expect(await main(helper)).not.toContain('厉桂花');
    const tried = await helper.request.post('/act-for', { form: { other: key }, headers: { origin: city.url } });
    expect(tried.url()).toContain('problem=not-yours');
  });

  test('the pages for letters can be used by everybody, at both widths and in both languages', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, baseURL: city.url });
    const page = await context.newPage();
    await page.goto('/staff/sign-in?to=/console/letters');
    await page.click('button:has-text("陈满仓")');
    const bundle = await page.locator('main li a').first().getAttribute('href');
    for (const path of ['/console/letters', bundle ?? '']) {
      for (const lang of ['zh', 'en']) {
        for (const width of [320, 1280]) {
          await page.setViewportSize({ width, height: 900 });
          expect((await page.goto(`${path}?lang=${lang}`))?.status()).toBe(200);
          expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${path} ${lang} ${width}`).toBe(true);
          const { violations } = await new AxeBuilder({ page }).withTags(WCAG).setLegacyMode().analyze();
          expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
        }
      }
    }
    await context.close();
  }, 60_000);
});
