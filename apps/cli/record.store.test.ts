import { afterAll, beforeAll, expect, test } from 'vitest';
import { browse } from '#tools/browse.ts';
import type { Answered, Browser } from '#tools/browse.ts';
import { newPlace, removePlaces, runCli, spawnCity } from '#tools/spawn-cli.ts';
import type { Environment } from '#tools/spawn-cli.ts';

const DISPUTE = '/my/facts/person.fishing-licence/dispute';
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3);

let place: Environment;
let city: Awaited<ReturnType<typeof spawnCity>>;
let key = '';
beforeAll(async () => {
  place = { ...(await newPlace()), MINSHENG_TODAY: '2031-03-03' };
  city = await spawnCity(place);
  const { person } = JSON.parse((await (await signedIn('young-mother')).get('/my/download.json')).text) as { person: { key: string } };
  key = person.key;
}, 120_000);
afterAll(async () => {
  await city.end();
  removePlaces();
});

async function signedIn(as: string): Promise<Browser> {
  const browser = browse(city.url);
  await browser.post('/sign-in', { as, to: '/my' });
  return browser;
}

/** The number of the dispute that was begun last. */
async function begun(browser: Browser): Promise<string> {
  const { cases } = JSON.parse((await browser.get('/my/download.json')).text) as { cases: readonly { kind: string; sequence: number }[] };
  return String(cases.findLast(({ kind }) => kind === 'dispute-begun')?.sequence);
}

const words = ({ text }: Answered): string => text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const answer = (...more: string[]) => runCli(['dispute', 'answer', ...more, '--person', key, '--as', 'staff:mei:fisheries', '--json'], place);

test('somebody says that a fact is wrong, shows a paper, and is told by when; the department puts it right, and both are told what changed', async () => {
  const browser = await signedIn('young-mother');
  expect(words(await browser.get('/my/facts/person.fishing-licence'))).toContain('没有部门告诉过我们');
  // What it is already, or nothing, or what is no value of it, is no answer; what was typed stays.
  expect(await browser.post(DISPUTE, { do: 'state', v: 'x' })).toMatchObject({ status: 422 });
  expect(await browser.post(DISPUTE, { do: 'send' })).toMatchObject({ status: 422 });
  expect(await browser.post(DISPUTE, { do: 'state', v: 'true' })).toMatchObject({ status: 200, path: `${DISPUTE}?step=why` });
  const long = await browser.post(DISPUTE, { do: 'reason', why: '𠮷'.repeat(501) });
  expect([long.status, long.text.includes('𠮷'.repeat(501))]).toEqual([422, true]);
  expect(await browser.post(DISPUTE, { do: 'reason', why: '发证时写错了。𠮷野家的船 <script>alert(1)</script>' })).toMatchObject({ path: `${DISPUTE}?step=evidence` });

  // Evidence is kept at once and once; what is no photo whatever its name says, or too large, is told and not kept.
  const upload = (name: string, bytes: Uint8Array<ArrayBuffer>) => {
    const form = new FormData();
    form.set('file', new File([bytes], name, { type: 'image/png' }));
    return browser.post(`${DISPUTE}?step=evidence`, form);
  };
  const large = new Uint8Array(10 * 1024 * 1024);
  large.set(PNG);
  expect(words(await upload('big.png', large))).toContain('超过 8 MB');
  expect(words(await upload('photo.png', new TextEncoder().encode('<html><script>alert(1)</script>')))).toContain('不是照片');
  expect(words(await upload('', new Uint8Array()))).toContain('还没有选文件');
  const kept = await upload('<script>alert(1)</script>𠮷.png', PNG);
  expect([kept.status, kept.text.includes('<script>alert'), kept.text.includes('&lt;script&gt;alert(1)&lt;') || kept.text.includes('script&gt;𠮷.png')]).toEqual([200, false, true]);
  await upload('again.png', PNG);
  const check = await browser.get(`${DISPUTE}`);
  expect(check.text).not.toContain('again.png');
  expect(words(check)).toContain('𠮷野家的船');
  expect(check.text).not.toContain('<script>alert');

  // Sent twice is sent once.
  const [first, second] = await Promise.all([browser.post(DISPUTE, { do: 'send' }), browser.post(DISPUTE, { do: 'send' })]);
  expect([first.path, second.path]).toEqual(['/my/facts/person.fishing-licence?done=sent', '/my/facts/person.fishing-licence?done=sent']);
  // Ten working days after Monday, 3 March 2031.
  expect(words(first)).toContain('2031年3月17日前');
  expect(words(await browser.get('/my/facts'))).toContain('正在核实');
  expect(words(await browser.get(DISPUTE))).toContain('正在核实');

  // Nobody of another department or area, and nobody who is not asked, can answer it.
  const number = await begun(browser);
  expect((await runCli(['dispute', 'answer', number, '--person', key, '--as', 'staff:joe:development', '--accept', '--because', 'x', '--json'], place)).code).toBe(2);
  expect((await answer('999', '--accept', '--because', 'x')).code).toBe(2);
  const done = await answer(number, '--accept', '--because', '核对底册属实');
  expect([done.code, JSON.parse(done.out)]).toEqual([0, { dispute: Number(number), changes: [{ service: 'closed-season-grant', was: { kind: 'unknown', amountFen: null }, is: { kind: 'yes', amountFen: expect.any(Number) } }] }]);
  expect((await answer(number, '--accept', '--because', 'again')).code).toBe(2);
  const after = words(await browser.get('/my/facts/person.fishing-licence'));
  expect(after).toMatch(/已更正.*原来记的 不知道 您说应该是 是 .*起 是 .*休渔补助 ：原来还定不下来，现在能享受，[\d,]+ 元/);
  expect(after).toContain('核对底册属实');
  expect(after).toContain('更正或确认的');
  // The machine decided again, and that is on record; the clerk has seen none of it.
  const looked = words(await browser.get('/my/access'));
  expect(looked).toContain('您说不对的那条更正以后');
}, 120_000);

test('what was refused says why and what can be done, and is disputed no longer', async () => {
  const browser = await signedIn('young-mother');
  const path = '/my/facts/person.fisher-grade';
  await browser.post(`${path}/dispute`, { do: 'state', v: '2' });
  await browser.post(`${path}/dispute`, { do: 'reason', why: '' });
  await browser.post(`${path}/dispute`, { do: 'send' });
  expect(words(await browser.get(path))).toContain('核实以前，机器不会只凭它作决定');
  const number = await begun(browser);
  const refused = await answer(number, '--refuse', '--because', '底册上没有');
  expect([refused.code, refused.err + refused.out]).toEqual([0, expect.any(String)]);
  const told = words(await browser.get(path));
  expect(told).toMatch(/没有更正.*底册上没有.*申请行政复议/);
  expect(told).not.toContain('核实以前');
});

test('what no department knows is stated under a commitment, and stays what one has said oneself', async () => {
  const browser = await signedIn('young-mother');
  const path = '/my/facts/person.applied-on/declare';
  const page = await browser.get(path);
  expect(page.status).toBe(200);
  expect(words(page)).toContain('承诺书');
  expect(words(await browser.post(path, { y: '2031', m: '2', d: '30', agreed: 'yes' }))).toContain('日历上有的一天');
  expect(words(await browser.post(path, { y: '２０３１', m: '2', d: '3' }))).toContain('请读一下承诺');
  expect(await browser.post(path, { y: '２０３１', m: '2', d: '3', agreed: 'yes' })).toMatchObject({ path: '/my/facts/person.applied-on?done=declared' });
  expect(words(await browser.get('/my/facts/person.applied-on'))).toMatch(/2031年2月3日 您自己在 2031年3月3日 说明的/);
  // What a department has sent is not stated by oneself.
  expect(words(await browser.post('/my/facts/person.birth-date/declare', { y: '1990', m: '1', d: '1', agreed: 'yes' }))).toContain('不用您说明');
});

test('what somebody declared is looked at within sixty working days; where it is not so they are decided anew, and declare nothing more', async () => {
  const browser = await signedIn('young-father');
  const path = '/my/facts/person.applied-on';
  expect(await browser.post(`${path}/declare`, { y: '2031', m: '2', d: '3', agreed: 'yes' })).toMatchObject({ path: `${path}?done=declared` });
  // Said anew while nobody has looked: there is one check, not two.
  await browser.post(`${path}/declare`, { y: '2031', m: '2', d: '4', agreed: 'yes' });
  const { cases, person } = JSON.parse((await browser.get('/my/download.json')).text) as { person: { key: string }; cases: readonly { kind: string; stream: string; payload: { department?: string; dueOn?: string } }[] };
  const checks = cases.filter(({ kind, stream }) => kind === 'task-opened' && stream.startsWith('case/declaration/'));
  expect(checks).toMatchObject([{ payload: { department: 'fisheries', taskKind: 'review', service: 'old-fisher-grant', about: { fact: 'person.applied-on', no: null } } }]);
  // Sixty working days after Monday 3 March are twelve weeks, 26 May, and one day more: 1 and 2 May are free, Sunday 4 May is worked.
  expect(checks[0]?.payload.dueOn).toBe('2031-05-27');
  const head = browse(city.url);
  await head.post('/staff/sign-in', { as: 'fisheries-head', to: '/console' });
  const task = `/console/tasks/2/case/declaration/${person.key}`;
  expect((await head.get(task)).text).toContain('申请日期');
  expect((await head.post(task, { do: 'complete', outcome: 'facts-refuted', reason: '没有收到过申请' })).status).toBe(200);
  expect(words(await browser.get(path))).not.toContain('2031年2月4日');
  expect(words(await browser.get('/my/notices'))).toContain('没有收到过申请');
  expect(words(await browser.post(`${path}/declare`, { y: '2031', m: '2', d: '5', agreed: 'yes' }))).toContain('以前说明的有一条查下来不符');
});

test('everything of theirs is in the file, what is sensitive too, and nobody else gets it', async () => {
  const browser = await signedIn('young-mother');
  const all = JSON.parse((await browser.get('/my/download.json')).text) as { facts: readonly { fact: string }[]; entitlements: unknown[]; cases: readonly { stream: string }[]; accesses: readonly { purpose: string }[] };
  expect(all.facts.map(({ fact }) => fact)).toContain('person.month-income');
  expect([all.entitlements.length > 3, all.accesses.some(({ purpose }) => purpose === 'own-download'), all.cases.every(({ stream }) => stream.endsWith(`/${key}`))]).toEqual([true, true, true]);
  expect(words(await browser.get('/my/download?show=1'))).toContain('232 元');
  expect(await browse(city.url).get('/my/download.json')).toMatchObject({ path: '/sign-in?to=%2Fmy%2Fdownload.json' });
});

test('what is sensitive is opened only when it is asked for, and each time goes on record', async () => {
  const browser = await signedIn('young-mother');
  expect(words(await browser.get('/my/facts'))).not.toContain('232 元');
  expect(words(await browser.get('/my/facts/person.month-income'))).not.toContain('232 元');
  expect(words(await browser.post('/my/facts/person.month-income', {}))).toContain('232 元');
  expect(words(await browser.post('/my/facts', { show: '' }))).toContain('232 元');
  expect(words(await browser.get('/my/access?own=1'))).toContain('查看自己的敏感信息');
});

test('somebody signs out everywhere but here', async () => {
  const [here, there] = [await signedIn('young-mother'), await signedIn('young-mother')];
  expect(words(await here.get('/my/sessions'))).toMatch(/就是这里.*别的地方/);
  expect(words(await here.post('/my/sessions', {}))).toContain('只有这里登录着');
  expect(await there.get('/my')).toMatchObject({ path: '/sign-in?to=%2Fmy' });
  expect(await here.get('/my')).toMatchObject({ path: '/my' });
});

test('a page or a filter that nobody could have meant is answered all the same', async () => {
  const browser = await signedIn('young-mother');
  for (const path of ['/my/access?page=0', '/my/access?page=999999', '/my/access?page=x&by=%27%3B--', '/my/facts/person.birth-date?no=3', '/my/facts/%00', '/my/facts/nothing', '/my/facts/nothing/dispute', '/my/facts/person.birth-date/dispute?step=check', '/my/sessions?ended=%3Cb%3E']) {
    // oxlint-disable-next-line no-await-in-loop -- one browser, one page after the other
    expect([path, (await browser.get(path)).status < 500]).toEqual([path, true]);
  }
  expect((await browser.post('/my/facts/person.birth-date/dispute', { do: 'nothing' })).status).toBe(400);
});
