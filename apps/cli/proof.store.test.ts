import { afterAll, beforeAll, expect, test } from 'vitest';
import { browse } from '#tools/browse.ts';
import { newPlace, removePlaces, spawnCity } from '#tools/spawn-cli.ts';

type City = Awaited<ReturnType<typeof spawnCity>>;
let city: City;
beforeAll(async () => { city = await spawnCity({ ...(await newPlace()), MINSHENG_TODAY: '2031-06-15' }, []); }, 60_000);
afterAll(async () => {
  await city.end();
  removePlaces();
});

test('a proof is given out as a file, and nobody gets one by following a link', async () => {
  const browser = browse(city.url);
  await browser.post('/sign-in', { as: 'young-mother', to: '/my' });
  const page = await browser.get('/my/proofs');
  const [, service = ''] = /action="\/my\/proofs\/([a-z-]+)"/.exec(page.text) ?? [];
  expect(service).not.toBe('');
  const given = await browser.post(`/my/proofs/${service}`, {});
  expect([given.status, given.headers.get('content-type'), given.headers.get('cache-control'), given.text.slice(0, 5)]).toEqual([200, 'application/pdf', 'no-store', '%PDF-']);
  expect(await browser.get(`/my/proofs/${service}`)).toMatchObject({ status: 200, path: '/my/proofs' });
  expect(await browser.post('/my/proofs/no-such-service', {})).toMatchObject({ status: 404 });
  expect(await browse(city.url).post(`/my/proofs/${service}`, {})).toMatchObject({ path: expect.stringMatching(/^\/sign-in/) as string });
});

test('a number that proves nothing says so to anybody, in both languages, and what is typed does no harm', async () => {
  const anybody = browse(city.url);
  expect((await anybody.get('/check')).text).toContain('证明编号');
  expect((await anybody.get('/check?code=ABCDE-FGHJK')).text).toContain('没有这个编号的证明');
  expect((await anybody.get('/check?lang=en&code=%3Cscript%3E𠮷')).text).toContain('There is no proof of this number');
  expect((await anybody.get(`/check?code=${'9'.repeat(5_000)}`)).status).toBe(200);
});
