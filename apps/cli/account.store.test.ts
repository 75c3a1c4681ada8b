import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '#adapters/store/index.ts';
import { browse } from '#tools/browse.ts';
import type { Browser } from '#tools/browse.ts';
import { newPlace, removePlaces, spawnCity } from '#tools/spawn-cli.ts';
import type { Environment } from '#tools/spawn-cli.ts';

/** The check digit of this one holds. */
const NUMBER = '4539578763621486';
const BANK = '/my/account/bank';
type City = Awaited<ReturnType<typeof spawnCity>>;
let place: Environment;
let city: City;
beforeAll(async () => {
  const first = await spawnCity((place = { ...(await newPlace()), MINSHENG_TODAY: '2031-06-15' }), []);
  // Begun anew it answers at the same address.
  place = { ...place, PORT: new URL(first.url).port };
  city = first;
}, 60_000);
afterAll(async () => {
  await city.end();
  removePlaces();
});

const signedIn = async (as: string): Promise<Browser> => {
  const browser = browse(city.url);
  expect(await browser.post('/sign-in', { as, to: '/my' })).toMatchObject({ status: 200, path: '/my' });
  return browser;
};

/** Lets eleven minutes pass for everybody who is signed in. */
async function elevenMinutesLater(): Promise<void> {
  await city.end();
  const opening = await openStore({ folder: place['MINSHENG_DATA'] ?? '', databaseUrl: place['DATABASE_URL'] }, '2031-06-15T00:00:00.000Z');
  if (opening.kind !== 'open') throw new Error(opening.kind);
  await opening.database.owner((session) => sql`update session set proven_at = proven_at - interval '11 minutes'`.execute(session));
  await opening.database.close();
  city = await spawnCity(place, []);
}

test('an account is typed, looked at once more, promised to be one’s own, and then the money goes there', async () => {
  const browser = await signedIn('young-father');
  expect((await browser.get('/my/account')).text).toMatch(/现在打到[\s\S]*社会保障卡/);
  const wrong = await browser.post(BANK, { bank: '海港银行', number: '4539 5787 6362 1468' });
  expect([wrong.status, wrong.text.includes('多半有一位写错了'), wrong.text.includes('value="4539 5787 6362 1468"'), wrong.text.includes('name="passbook"')]).toEqual([422, true, true, true]);
  // Whoever says that it is a passbook's is asked to look at each digit.
  expect((await browser.post(BANK, { bank: '海港银行', number: '4539 5787 6362 1468', passbook: 'yes' })).text).toContain('请对着存折');
  const check = await browser.post(BANK, { bank: '海港银行', number: '4539 5787 6362 1486' });
  expect([check.status, check.text.includes('请核对账户'), check.text.includes('4539 5787 6362 1486'), check.headers.get('cache-control')]).toEqual([200, true, true, 'no-store']);
  const unsaid = await browser.post(BANK, { bank: '海港银行', number: NUMBER, sure: 'yes' });
  expect([unsaid.status, unsaid.text.includes('请在下面打勾确认')]).toEqual([422, true]);
  // Sent from two windows, and once more: chosen once, told once.
  const sent = { bank: '海港银行', number: NUMBER, sure: 'yes', own: 'yes' };
  const done = [...(await Promise.all([browser.post(BANK, sent), browser.post(BANK, sent)])), await browser.post(BANK, sent)];
  expect(done.map(({ status, path }) => [status, path])).toEqual(Array.from({ length: 3 }, () => [200, '/my/account?done=changed']));
  expect(done[0]?.text).toContain('海港银行账户（尾号 1486）');
  expect((await browser.get('/my/notices')).text.match(/发给您的钱换了账户[^<]*<\/p>/g)).toHaveLength(1);
  // Of the number no page ever shows more than the end again.
  for (const path of ['/my/account', BANK, '/my', '/my/notices', '/my/access', '/my/download.json']) expect((await browser.get(path)).text, path).not.toMatch(/4539 ?5787/);
  expect((JSON.parse((await browser.get('/my/download.json')).text) as { accounts: unknown }).accounts).toMatchObject([{ bank: '海港银行', lastFour: '1486' }]);
  const back = await browser.post('/my/account/card', {});
  expect([back.path, /现在打到[\s\S]{0,80}社会保障卡/.test(back.text), back.text.includes('尾号 1486')]).toEqual(['/my/account?done=changed', true, true]);
}, 60_000);

test('nobody chooses for a child', async () => {
  const father = await signedIn('other-father');
  const child = /name="other" value="([^"]+)"/.exec((await father.get('/my/family')).text)?.[1] ?? '';
  await father.post('/act-for', { other: child });
  for (const path of ['/my/account', BANK, '/my/account/card']) expect((await father.get(path)).path, path).toBe('/my/family');
  expect((await father.post(BANK, { bank: '海港银行', number: NUMBER, sure: 'yes', own: 'yes' })).path).toBe('/my/family');
  await father.post('/act-for', {});
  expect((await father.get('/my/account')).text).not.toContain('1486');
});

test('whoever proved too long ago who they are does so again, and finds what they typed; nobody else does', async () => {
  const mother = await signedIn('young-mother');
  await elevenMinutesLater();
  // Still signed in: what is theirs is shown, and where their money goes.
  expect(await mother.get('/my/account')).toMatchObject({ status: 200, path: '/my/account' });
  const asked = await mother.get(BANK);
  expect([asked.path, asked.text.includes('请再认证一次')]).toEqual([`/sign-in?to=${encodeURIComponent(BANK)}&again=1`, true]);
  for (const path of [BANK, '/my/account/card']) expect((await mother.post(path, { bank: '海港银行', number: NUMBER, sure: 'yes', own: 'yes' })).path, path).toMatch(/^\/sign-in\?to=.*again=1$/);
  expect((await mother.get('/my/account')).text).not.toContain('1486');
  const sent = await mother.post(BANK, { bank: '海港银行', number: NUMBER });
  expect(`${sent.path} ${sent.text}`).not.toContain(NUMBER);
  const to = new URL(sent.path, city.url).searchParams.get('to') ?? '';
  // Somebody else at the same machine is signed in as themselves, before an empty form.
  const other = await browse(city.url).post('/sign-in', { as: 'other-father', to, again: '1' });
  expect([other.path.startsWith(BANK), other.text.includes(NUMBER)]).toEqual([true, false]);
  const back = await mother.post('/sign-in', { as: 'young-mother', to, again: '1' });
  expect([back.path.startsWith(BANK), back.text.includes(`value="${NUMBER}"`)]).toEqual([true, true]);
  expect(await mother.post(BANK, { bank: '海港银行', number: NUMBER, sure: 'yes', own: 'yes' })).toMatchObject({ path: '/my/account?done=changed' });
  // The session in which they were asked has gone on as the new one.
  expect((await mother.get('/my/sessions')).text).toContain('只有这里登录着');
}, 90_000);
