import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { listReleases, verifyRelease } from '#adapters/columns/index.ts';
import { ensureDemoRelease, releasesFolder } from '#apps/server/demo-release.ts';
import { isRefused, openSealing } from '#apps/server/sealing.ts';
import { systemClock } from '#adapters/clock/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { linkRules } from '#engine/rules/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { removePlaces, temporaryFolder } from '#tools/spawn-cli.ts';
import { main } from './main.ts';

afterAll(removePlaces);

const LANTERN_BAY = join(import.meta.dirname, '../../packs/lantern-bay');
const { pack } = loadPack(packFiles('lantern-bay'));
if (!pack) throw new Error('Lantern Bay does not load');
const { book } = linkRules(pack);
const { schema } = book.vocabulary;

async function run(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await main(words, {}, { out: (text) => (out += text), err: (text) => (err += text) });
  return { code, out, err };
}

describe('a release', () => {
  test('is drawn, listed and verified', async () => {
    const data = temporaryFolder();
    const { code, out, err } = await run('demo', '--residents', '800', '--data', data, '--pack', LANTERN_BAY, '--json');
    const told: unknown = JSON.parse(out);
    expect(code).toBe(0);
    expect(told).toMatchObject({ people: 800, seed: 1, residuals: [{ id: 'residents', drawn: 800, residual: 0 }, { id: 'grade-one', wanted: 50 }, { id: 'short-of-income', wanted: 300_000 }] });
    expect(err).toContain('100%');
    expect(JSON.parse((await run('release', 'list', '--data', data, '--json')).out)).toMatchObject([{ id: 'v1', current: true, people: 800, synthetic: true }]);
    expect(await run('release', 'verify', '--data', data, '--pack', LANTERN_BAY, '--lang', 'en')).toMatchObject({ code: 0, out: 'v1  whole\n' });
  });

  test('that is being written when its process is killed is none, and the one before stays in force', async () => {
    const data = temporaryFolder();
    const root = releasesFolder(data);
    expect((await run('demo', '--residents', '400', '--data', data, '--pack', LANTERN_BAY)).code).toBe(0);
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), 'demo', '--residents', '4000000', '--data', data, '--pack', LANTERN_BAY], { stdio: ['ignore', 'ignore', 'pipe'] });
    await new Promise<void>((resolve) => { child.stderr.once('data', () => { resolve(); }); });
    const gone = new Promise<void>((resolve) => { child.once('exit', () => { resolve(); }); });
    child.kill('SIGKILL');
    await gone;
    expect(readdirSync(root)).toContain('v2.draft');
    expect(listReleases(root).map(({ id, current, about }) => [id, current, about.people])).toEqual([['v1', true, 400]]);
    // The next one goes on as if nothing had been, and what was left half-written goes.
    expect((await run('demo', '--residents', '200', '--data', data, '--pack', LANTERN_BAY)).code).toBe(0);
    expect(listReleases(root).map(({ current, about }) => [current, about.people])).toEqual([[false, 400], [true, 200]]);
    const sealing = openSealing({ folder: data, keys: undefined, mode: 'demo' }, book.pack, 'read');
    expect(isRefused(sealing)).toBe(false);
    expect(listReleases(root, isRefused(sealing) ? undefined : sealing).map((release) => verifyRelease(release, schema))).toEqual([undefined, undefined]);
    expect(readdirSync(root).filter((name) => name.endsWith('.draft'))).toEqual([]);
  });

  test('for the demonstration is made once, and never in production', () => {
    const folder = temporaryFolder();
    const clock = systemClock();
    expect(ensureDemoRelease({ folder, mode: 'production' }, book, clock)).toBeUndefined();
    expect(existsSync(releasesFolder(folder))).toBe(false);
    const made = ensureDemoRelease({ folder, mode: 'demo' }, book, clock);
    expect(made?.about.people).toBe(72_000);
    expect(ensureDemoRelease({ folder, mode: 'demo' }, book, clock)).toEqual(made);
    expect(listReleases(releasesFolder(folder)).length).toBe(1);
  });

  test('that was drawn for facts the pack no longer has makes room for another of as many people, the same day and seed, and stays on record', async () => {
    const folder = temporaryFolder();
    const clock = systemClock();
    expect((await run('demo', '--residents', '900', '--seed', '3', '--on', '2031-02-01', '--data', folder, '--pack', LANTERN_BAY)).code).toBe(0);
    const first = ensureDemoRelease({ folder, mode: 'demo' }, book, clock);
    const files = packFiles('lantern-bay');
    const facts = new TextDecoder().decode(files.get('facts.yaml')).replace('"2": 二级 }', '"2": 二级, "3": 三级 }');
    const { pack: grown } = loadPack(new Map([...files, ['facts.yaml', new TextEncoder().encode(facts)]]));
    if (!grown) throw new Error('Lantern Bay with a third grade does not load');
    const wider = linkRules(grown).book;
    expect(ensureDemoRelease({ folder, mode: 'demo' }, wider, clock)).toMatchObject({ id: 'v2', current: true, about: { people: 900, drawn: { seed: 3, on: 20310201 } } });
    expect(ensureDemoRelease({ folder, mode: 'demo' }, wider, clock)?.id).toBe('v2');
    expect(listReleases(releasesFolder(folder)).map(({ id }) => id)).toEqual([first?.id, 'v2']);
    // In production nobody is made up, whatever the pack says by now.
    expect(ensureDemoRelease({ folder, mode: 'production' }, book, clock)?.id).toBe('v2');
    expect(listReleases(releasesFolder(folder)).length).toBe(2);
  }, 60_000);
});

describe('what cannot be drawn', () => {
  test('is refused with its reason', async () => {
    expect(await run('demo', '--residents', 'many', '--lang', 'en')).toMatchObject({ code: 2, err: 'Not a whole number that is allowed: many\n' });
    expect((await run('feed', 'check', '/nowhere/at/all.csv', '--lang', 'en')).code).toBe(2);
  });
});
