import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { saveSnapshot } from '#adapters/columns/index.ts';
import { childrenOf } from '#engine/delivery/testing.ts';
import { loadPack } from '#engine/pack/index.ts';
import { linkRules } from '#engine/rules/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { removePlaces, temporaryFolder } from '#tools/spawn-cli.ts';
import { main } from './main.ts';

afterAll(removePlaces);

const { pack } = loadPack(packFiles('lantern-bay'));
if (!pack) throw new Error('the town does not load');
const release = temporaryFolder();
saveSnapshot(release, childrenOf(linkRules(pack).book));
const TOWN = ['--pack', join(import.meta.dirname, '../../packs/lantern-bay'), '--release', release, '--as-of', '2031-09-01'];

async function run(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await main(words, {}, { out: (text) => (out += text), err: (text) => (err += text) });
  return { code, out, err };
}

test('everybody is counted by item, and who must do it is told', async () => {
  const { code, out } = await run('due', ...TOWN, '--lang', 'en');
  expect(code).toBe(0);
  // Seven children: of one the birthday is not known, one is three years old; the others by thought in testing.ts.
  expect(out).toContain('Visits of the island nurse (island-nurse): 5 followed, of 1 it is not known');
  expect(out).toContain('First visit: done 1 · not yet 1 · overdue 1 · time has come, no record 1 · of these past the last day 1');
  expect(out).toContain('Check at half a year: not yet 2 · due 1 · time has come, no record 1');
  expect(out).toContain('1 have items that follow a newer edition which was not read');
});

test('the work list of one schedule names rows, and can be cut to an area', async () => {
  const { out } = await run('due', '--schedule', 'island-nurse', '--list', '--area', '990101', ...TOWN, '--json');
  const { list }: { list: readonly Record<string, unknown>[] } = JSON.parse(out);
  expect(list.map(({ row, item, kind, daysLate }) => [row, item, kind, daysLate])).toEqual([[0, 'half-year', 'due', 0], [1, 'first-visit', 'overdue', 170]]);
});

test('what is not there is refused with what is meant perhaps', async () => {
  expect((await run('due', '--schedule', 'island-nurce', ...TOWN, '--lang', 'en'))).toMatchObject({ code: 2, err: 'There is no schedule “island-nurce”. Perhaps: island-nurse?\n' });
  expect((await run('due', '--list', ...TOWN, '--lang', 'en')).code).toBe(2);
  expect((await run('due', '--area', '12', ...TOWN, '--lang', 'en')).err).toContain('“12”');
});
