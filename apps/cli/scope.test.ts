import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { saveSnapshot } from '#adapters/columns/index.ts';
import { ELDERS, eldersOf } from '#engine/entitlement/testing.ts';
import { loadPack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { removePlaces, temporaryFolder } from '#tools/spawn-cli.ts';
import { main } from './main.ts';

afterAll(removePlaces);

const { pack } = loadPack(packFiles('lantern-bay'));
if (!pack) throw new Error('the town does not load');
const release = temporaryFolder();
// The ten old fishers six times: every number of the table is six times as large, so that none is hidden.
saveSnapshot(release, eldersOf(pack, Array.from({ length: 6 }, () => ELDERS).flat()));
const TOWN = ['--pack', join(import.meta.dirname, '../../packs/lantern-bay'), '--release', release, '--as-of', '2031-06-15'];

async function run(...words: readonly string[]): Promise<{ code: number; out: string }> {
  let out = '';
  const code = await main(words, {}, { out: (text) => (out += text), err: (text) => (out += text) });
  return { code, out };
}

test('scope says whom a service leaves out, by group and by county, and counts what is not decided', async () => {
  const { code, out } = await run('scope', '--service', 'old-fisher-grant', ...TOWN, '--lang', 'en');
  expect(code).toBe(0);
  // 4, 5, 7 and 9 of the table are left out, six times: 24, who would get 6 × (300 + 100 + 300 + 300).
  expect(out).toContain("Old fishers' grant: left out by the scope alone 24, who would get 6000.00 yuan a month\n");
  expect(out).toContain('  From elsewhere, insured for a year: out of reach, 18 people or families, entitled 0, left out 18\n');
  expect(out).toContain('  Reef County: Registered in Lantern Bay 0 · From elsewhere, insured for a year 6\n');
  expect((await run('scope', ...TOWN, '--lang', 'en')).out).toMatch(/\d+ more of \d+ services are not decided per person/);
});

test('opening a cell says who gains and who pays, and as JSON the same to the fen', async () => {
  const open = ['scope', '--service', 'old-fisher-grant', '--open', 'insured', '--county', '990101', ...TOWN];
  // Fisher 4, six times 300.00; the pack does not say who pays.
  expect((await run(...open, '--lang', 'en')).out).toContain("Old fishers' grant: 30 → 36 have it (new 6 · raised 0 · lowered 0 · lost 0 · now unknown 0)\n  5100.00 → 6900.00 yuan a month (+1800.00)\n");
  const told: unknown = JSON.parse((await run(...open, '--json')).out.split('\n').findLast((line) => line.startsWith('{')) ?? '');
  expect(told).toMatchObject({ opened: { service: 'old-fisher-grant', group: 'insured', area: '990101' }, movedFen: 180_000, services: [{ service: 'old-fisher-grant', counts: { new: 6 } }] });
});

test('a cell with few people in it is not opened, because what it costs would tell how many', async () => {
  // Fisher 5 of the table is one of a kind in the Reef County: three times are fewer than five.
  const few = temporaryFolder();
  saveSnapshot(few, eldersOf(pack, Array.from({ length: 3 }, () => ELDERS).flat()));
  const { code, out } = await run('scope', '--service', 'old-fisher-grant', '--open', 'insured', '--county', '990122', ...TOWN.map((word) => (word === release ? few : word)), '--lang', 'en');
  expect(code).toBe(1);
  expect(out).toContain('So few are left out there');
});

test('what is not there is refused by its name', async () => {
  for (const words of [['--open', 'insured'], ['--service', 'old-fisher'], ['--service', 'old-fisher-grant', '--open', 'insurde'], ['--service', 'old-fisher-grant', '--open', 'insured', '--county', '1']]) {
    const { code, out } = await run('scope', ...words, ...TOWN, '--lang', 'en');
    expect(code, words.join(' ')).toBe(2);
    expect(out).not.toMatch(/\[refusal/);
  }
});
