import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { activations, openStore, releasedPack } from '#adapters/store/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { newPlace, removePlaces, runCli, spawnCity, temporaryFolder } from '#tools/spawn-cli.ts';
import type { Environment } from '#tools/spawn-cli.ts';
import { main } from './main.ts';

afterAll(removePlaces);

const REFORM = 'name: { zh: 提高收入线, en: A higher line }\nparameters: [{ parameter: income-line, area: "990100", from: "2032-01-01", value: 1200.00 }]\n';

test('a running city takes a scheduled reform up when it is told to, keeps the release before, and stays with it while the pack is faulty', async () => {
  const folder = temporaryFolder();
  const pack = join(folder, 'pack');
  cpSync(join(import.meta.dirname, '../../packs/lantern-bay'), pack, { recursive: true });
  writeFileSync(join(folder, 'line.yaml'), REFORM);
  const place: Environment = { ...(await newPlace()), MINSHENG_TODAY: '2031-06-15' };
  const city = await spawnCity(place, ['--pack', pack]);
  const json = async (path: string): Promise<Record<string, unknown>> => (await fetch(`${city.url}${path}`)).json() as Promise<Record<string, unknown>>;
  const digest = async (): Promise<unknown> => (await json('/api/v1/plan'))['release'];
  const before = await digest();

  expect(await main(['reform', 'schedule', join(folder, 'line.yaml'), '--on', '2032-01-01', '--untried', '--pack', pack], place, { out: () => undefined, err: () => undefined })).toBe(0);
  expect([await digest(), await json('/api/v1/reforms')]).toEqual([before, { items: [], next: null }]);
  expect((await runCli(['reload'], place)).code).toBe(0);
  expect(await json('/api/v1/reforms')).toMatchObject({ items: [{ id: '2031-06-15-1', state: 'scheduled', on: '2032-01-01' }] });
  const after = await digest();
  expect(after).not.toEqual(before);

  writeFileSync(join(pack, 'parameters/income-line.yaml'), `${readFileSync(join(pack, 'parameters/income-line.yaml'), 'utf8')}moon: 1\n`);
  expect(await runCli(['reload'], place)).toMatchObject({ code: 1, err: expect.stringContaining('pack check') as string });
  expect(await digest()).toEqual(after);
  await city.end();

  const opening = await openStore({ folder: place['MINSHENG_DATA'] ?? '', databaseUrl: place['DATABASE_URL'] }, '2031-06-16T00:00:00.000Z');
  if (opening.kind !== 'open') throw new Error(JSON.stringify(opening));
  const lines = await opening.database.system('read releases', async (session) => Promise.all((await activations(session)).map(async (one) => {
    const files = await releasedPack(session, one.digest);
    return files && loadPack(files).pack?.parameters.get('income-line')?.values.length;
  })));
  // The release before the reform has one line, the one with it two; both can still be read and decided by.
  expect(lines).toEqual([1, 2]);
  await opening.database.close();
});
