import { expect, test } from 'vitest';
import { loadPack, textOf } from '#engine/pack/index.ts';
import { linkRules } from '#engine/rules/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { checkPeople, describeEntitlementDiagnostic } from './index.ts';

/** What is wrong with the people of the town after one change of one file. */
function wrong(file: string, from: string, to: string): readonly string[] {
  const files = new Map(packFiles('lantern-bay'));
  const text = textOf(files.get(file) ?? new Uint8Array()) ?? '';
  if (!text.includes(from)) throw new Error(`${file} does not say ${from}`);
  files.set(file, new TextEncoder().encode(text.replace(from, to)));
  const { pack } = loadPack(files);
  if (!pack) throw new Error('the town does not load');
  const found = checkPeople(linkRules(pack).book);
  for (const one of found) for (const locale of ['zh', 'en'] as const) expect(Object.values(describeEntitlementDiagnostic(one, locale)).join(' ')).not.toMatch(/\[diagnostic|\{/);
  return found.map(({ code, severity, place, data }) => `${severity} ${code} ${place.file}:${place.line} ${Object.values(data).join(' ')}`);
}

test('the town’s own mappings and model are right', () => {
  expect(wrong('feeds/people.yaml', '居民登记', '居民登记')).toEqual([]);
});

test.each([
  ['feeds/fishers.yaml', 'fact: 渔民证等级', 'fact: 渔民等级', ['error feed-fact-unknown feeds/fishers.yaml:9 渔民等级']],
  ['feeds/fishers.yaml', 'fact: 渔民证等级', 'fact: 距海米数', ['error feed-fact-elsewhere feeds/fishers.yaml:9 距海米数']],
  ['feeds/fishers.yaml', 'entity: person', 'entity: care-visit', ['error feed-owner-wrong feeds/fishers.yaml:3 care-visit', 'error feed-fact-elsewhere feeds/fishers.yaml:9 渔民证等级', 'error feed-fact-elsewhere feeds/fishers.yaml:10 本月收入', 'error feed-fact-elsewhere feeds/fishers.yaml:11 捕捞证有效']],
  ['feeds/fishers.yaml', 'entity: person', 'entity: boat', ['error feed-entity-unknown feeds/fishers.yaml:3 boat']],
  ['feeds/fishers.yaml', '无: "false"', '无: "no"', ['error feed-code-unknown feeds/fishers.yaml:11 no']],
  ['feeds/people.yaml', 'living: 户号', 'family: 户号', ['error feed-link-unknown feeds/people.yaml:6 family']],
  ['synthetic/town.yaml', 'fact: 本月收入', 'fact: 月亮收入', ['error model-faulty synthetic/town.yaml:30 月亮收入: is no fact']],
] as const)('%s with “%s” as “%s” is told where it stands', (file, from, to, told) => {
  expect(wrong(file, from, to).slice(0, told.length)).toEqual(told);
});
