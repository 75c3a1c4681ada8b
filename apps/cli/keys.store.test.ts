import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DATA_KEY_FILE } from '#adapters/columns/index.ts';
import { browse } from '#tools/browse.ts';
import { killedAt, newPlace, removePlaces, runCli, spawnCity } from '#tools/spawn-cli.ts';
import type { Environment } from '#tools/spawn-cli.ts';

afterAll(removePlaces);

const [OLD, NEW] = ['11'.repeat(32), '22'.repeat(32)];

async function inCity(place: Environment, use: (url: string) => Promise<void>): Promise<void> {
  const city = await spawnCity(place);
  try {
    await use(city.url);
  } finally {
    await city.end();
  }
}

const told = async (words: readonly string[], place: Environment): Promise<unknown> => JSON.parse((await runCli([...words, '--json'], place)).out);

test('a key is changed while the city runs, killed half-way and gone on with, and afterwards everything opens without the old one', async () => {
  const place = await newPlace();
  const with_ = (keys: string): Environment => ({ ...place, MINSHENG_KEY: keys });
  const dataKey = (): string => readFileSync(join(place['MINSHENG_DATA'] ?? '', 'population/v1', DATA_KEY_FILE)).toString('hex');
  await inCity(with_(OLD), async (url) => {
    await browse(url).post('/sign-in', { as: 'young-mother', to: '/my' });
    // The city knows nothing of the new key yet.
    expect(await runCli(['keys', 'rotate', '--lang', 'en'], with_(`${NEW},${OLD}`))).toMatchObject({ code: 3, err: expect.stringContaining('another first key') });
  });
  const sealed = dataKey();
  // Killed as soon as it says how far it is, without a city and beside one.
  await killedAt(['keys', 'rotate', '--lang', 'en'], with_(`${NEW},${OLD}`), '0 of');
  await inCity(with_(`${NEW},${OLD}`), async (url) => {
    await killedAt(['keys', 'rotate', '--lang', 'en'], with_(`${NEW},${OLD}`), ' of ');
    const browser = browse(url);
    expect(await browser.post('/sign-in', { as: 'young-mother', to: '/my' })).toMatchObject({ status: 200, path: '/my' });
    expect(await told(['keys', 'rotate'], with_(`${NEW},${OLD}`))).toMatchObject({ left: 0 });
    expect(await told(['keys', 'rotate'], with_(`${NEW},${OLD}`))).toEqual({ resealed: 0, releases: 0, left: 0 });
  });
  expect(dataKey()).not.toBe(sealed);
  expect(await told(['audit', 'verify'], with_(NEW))).toMatchObject({ verification: { faults: [], opened: true } });
  await inCity(with_(NEW), async (url) => {
    // The people are there: their columns open.
    expect(await browse(url).post('/sign-in', { as: 'young-mother', to: '/my' })).toMatchObject({ status: 200, path: '/my' });
  });
  expect((await runCli(['release', 'verify', '--lang', 'en'], with_(NEW))).out).toBe('v1  whole\n');
  expect((await runCli(['release', 'verify', '--lang', 'en'], with_(OLD))).out).toBe('v1  sealed, and the key is not here\n');
});
