import { afterAll, expect, test } from 'vitest';
import { newPlace, removePlaces, runCli, spawnCity } from '#tools/spawn-cli.ts';
import { browse } from '#tools/browse.ts';

afterAll(removePlaces);

test('what is due is counted, then removed, beside a running city and without one', async () => {
  const place = { ...(await newPlace()), MINSHENG_TODAY: '2031-03-03' };
  const erase = async (...more: string[]): Promise<unknown> => JSON.parse((await runCli(['erase', '--due', '--json', ...more], place)).out);
  const city = await spawnCity(place);
  try {
    await browse(city.url).post('/sign-in', { as: 'young-mother', to: '/my' });
    expect(await erase('--dry-run')).toEqual({ dryRun: true, sets: [] });
    expect(await erase('--as-of', '2031-12-31', '--dry-run')).toEqual({ dryRun: true, sets: [{ data: 'sessions', count: 1 }] });
  } finally {
    await city.end();
  }
  expect(await runCli(['erase', '--due', '--as-of', '2031-12-31', '--lang', 'en'], place)).toMatchObject({ code: 0, out: 'sign-ins  1\n1 removed. The chains stay as they were.\n' });
  expect(await erase('--as-of', '2031-12-31')).toEqual({ dryRun: false, sets: [] });
  expect(await runCli(['erase', '--due', '--as-of', 'soon'], place)).toMatchObject({ code: 2 });
});
