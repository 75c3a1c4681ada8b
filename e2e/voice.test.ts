import { AxeBuilder } from '@axe-core/playwright';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock, systemRandom } from '#adapters/clock/index.ts';
import { appendEvents, correctRating, openStore, vaultOf } from '#adapters/store/index.ts';
import type { Database, VoiceDoor } from '#adapters/store/index.ts';
import { createApp } from '#apps/server/app.ts';
import { pages } from '#apps/server/pages.ts';
import { openVoice } from '#apps/server/voice/index.ts';
import { sayingIn } from '#apps/server/voice/saying.ts';
import { caseStream } from '#engine/casework/index.ts';
import type { Visitor } from '#engine/ports.ts';
import { removePlaces, temporaryFolder } from '#tools/spawn-cli.ts';
import { hasBrowser, openBrowser, WCAG } from './browser.ts';
import { cityOf } from './running-city.ts';

const ADA = { kind: 'person', id: 'ada', subjects: ['ada'] } as const;
const IN: Visitor = { kind: 'resident', principal: ADA, about: 'ada', acting: undefined, name: '阿达𠮷', session: 's', provenAt: '2026-11-24T00:00:00.000Z' };

describe.skipIf(!hasBrowser)('what residents say', () => {
  let app: FastifyInstance;
  let origin: string;
  let browser: Browser;
  let database: Database;
  let door: () => VoiceDoor;
  // Who looks: signed in, or a session that was not used for too long.
  let visitor: Visitor = IN;

  beforeAll(async () => {
    const clock = systemClock();
    const vault = vaultOf([new Uint8Array(32).fill(1)], systemRandom);
    const opening = await openStore({ folder: temporaryFolder() }, clock.now());
    if (opening.kind !== 'open') throw new Error('no store');
    ({ database } = opening);
    const bare = cityOf('lantern-bay', { today: clock.today('Asia/Shanghai') });
    const city = { ...bare, voice: openVoice({ database, vault, clock, random: systemRandom, city: () => bare }) };
    door = () => { const saying = sayingIn(bare.pack, bare.today); if (!saying) throw new Error('no rules'); return { database, vault, random: systemRandom, now: clock.now(), saying }; };
    const about = { stream: caseStream('closed-season-grant', 'ada'), subjectKey: 'ada', householdKey: null };
    const notice = { noticeKind: 'granted', template: 'notice.granted', values: {}, service: 'closed-season-grant', respondBy: null, channels: [] };
    await database.system('test', (session) => appendEvents(session, vault, [{ ...about, kind: 'grant-set', payload: {} }, { ...about, kind: 'notice-given', payload: { ...notice, service: 'old-fisher-grant' } }], { at: clock.now(), actor: 'system', random: systemRandom }));
    await database.system('test', (session) => appendEvents(session, vault, [{ ...about, kind: 'notice-given', payload: notice }], { at: '2026-11-01T00:00:00.000Z', actor: 'system', random: systemRandom }));
    app = await createApp({ city: () => city, ready: async () => true, pages: pages({ city: () => city, visitor: async () => visitor }), quiet: true });
    await app.listen({ port: 0, host: '127.0.0.1' });
    origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
    await database.close();
    removePlaces();
  });
  beforeEach(() => { visitor = IN; });

  async function open(path: string): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, baseURL: origin, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(path);
    return page;
  }
  const text = (page: Page): Promise<string> => page.locator('main').innerText();
  const goOn = (page: Page): Promise<void> => page.click('form button.button');
  /** How much of what was said is listed: a rating of another test may stand there too. */
  const listed = (page: Page): Promise<number> => page.goto('/my/voice').then(() => page.locator('.rows a[href^="/my/voice/"]').count());
  async function startAnew(page: Page): Promise<void> {
    await page.request.post(`${origin}/my/voice/new?step=check`, { form: { do: 'drop' }, headers: { origin } });
    await page.goto('/my/voice/new');
  }
  async function upTo(page: Page, step: 'words' | 'check'): Promise<void> {
    await startAnew(page);
    await page.check('input[value=complaint]');
    await goOn(page);
    await page.check('input[value="category:catch"]');
    await goOn(page);
    await page.selectOption('select', '990101001');
    await page.fill('#detail', '三号码头');
    await goOn(page);
    if (step === 'words') return;
    await page.fill('#words', '补助没到账𠮷<script>document.title="x"</script>\n第二行');
    await goOn(page);
    await page.click('button.plain');
    await page.check('input[value=no]');
    await goOn(page);
  }

  test('a complaint is written question by question without scripts, sent once, and followed', async () => {
    const page = await open('/my/voice');
    const before = await listed(page);
    await upTo(page, 'check');
    expect(await text(page)).toContain('补助没到账𠮷<script>document.title="x"</script>');
    await page.click('a[href="/my/voice/new?step=place"]');
    expect([await page.inputValue('#detail'), await page.inputValue('select')]).toEqual(['三号码头', '990101001']);
    await page.fill('#detail', '四号码头');
    await goOn(page);
    expect(await text(page)).toContain('四号码头');
    await goOn(page);
    const sent = page.url();
    expect(sent).toMatch(/\/my\/voice\/[0-9a-z]{10}\?done=sent$/);
    expect([await page.title(), await text(page)]).toEqual([expect.not.stringMatching(/^x$/), expect.stringMatching(/灯湾市渔业局/)]);
    // The back button shows the form again; sending it again is the same complaint.
    await page.goBack();
    await goOn(page).catch(() => undefined);
    expect(await listed(page)).toBe(before + 1);
    await page.context().close();
  });

  test('nothing is lost where the session ends in the middle', async () => {
    const page = await open('/my/voice');
    await upTo(page, 'words');
    await page.fill('#words', '写了很久的话𠮷');
    visitor = { kind: 'nobody', lapsed: ADA };
    await goOn(page);
    // Nothing of hers is shown to whoever is there now; she signs in and comes back.
    expect(page.url()).toContain('/sign-in?to=%2Fmy%2Fvoice%2Fnew%3Fstep%3Dphoto');
    expect(await text(page)).not.toContain('写了很久');
    expect((await page.goto('/my/voice/new'))?.url()).toContain('/sign-in');
    visitor = IN;
    await page.goto('/my/voice/new?step=words');
    expect(await page.inputValue('#words')).toBe('写了很久的话𠮷');
    await page.context().close();
  });

  test('a photo is its own step, kept at once, shown again and not asked for twice', async () => {
    const page = await open('/my/voice');
    await upTo(page, 'words');
    await page.fill('#words', '看照片');
    await goOn(page);
    await page.setInputFiles('#photo', { name: '<img src=x onerror=alert(1)>.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') });
    await goOn(page);
    expect(await page.locator('#mistake').innerText()).toContain('不是 JPG 或 PNG');
    const shot = await browser.newPage().then(async (one) => { const bytes = await one.screenshot(); await one.close(); return bytes; });
    await page.setInputFiles('#photo', { name: '照片.png', mimeType: 'image/png', buffer: shot });
    await goOn(page);
    expect(page.url()).toContain('step=reach');
    await page.goto('/my/voice/new?step=photo');
    const picture = page.locator('img.photo');
    expect(await picture.evaluate((image) => (image as unknown as { readonly naturalWidth: number }).naturalWidth).catch(() => 1)).toBeGreaterThan(0);
    expect((await page.request.get(`${origin}${(await picture.getAttribute('src')) ?? ''}`)).headers()['content-type']).toBe('image/png');
    await page.context().close();
  });

  test('a bad rating is acted on, answered, called unsolved, and taken up again', async () => {
    const page = await open('/my/voice');
    await page.click('text=开始享受：休渔补助');
    await goOn(page);
    expect(await page.locator('#mistake').innerText()).toContain('请选一个等级');
    await page.check('input[value=very-dissatisfied]');
    await page.check('input[value=slow]');
    await page.fill('#words', '等了三个月');
    await goOn(page);
    const matter = /voice\/([0-9a-z]+)/.exec(page.url())?.[1] ?? '';
    expect(await text(page)).toContain('非常不满意');
    const mei = { kind: 'staff', id: 'mei', department: 'fisheries', areas: [], roles: ['case-officer'] } as const;
    expect(await correctRating(door(), mei, matter, '改了流程')).toBeUndefined();
    await page.reload();
    expect(await text(page)).toContain('改了流程');
    await page.check('input[value=no]');
    await goOn(page);
    expect(await page.locator('#mistake').innerText()).toContain('哪里没解决');
    await page.fill('#reason', '还是慢');
    await goOn(page);
    expect(await text(page)).toMatch(/没解决，已要求重办[^]*重办过 1 次/);
    await page.context().close();
  });

  test('every page of it is accessible on a phone and a desk, in both sizes and languages', async () => {
    const first = await open('/my/voice');
    await upTo(first, 'check');
    const matter = await first.goto('/my/voice').then(() => first.locator('.rows a[href^="/my/voice/"]').first().getAttribute('href', { timeout: 2_000 }).catch(() => null));
    const rate = await first.locator('a[href^="/my/rate/"]').first().getAttribute('href');
    await first.context().close();
    const context = await browser.newContext({ serviceWorkers: 'block', baseURL: origin });
    const page = await context.newPage();
    const paths = ['/voice', '/my/voice', ...['kind', 'about', 'place', 'words', 'photo', 'reach', 'check'].map((step) => `/my/voice/new?step=${step}`), ...(matter === null ? [] : [matter]), ...(rate === null ? [] : [rate])];
    for (const path of paths) {
      for (const view of ['', 'size=large', 'lang=en']) {
        for (const width of [320, 1280]) {
          const address = `${path}${view === '' ? '' : `${path.includes('?') ? '&' : '?'}${view}`}`;
          await page.setViewportSize({ width, height: 900 });
          expect((await page.goto(address, { waitUntil: 'networkidle' }))?.status(), address).toBe(200);
          expect(await page.evaluate<number>('document.documentElement.scrollWidth'), `${address} at ${width}`).toBeLessThanOrEqual(width);
          expect(await page.locator('body').innerText(), address).not.toMatch(/\bunfilled\b|undefined|\[object|\[[a-z-]+\.[a-z.-]+\]|\{\w+\}/);
          const { violations } = await new AxeBuilder({ page }).withTags(WCAG).setLegacyMode().analyze();
          expect(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(' | ')}`), address).toEqual([]);
        }
      }
    }
    await context.close();
  }, 300_000);
});
