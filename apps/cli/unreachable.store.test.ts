import { afterAll, beforeAll, expect, test } from 'vitest';
import { browse } from '#tools/browse.ts';
import type { Browser } from '#tools/browse.ts';
import { ownPostgres, postgresPrograms } from '#tools/postgres.ts';
import type { OwnPostgres } from '#tools/postgres.ts';
import { newPlace, removePlaces, runCli, spawnCity } from '#tools/spawn-cli.ts';
import type { SpawnedCity } from '#tools/spawn-cli.ts';

/** It stops a PostgreSQL of its own; in the suite that runs on another one it would say the same once more. */
const programs = process.env['DATABASE_URL'] === undefined ? postgresPrograms() : undefined;
let [postgres, city]: [OwnPostgres | undefined, SpawnedCity | undefined] = [undefined, undefined];
let place: Readonly<Record<string, string>> = {};
const store = (): OwnPostgres => postgres ?? expect.unreachable();
const running = (): SpawnedCity => city ?? expect.unreachable();

beforeAll(async () => {
  if (programs === undefined) return;
  postgres = await ownPostgres(programs);
  place = { ...(await newPlace()), DATABASE_URL: postgres.url };
  city = await spawnCity(place);
}, 120_000);
afterAll(async () => {
  await city?.end();
  postgres?.remove();
  removePlaces();
});

async function signedIn(): Promise<Browser> {
  const browser = browse(running().url);
  expect(await browser.post('/sign-in', { as: 'young-mother', to: '/my' })).toMatchObject({ status: 200, path: '/my' });
  return browser;
}

/** The form that a page holds, as a press on its button sends it. */
function sentAgain(html: string): readonly [path: string, fields: Record<string, string>] {
  const unescaped = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  const form = /<form action="([^"]+)" method="post">((?:(?!<form).)*?再试一次.*?)<\/form>/s.exec(html);
  const fields = [...(form?.[2] ?? '').matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"\/>/g)].map(([, name = '', value = '']) => [unescaped(name), unescaped(value)] as const);
  return [unescaped(form?.[1] ?? ''), Object.fromEntries(fields)];
}

const WORDS = '补助没到账，𠮷！\n“三号码头” <b>&amp;';

test.runIf(programs !== undefined)('the database goes away while somebody writes, and comes back: nothing typed is lost, and nothing is done twice', async () => {
  const browser = await signedIn();
  const step = (name: string): string => `/my/voice/new?step=${name}`;
  await browser.post(step('kind'), { kind: 'complaint' });
  await browser.post(step('about'), { about: 'category:catch' });
  await browser.post(step('place'), { area: '990101001', detail: '' });
  store().stop('immediate');
  // Pages that need no store go on for whoever is not signed in.
  expect(await browse(running().url).get('/services')).toMatchObject({ status: 200 });
  expect((await fetch(`${running().url}/readyz`)).status).toBe(503);
  expect((await fetch(`${running().url}/healthz`)).status).toBe(200);
  // What was typed comes back in the page, to be sent again by one press.
  const failed = await browser.post(step('words'), { words: WORDS });
  expect(failed).toMatchObject({ status: 503, path: step('words') });
  expect([failed.headers.get('retry-after'), failed.headers.get('cache-control')]).toEqual(['30', 'no-store']);
  expect(failed.text).toContain('您填的内容没有丢');
  expect(sentAgain(failed.text)).toEqual([step('words'), { words: WORDS }]);
  // Pressed again too early it is kept again.
  const [early, fields] = sentAgain(failed.text);
  const still = await browser.post(early, fields);
  expect([still.status, sentAgain(still.text)]).toEqual([503, [step('words'), { words: WORDS }]]);
  expect(await browser.get('/my')).toMatchObject({ status: 503, path: '/my' });
  // A password is not kept in a page, and a file cannot be.
  const password = await browser.post('/staff/sign-in', { account: 'x', password: 'secret secret' });
  expect([password.status, password.text.includes('secret secret')]).toEqual([503, false]);
  const file = new FormData();
  file.set('photo', new File([new Uint8Array(8)], 'a.jpg', { type: 'image/jpeg' }));
  expect((await browser.post(step('photo'), file)).text).toContain('文件、密码不留在网页里');
  // The API says so as a problem.
  expect((await runCli(['pay', 'list', '--json'], place)).code).not.toBe(0);

  store().start();
  await expect.poll(async () => (await fetch(`${running().url}/readyz`)).status, { timeout: 30_000 }).toBe(200);
  const [path, kept] = sentAgain(still.text);
  const done = await browser.post(path, kept);
  expect(done).toMatchObject({ status: 200, path: step('photo') });
  await browser.post(step('photo'), { none: '1' });
  const check = (await browser.post(step('reach'), { wants: 'no', reach: '' })).text;
  expect(check).toContain('补助没到账，𠮷！');
  const draft = /name="draft" value="([^"]+)"/.exec(check)?.[1] ?? '';

  // It goes away again while the complaint is sent; sent again afterwards, twice, there is one.
  store().stop('immediate');
  const lost = await browser.post(step('check'), { draft });
  expect(lost.status).toBe(503);
  store().start();
  await expect.poll(async () => (await fetch(`${running().url}/readyz`)).status, { timeout: 30_000 }).toBe(200);
  const [to, again] = sentAgain(lost.text);
  expect(await browser.post(to, again)).toMatchObject({ status: 200, path: `/my/voice/${draft}?done=sent` });
  expect(await browser.post(to, again)).toMatchObject({ status: 200, path: `/my/voice/${draft}?done=sent` });
  expect((await browser.get('/my/voice')).text.match(new RegExp(`/my/voice/${draft}"`, 'g'))).toHaveLength(1);
  // Every look is still on record, and the chains are whole.
  const verified = await runCli(['audit', 'verify', '--json'], place);
  expect([verified.code, JSON.parse(verified.out)]).toMatchObject([0, { verification: { faults: [] } }]);
}, 180_000);
