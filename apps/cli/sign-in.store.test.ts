import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPlace, removePlaces, spawnCity } from '#tools/spawn-cli.ts';
import { browse } from '#tools/browse.ts';

type City = Awaited<ReturnType<typeof spawnCity>>;
let city: City;
beforeAll(async () => { city = await spawnCity(await newPlace(), []); }, 60_000);
afterAll(async () => {
  await city.end();
  removePlaces();
});

test('one click signs in as a resident of the demonstration, through the provider and back to the page that was wanted', async () => {
  const browser = browse(city.url);
  expect(await browser.get('/my')).toMatchObject({ status: 200, path: '/sign-in?to=%2Fmy' });
  const there = await browser.post('/sign-in', { as: 'young-mother', to: '/my' });
  expect(there).toMatchObject({ status: 200, path: '/my' });
  expect(there.headers.get('cache-control')).toBe('no-store');
  expect(there.text).toContain('阿珠');
  // The cookie is for the server alone.
  expect(browser.set.find((cookie) => cookie.startsWith('session='))).toMatch(/HttpOnly; SameSite=Lax/);
  expect(await browser.post('/sign-out', {})).toMatchObject({ status: 200, path: '/sign-in?problem=signed-out' });
  expect(await browser.get('/my')).toMatchObject({ path: '/sign-in?to=%2Fmy' });
});

test('nobody is signed in by another site, by an answer that is not theirs or was used, or sent elsewhere afterwards', async () => {
  const browser = browse(city.url);
  expect(await browser.post('/sign-in', { as: 'young-mother', to: '/my' }, 'https://elsewhere.example')).toMatchObject({ status: 403 });
  expect(await browser.get('/sign-in/return?code=x&state=y')).toMatchObject({ path: '/sign-in?problem=too-late' });
  expect(await browser.post('/sign-in', { as: 'nobody-of-that-name', to: '/my' })).toMatchObject({ path: '/sign-in?problem=not-proved&to=%2Fmy' });
  for (const to of ['//elsewhere.example', 'https://elsewhere.example/', '/\\elsewhere.example', 'my']) {
    // oxlint-disable-next-line no-await-in-loop -- one browser, one page after the other
    expect(await browser.post('/sign-in', { as: 'young-mother', to })).toMatchObject({ status: 200, path: '/my' });
  }
  const returned = browser.visited.find((path) => path.startsWith('/sign-in/return?code=')) ?? '';
  expect(await browse(city.url).get(returned)).toMatchObject({ path: '/sign-in?problem=too-late' });
  expect(await browser.get(returned)).toMatchObject({ path: '/sign-in?problem=too-late' });
});

test('a form that another site sends in the name of somebody signed in does nothing', async () => {
  const browser = browse(city.url);
  await browser.post('/sign-in', { as: 'young-mother', to: '/my' });
  expect(await browser.post('/sign-out', {}, 'https://elsewhere.example')).toMatchObject({ status: 403 });
  expect(await browser.get('/my')).toMatchObject({ status: 200, path: '/my' });
});
