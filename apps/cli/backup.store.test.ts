import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { newPlace, removePlaces, runCli, spawnCity, temporaryFolder } from '#tools/spawn-cli.ts';

afterAll(removePlaces);

/** The rows of an archive: what lies between its manifest, which holds the instant, and its digest. */
function rowsOf(file: string): readonly string[] {
  return gunzipSync(readFileSync(file)).toString().trimEnd().split('\n').slice(1, -1);
}

test('a running city is backed up through its socket, and the copy is the same city row for row', async () => {
  const place = await newPlace();
  const city = await spawnCity(place);
  const files = temporaryFolder();
  const first = join(files, 'first.minsheng');
  const { code, out } = await runCli(['backup', first, '--json'], place);
  const { backup } = JSON.parse(out) as { backup: { rows: number } };
  expect([code, backup]).toMatchObject([0, { file: first, planId: 'lantern-bay' }]);
  // One city, one pack, one activation, and what a start puts on record.
  expect(backup.rows).toBeGreaterThan(3);
  expect(readdirSync(files)).toEqual(['first.minsheng']);
  expect(statSync(first).mode & 0o077).toBe(0);
  expect((await runCli(['restore', first], place)).code).toBe(3);
  const { release } = (await (await fetch(`${city.url}/api/v1/plan`)).json()) as { release: { digest: string; activatedAt: string } };
  await city.end();

  const copy = await newPlace();
  expect((await runCli(['restore', first, '--lang', 'en'], copy)).out).toContain(`Restored ${backup.rows} rows (lantern-bay)`);
  const again = join(files, 'again.minsheng');
  expect((await runCli(['backup', again], copy)).code).toBe(0);
  expect(rowsOf(again)).toEqual(rowsOf(first));
  expect(rowsOf(first).join('\n')).toContain(release.digest);

  const restored = await spawnCity(copy);
  expect(await (await fetch(`${restored.url}/api/v1/plan`)).json()).toMatchObject({ release });
  await restored.end();
});

test('what is there is never overwritten', async () => {
  const place = await newPlace();
  await (await spawnCity(place)).end();
  const file = join(temporaryFolder(), 'backup');
  writeFileSync(file, 'mine');
  expect((await runCli(['backup', file], place)).code).toBe(2);
  expect(readFileSync(file, 'utf8')).toBe('mine');
  const good = join(temporaryFolder(), 'good');
  expect((await runCli(['backup', good], place)).code).toBe(0);
  const { code, err } = await runCli(['restore', good, '--lang', 'en'], place);
  expect([code, err]).toEqual([3, expect.stringContaining('is not empty') as string]);
});

test('a damaged backup restores nothing and makes no folder', async () => {
  const place = await newPlace();
  await (await spawnCity(place)).end();
  const file = join(temporaryFolder(), 'backup');
  await runCli(['backup', file], place);
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  writeFileSync(file, bytes);
  const other = await newPlace('from nothing');
  expect(await runCli(['restore', file, '--json'], other)).toMatchObject({ code: 1, out: expect.stringContaining('"code":"archive-damaged"') as string });
  expect(existsSync(other['MINSHENG_DATA'] ?? '')).toBe(false);
});

test('a folder or a file that is not there is told', async () => {
  const place = await newPlace('from nothing');
  expect((await runCli(['restore', '/nowhere/at/all'], place)).code).toBe(2);
  const target = join(temporaryFolder(), 'missing', 'backup');
  const { code } = await runCli(['backup', target], await newPlace());
  expect([code, existsSync(target)]).toEqual([3, false]);
});
