import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { releasesFolder } from '#apps/server/demo-release.ts';
import { removePlaces, temporaryFolder } from '#tools/spawn-cli.ts';
import { main } from './main.ts';

afterAll(removePlaces);

const LANTERN_BAY = join(import.meta.dirname, '../../packs/lantern-bay');

async function run(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await main(words, {}, { out: (text) => (out += text), err: (text) => (err += text) });
  return { code, out, err };
}

test('a correction is added beside the release, listed, and counts in what is decided from when it was known', async () => {
  const data = temporaryFolder();
  const place = ['--data', data, '--pack', LANTERN_BAY];
  expect((await run('demo', '--residents', '400', '--on', '2031-06-15', ...place)).code).toBe(0);
  // Nobody draws the licence of the first head of a family, who is registered in the city: with a licence and 12.50 of income the closed-season grant is due.
  const grants = async (...when: readonly string[]): Promise<number> => {
    const { out } = await run('decide', '--all', '--json', '--as-of', '2031-06-15', '--release', releasesFolder(data), '--pack', LANTERN_BAY, ...when);
    const told: { readonly services: readonly { readonly service: string; readonly yes: number }[] } = JSON.parse(out);
    return told.services.find(({ service }) => service === 'closed-season-grant')?.yes ?? -1;
  };
  const before = await grants();
  const correct = (fact: string, value: string, ...rest: readonly string[]): ReturnType<typeof run> => run('facts', 'correct', '--person', 'person-0', '--fact', fact, '--value', value, '--from', '2031-06-01', '--json', ...rest, ...place);
  expect(JSON.parse((await correct('捕捞证有效', 'true')).out)).toMatchObject({ release: 'v1', entity: 'person', row: 0, fact: 'person.fishing-licence', value: 1, validFrom: 20310601, source: 'holder', by: 'fisheries' });
  expect((await correct('本月收入', '12.5', '--by', 'development')).code).toBe(0);
  expect((await correct('距海米数', '10', '--source', 'dispute')).code).toBe(0);
  expect([before, await grants(), await grants('--known-at', '2000-01-01T00:00:00Z')]).toEqual([0, 1, 0]);
  const listed = await run('overlay', 'list', '--lang', 'en', ...place);
  expect(listed.out.split('\n').filter((line) => line !== '').map((line) => line.split('  ').slice(1).join(' | '))).toEqual(['person 0 | 捕捞证有效 = true | 20310601– | holder | fisheries', 'person 0 | 本月收入 = 12.50 | 20310601– | holder | development', 'living 0 | 距海米数 = 10 | 20310601– | dispute | resident']);
});

test('what cannot be added is refused with its reason', async () => {
  const data = temporaryFolder();
  const place = ['--data', data, '--pack', LANTERN_BAY, '--lang', 'en'];
  const correct = (...words: readonly string[]): ReturnType<typeof run> => run('facts', 'correct', ...words, ...place);
  expect(await correct('--person', 'person-0', '--fact', '本月收入', '--value', '1')).toMatchObject({ code: 3, err: expect.stringContaining('No release') });
  await run('demo', '--residents', '40', '--on', '2031-06-15', ...place);
  expect((await correct('--person', 'person-0', '--fact', '运气', '--value', '1')).err).toBe('There is no such fact: 运气\n');
  expect((await correct('--person', 'person-40', '--fact', '捕捞证有效', '--value', 'true')).err).toBe('There is nobody of this id, or they are in no such family: person-40\n');
  expect((await correct('--person', 'person-0', '--fact', '渔民证等级', '--value', '九级')).err).toBe('渔民证等级 cannot be: 九级\n');
  expect((await correct('--person', 'person-0', '--fact', '本月收入', '--value', '1')).err).toBe('Name a department of the pack with --by: unfilled\n');
  expect((await correct('--person', 'person-0', '--fact', '捕捞证有效', '--value', 'true', '--source', 'rumour')).err).toBe('A source is holder, self-declared or dispute: rumour\n');
  expect((await run('overlay', 'list', ...place)).out).toBe('Nothing was added beside release v1\n');
});
