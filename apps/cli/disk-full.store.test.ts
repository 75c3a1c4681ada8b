import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { browse } from '#tools/browse.ts';
import { newPlace, removePlaces, runCli, spawnCity, temporaryFolder } from '#tools/spawn-cli.ts';

const MIB = 1024 * 1024;
const disk = join(temporaryFolder(), 'disk');
mkdirSync(disk);
/** A small disk of its own, which only root may have; the embedded store lies on it. */
const mounted = process.env['DATABASE_URL'] === undefined && process.getuid?.() === 0 && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400m', 'tmpfs', disk]).status === 0;
afterAll(() => {
  if (mounted) spawnSync('umount', ['-l', disk]);
  removePlaces();
});

/** Fills the disk to the last block. */
function fill(): void {
  const { bavail, bsize } = statfsSync(disk);
  for (let left = bavail * bsize, at = 0; left > 0; left -= 64 * MIB, at++) {
    try { writeFileSync(join(disk, `filler-${at}`), new Uint8Array(Math.min(left, 64 * MIB))); } catch { return; }
  }
}

function free(): void {
  for (let at = 0; at < 20; at++) rmSync(join(disk, `filler-${at}`), { force: true });
}

test.runIf(mounted)('a full disk refuses what is sent and keeps what was typed; with room again all goes on', async () => {
  const prepared = await newPlace();
  const place = { ...prepared, MINSHENG_DATA: join(disk, 'data') };
  cpSync(prepared['MINSHENG_DATA'] ?? '', join(disk, 'data'), { recursive: true });
  const city = await spawnCity(place);
  const browser = browse(city.url);
  const step = (name: string): string => `/my/voice/new?step=${name}`;
  expect(await browser.post('/sign-in', { as: 'young-mother', to: '/my' })).toMatchObject({ status: 200, path: '/my' });
  await browser.post(step('kind'), { kind: 'complaint' });
  await browser.post(step('about'), { about: 'category:catch' });
  await browser.post(step('place'), { area: '990101001', detail: '' });
  fill();
  let words = '补助没到账。';
  let answer = await browser.post(step('words'), { words });
  // What still fits into pages that are there is taken; sooner or later nothing is.
  for (let round = 0; answer.status === 200 && round < 400; round++) {
    words = `补助没到账。${'很急。'.repeat(100)}${round}`;
    answer = await browser.post(step('words'), { words });
  }
  expect(answer.status).toBe(503);
  expect(answer.text).toContain(words);
  // A copy that does not fit is none, and neither is a release; the command says why.
  const backup = await runCli(['backup', join(disk, 'copy.minsheng'), '--json'], place);
  expect([backup.code, backup.out]).toEqual([3, expect.stringContaining('ENOSPC')]);
  expect(existsSync(join(disk, 'copy.minsheng'))).toBe(false);
  const before = await runCli(['release', 'list', '--json'], place);
  const drawn = await runCli(['demo', '--residents', '60000', '--json'], place);
  expect([drawn.code, drawn.out]).toEqual([3, expect.stringContaining('disk-full')]);
  expect(await runCli(['release', 'list', '--json'], place)).toEqual(before);
  free();
  expect(await browser.post(step('words'), { words })).toMatchObject({ status: 200, path: step('photo') });
  expect((await browser.get(step('words'))).text).toContain(words);
  const verified = await runCli(['audit', 'verify', '--json'], place);
  expect([verified.code, JSON.parse(verified.out)]).toMatchObject([0, { verification: { faults: [] } }]);
  await city.end();
}, 180_000);
