import { afterAll, beforeAll, expect, test } from 'vitest';
import { browse } from '#tools/browse.ts';
import { newPlace, removePlaces, runCli, spawnCity } from '#tools/spawn-cli.ts';
import type { SpawnedCity } from '#tools/spawn-cli.ts';

let city: SpawnedCity;
beforeAll(async () => { city = await spawnCity({ ...(await newPlace()), MINSHENG_DESK: 'staff' }, []); }, 60_000);
afterAll(async () => {
  await city.end();
  removePlaces();
});

/** What a browser fetches for the figures of a page alone, also with nothing but the one route below the layout, and addresses that mean the same page. */
const FIGURES = ['/desk.data', '/desk/money.data', '/desk/money.data?_routes=desk%2Fmoney', '/desk/simulate.data?_routes=desk%2Fsimulate', '/DESK/money', '/%64esk/money', '/desk/runs/'];

test('a desk for staff leads everybody else to where staff sign in, and back to the page they wanted', async () => {
  const browser = browse(city.url);
  expect(await browser.get('/desk/indicators')).toMatchObject({ status: 200, path: '/staff/sign-in?to=%2Fdesk%2Findicators' });
  expect(await browser.post('/staff/sign-in', { as: 'planner', to: '/desk/indicators' })).toMatchObject({ status: 200, path: '/desk/indicators' });
  expect((await browser.get('/desk/indicators')).headers.get('cache-control')).toBe('no-store');
  // What the plan promises is everybody's to read.
  expect(await browse(city.url).get('/plan/indicators')).toMatchObject({ status: 200, path: '/plan/indicators' });
});

test('no figure of it leaves by another door', async () => {
  for (const path of FIGURES) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const { status, text } = await fetch(`${city.url}${path}`, { redirect: 'manual' }).then(async (response) => ({ status: response.status, text: await response.text() }));
    expect([path, status === 200, text.includes('synthetic'), text.length < 2_000]).toEqual([path, false, false, true]);
  }
});

test('whoever runs the platform does not look at figures', async () => {
  const browser = browse(city.url);
  await browser.post('/staff/sign-in', { as: 'administrator', to: '/console' });
  expect(await browser.get('/desk')).toMatchObject({ status: 403 });
});

test('a setting that means neither is refused', async () => {
  const place = await newPlace();
  expect(await runCli(['serve'], { ...place, MINSHENG_DESK: 'closed' })).toMatchObject({ code: 2 });
});
