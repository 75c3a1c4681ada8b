import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browse } from '#tools/browse.ts';
import type { Browser } from '#tools/browse.ts';
import { inStore } from '#tools/in-store.ts';
import { newPlace, removePlaces, spawnCity } from '#tools/spawn-cli.ts';
import type { Environment } from '#tools/spawn-cli.ts';

const EMAIL = '/my/contact/email';
let place: Environment;
let city: Awaited<ReturnType<typeof spawnCity>>;
beforeAll(async () => {
  city = await spawnCity((place = { ...(await newPlace()), MINSHENG_TODAY: '2031-06-15' }), []);
  // Begun anew it answers at the same address.
  place = { ...place, PORT: new URL(city.url).port };
}, 60_000);
afterAll(async () => {
  await city.end();
  removePlaces();
});

/** What the demonstration shows of what would have left, once the newest message says something; it leaves beside the answer. */
async function outboxOnce(browser: Browser, says: RegExp): Promise<RegExpExecArray> {
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- asked again until it is there
    const found = says.exec((await browser.get('/outbox')).text);
    if (found) return found;
  }
}

async function leave(browser: Browser, address: string): Promise<void> {
  expect(await browser.post(EMAIL, { address })).toMatchObject({ status: 200, path: `${EMAIL}/code` });
  const [, code = ''] = await outboxOnce(browser, new RegExp(`${address.slice(0, 1)}\\*\\*\\*@${address.split('@')[1] ?? ''}[\\s\\S]{0,300}?验证码是 (\\d{6})`));
  expect((await browser.post(`${EMAIL}/code`, { code })).path).toBe('/my/contact?done=proven');
}

test('whoever changes where they hear has just proved who they are, and where they heard until then is told', async () => {
  const mother = browse(city.url);
  await mother.post('/sign-in', { as: 'young-mother', to: '/my' });
  await leave(mother, 'one@harbour.example');
  await leave(mother, 'two@mole.example');
  const [warning] = await outboxOnce(mother, /2031年6月15日，有人登录后改了您接收通知的邮箱或手机号[\s\S]{0,200}/);
  expect(warning).toContain('如果不是您本人改的，请马上打 100');
  const told = (await mother.get('/my/notices')).text;
  expect([told.includes('您接收通知的邮箱或手机号改了'), told.includes('href="/my/contact"')]).toEqual([true, true]);

  await city.end();
  await inStore(place, '2031-06-15T00:00:00.000Z', async ({ database }) => void (await database.owner((session) => sql`update session set proven_at = proven_at - interval '11 minutes'`.execute(session))));
  city = await spawnCity(place, []);
  // Still signed in: which addresses there are is shown, and none is changed.
  expect(await mother.get('/my/contact')).toMatchObject({ status: 200, path: '/my/contact' });
  expect((await mother.get(EMAIL)).path).toBe(`/sign-in?to=${encodeURIComponent(EMAIL)}&again=1`);
  expect((await mother.post('/my/contact', { channel: 'email' })).path).toBe(`/sign-in?to=${encodeURIComponent('/my/contact')}&again=1`);
  const asked = await mother.post(EMAIL, { address: 'three@harbour.example' });
  expect([asked.path.includes('again=1'), `${asked.path} ${asked.text}`.includes('three@')]).toEqual([true, false]);
  expect((await mother.get('/my/contact')).text).toContain('t***@mole.example');
  // Having proved it she finds what she typed, and takes the address away.
  const back = await mother.post('/sign-in', { as: 'young-mother', to: new URL(asked.path, city.url).searchParams.get('to') ?? '', again: '1' });
  expect([back.path.startsWith(EMAIL), back.text.includes('value="three@harbour.example"')]).toEqual([true, true]);
  expect((await mother.post('/my/contact', { channel: 'email' })).path).toBe('/my/contact?done=removed');
  expect((await mother.get('/my/contact')).text).not.toContain('mole.example');
}, 120_000);
