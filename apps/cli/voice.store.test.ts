import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock, systemRandom } from '#adapters/clock/index.ts';
import { appendEvents } from '#adapters/store/index.ts';
import { askServer } from '#apps/server/control.ts';
import type { VoiceCommandAnswer } from '#apps/server/voice/index.ts';
import { caseStream } from '#engine/casework/index.ts';
import { inStore } from '#tools/in-store.ts';
import { newPlace, removePlaces, spawnCity } from '#tools/spawn-cli.ts';
import type { Environment } from '#tools/spawn-cli.ts';
import { browse } from '#tools/browse.ts';
import type { Browser } from '#tools/browse.ts';

let place: Environment;
let city: Awaited<ReturnType<typeof spawnCity>>;
beforeAll(async () => {
  place = await newPlace();
  city = await spawnCity(place, []);
  await signedInAs('young-mother');
  await city.end();
  await grantTo(place);
  city = await spawnCity(place, []);
}, 120_000);
afterAll(async () => {
  await city.end();
  removePlaces();
});

/** Grants something to whoever has signed in, as a run that is acted on does. */
async function grantTo(place: Environment): Promise<void> {
  const at = systemClock().now();
  await inStore(place, at, ({ database, vault }) => database.system('test', async (session) => {
    const { holder } = await session.selectFrom('session').select('holder').executeTakeFirstOrThrow();
    const about = { stream: caseStream('closed-season-grant', holder), subjectKey: holder, householdKey: null };
    const notice = { noticeKind: 'granted', template: 'notice.granted', values: {}, service: 'closed-season-grant', respondBy: null, channels: [] };
    await appendEvents(session, vault, [{ ...about, kind: 'grant-set', payload: {} }, { ...about, kind: 'notice-given', payload: notice }], { at, actor: 'system', random: systemRandom });
  }));
}

/** What a member of staff does, through the socket of the running city. */
async function staff(order: Readonly<Record<string, unknown>>, department = 'fisheries'): Promise<VoiceCommandAnswer> {
  const answer = await askServer(place['MINSHENG_DATA'] ?? '', 'voice', { ...(order['do'] === 'tasks' ? {} : { pack: place['MINSHENG_PACK'] }), ...(order['do'] === 'follow' ? {} : { as: { id: 'mei', department } }), ...order });
  if (answer.kind !== 'json') throw new Error(JSON.stringify(answer));
  return answer.value as VoiceCommandAnswer;
}

async function signedInAs(persona: string): Promise<Browser> {
  const browser = browse(city.url);
  await browser.post('/sign-in', { as: persona, to: '/my/voice' });
  return browser;
}

const DROP = ['/my/voice/new?step=check', { do: 'drop' }] as const;

/** Writes a complaint up to the look at all of it. */
async function written(browser: Browser, words: string): Promise<string> {
  const step = (name: string): string => `/my/voice/new?step=${name}`;
  await browser.post(...DROP);
  await browser.post(step('kind'), { kind: 'complaint' });
  await browser.post(step('about'), { about: 'category:catch' });
  await browser.post(step('place'), { area: '990101001', detail: '三号码头' });
  await browser.post(step('words'), { words });
  await browser.post(step('photo'), { none: '1' });
  const { text } = await browser.post(step('reach'), { wants: 'no', reach: '' });
  return /name="draft" value="([^"]+)"/.exec(text)?.[1] ?? '';
}

test('a complaint goes to its department without a name, is answered, is not solved, is taken up again, is solved', async () => {
  const browser = await signedInAs('young-mother');
  const words = '补助没到账，𠮷！<script>alert(1)</script>';
  const draft = await written(browser, words);
  const sent = await browser.post('/my/voice/new?step=check', { draft });
  expect(sent).toMatchObject({ status: 200, path: `/my/voice/${draft}?done=sent` });
  expect(sent.text).toContain('补助没到账，𠮷！&lt;script&gt;');
  expect(sent.text).not.toContain('<script>alert');
  expect(sent.headers.get('cache-control')).toBe('no-store');
  // Sent again, from the page that a back button shows: the same.
  expect(await browser.post('/my/voice/new?step=check', { draft })).toMatchObject({ path: `/my/voice/${draft}?done=sent` });
  const seen = await staff({ do: 'matter', matter: draft });
  expect(seen).toMatchObject({ matter: { words, area: '990101001', reach: null, task: { department: 'fisheries' } } });
  expect(await staff({ do: 'matter', matter: draft }, 'development')).toEqual({ kind: 'matter', matter: null });
  expect(await staff({ do: 'answer', matter: draft, words: '' })).toEqual({ kind: 'refused', refusal: { kind: 'words-missing' } });
  expect(await staff({ do: 'answer', matter: draft, words: '已经补发，三天内到账。' })).toEqual({ kind: 'done' });
  const page = `/my/voice/${draft}`;
  expect((await browser.get(page)).text).toContain('已经补发，三天内到账。');
  expect(await browser.post(page, { solved: 'no', reason: '' })).toMatchObject({ status: 422 });
  const again = await browser.post(page, { solved: 'no', reason: '还是没到' });
  expect(again).toMatchObject({ status: 200, path: `${page}?done=unsolved` });
  expect(again.text).toMatch(/重办过 1 次/);
  expect(await staff({ do: 'answer', matter: draft, words: '银行退回，已重发。' })).toEqual({ kind: 'done' });
  const solved = await browser.post(page, { solved: 'yes', reason: '' });
  expect(solved.text).toMatch(/已解决/);
  expect((await browser.get('/my/voice')).text).toContain(draft);
  expect(await browser.get('/my/voice/0000000000')).toMatchObject({ status: 404 });
  expect(await browse(city.url).get(page)).toMatchObject({ path: `/sign-in?to=${encodeURIComponent(page)}` });
});

test('a bad rating is put right, and solved only when the resident says so', async () => {
  const browser = await signedInAs('young-mother');
  const list = (await browser.get('/my/voice')).text;
  const contact = /href="(\/my\/rate\/[0-9a-f]{16})"[^>]*>开始享受：休渔补助/.exec(list)?.[1] ?? '';
  expect(list.match(/\/my\/rate\//g)).toHaveLength(1);
  expect(await browser.post(contact, { words: '等了三个月' })).toMatchObject({ status: 422, text: expect.stringContaining('等了三个月') });
  const bad = { level: 'dissatisfied', reason: 'slow', words: '等了三个月𠮷', reach: '' };
  const rated = await browser.post(contact, bad);
  expect(rated.path).toMatch(/^\/my\/voice\/[0-9a-z]{10}\?done=rated$/);
  expect(await browser.post(contact, bad)).toMatchObject({ path: rated.path });
  // One rating is too few to be published, as a page and as data.
  const said = await (await fetch(`${city.url}/api/v1/said`)).json() as { readonly ratings: readonly { readonly rows: readonly unknown[] }[] };
  expect(said).toMatchObject({ store: true });
  expect(said.ratings.flatMap(({ rows }) => rows)).toEqual(expect.arrayContaining([expect.objectContaining({ department: 'fisheries', all: null, satisfiedBp: null })]));
  const matter = /voice\/([0-9a-z]+)/.exec(rated.path)?.[1] ?? '';
  const tasks = await staff({ do: 'tasks' });
  expect(tasks).toMatchObject({ tasks: expect.arrayContaining([expect.objectContaining({ kind: 'rating', subjectKey: matter, service: 'closed-season-grant', householdKey: null })]) });
  expect(await staff({ do: 'word', matter, words: '收到，正在查。' })).toEqual({ kind: 'done' });
  // Acted on, it stays as it is.
  expect((await browser.post(contact, { ...bad, level: 'satisfied' })).status).toBe(422);
  expect(await staff({ do: 'correct', matter, words: '流程改了，已经补发。' })).toEqual({ kind: 'done' });
  expect((await browser.get(`/my/voice/${matter}`)).text).toMatch(/解决了吗？/);
  expect((await browser.post(`/my/voice/${matter}`, { solved: 'no', reason: '还没到' })).text).toMatch(/重办过 1 次/);
  expect(await staff({ do: 'correct', matter, words: '到账了。' })).toEqual({ kind: 'done' });
  expect((await browser.post(`/my/voice/${matter}`, { solved: 'yes', reason: '' })).text).toMatch(/已解决/);
});

test('half a complaint is there again on another device, and after the session has ended', async () => {
  const [phone, desk] = [await signedInAs('young-mother'), await signedInAs('young-mother')];
  await phone.post(...DROP);
  await phone.post('/my/voice/new?step=kind', { kind: 'suggestion' });
  await phone.post('/my/voice/new?step=about', { about: 'category:ferry' });
  expect((await desk.get('/my/voice/new')).text).toContain('在哪里');
  await desk.post('/my/voice/new?step=words', { words: '早班船太挤𠮷' });
  expect((await phone.get('/my/voice/new?step=words')).text).toContain('早班船太挤𠮷');
  await desk.post('/sign-out', {});
  expect(await desk.post('/my/voice/new?step=words', { words: '别人写的' })).toMatchObject({ path: expect.stringMatching(/^\/sign-in\?to=/) });
  expect((await phone.get('/my/voice/new?step=words')).text).toContain('早班船太挤𠮷');
  expect((await phone.get('/my/voice')).text).toContain('您有一份没写完的');
});

test('a mistake keeps what was typed, and a picture that is none says so', async () => {
  const browser = await signedInAs('young-mother');
  await browser.post(...DROP);
  const long = 'あ'.repeat(2_001);
  const refused = await browser.post('/my/voice/new?step=words', { words: long });
  expect([refused.status, refused.text.includes(long), refused.text.includes('请不超过 2000 个字')]).toEqual([422, true, true]);
  expect(await browser.post('/my/voice/new?step=about', { about: 'category:made-up' })).toMatchObject({ status: 422 });
  const upload = (bytes: string | Uint8Array<ArrayBuffer>, name: string): Promise<{ readonly status: number; readonly text: string; readonly path: string }> => {
    const form = new FormData();
    form.set('photo', new File([bytes], name, { type: 'image/jpeg' }));
    return browser.post('/my/voice/new?step=photo', form);
  };
  const fake = await upload('<svg onload="alert(1)"/>', '"><script>alert(1)</script>.jpg');
  expect([fake.status, fake.text.includes('不是 JPG 或 PNG'), fake.text.includes('alert(1)')]).toEqual([422, true, false]);
  expect((await upload(new Uint8Array(9 * 1024 * 1024), 'large.jpg')).text).toContain('超过 8 MB');
  const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0xff, 0xd9]);
  expect(await upload(jpeg, '照片𠮷.jpg')).toMatchObject({ status: 200 });
  const picture = await browser.get('/my/voice/new/photo');
  expect([picture.status, picture.headers.get('content-type'), picture.headers.get('cache-control'), picture.headers.get('x-content-type-options')]).toEqual([200, 'image/jpeg', 'no-store', 'nosniff']);
  expect(await browse(city.url).get('/my/voice/new/photo')).toMatchObject({ path: expect.stringMatching(/^\/sign-in/) });
  // Another answer does not lose the picture.
  await browser.post('/my/voice/new?step=kind', { kind: 'complaint' });
  expect(await browser.get('/my/voice/new/photo')).toMatchObject({ status: 200 });
  expect(await browser.post(...DROP)).toMatchObject({ status: 200, path: '/my/voice' });
  expect(await browser.get('/my/voice/new/photo')).toMatchObject({ status: 404 });
});

test('everybody sees what is counted, and nothing that is few', async () => {
  const browser = await signedInAs('young-mother');
  await browser.post('/my/voice/new?step=check', { draft: await written(browser, '补助没到账') });
  const page = await browse(city.url).get('/voice');
  expect([page.status, page.text.includes('少，不公布'), page.text.includes('href="tel:100"')]).toEqual([200, true, true]);
  expect(page.text).not.toContain('补助没到账');
});
