import { describe, expect, test } from 'vitest';
import { loadPack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { searchIndex } from './index.ts';

const { pack } = loadPack(packFiles('lantern-bay'));
if (!pack) throw new Error('lantern-bay does not load');
const search = searchIndex(pack);
const first = (query: string): string | undefined => search(query)[0]?.id;

describe('a search finds', () => {
  test.each([
    ['休渔补助', 'closed-season-grant', 'the name'],
    ['补助', 'closed-season-grant', 'a part of the name'],
    ['xiuyubuzhu', 'closed-season-grant', 'pinyin'],
    ['xybz', 'closed-season-grant', 'initials'],
    ['XYBZ', 'closed-season-grant', 'initials in capitals'],
    ['ｘｙｂｚ', 'closed-season-grant', 'full-width letters'],
    ['Ferry to School', 'ferry-to-school', 'the English name'],
    ['带孩子', 'island-care', 'a word people use'],
    ['dai hai zi', 'island-care', 'pinyin of a word people use'],
    ['我是打鱼的', 'closed-season-grant', 'a synonym inside a sentence'],
    ['坐渡船', 'ferry-to-school', 'what one gets'],
    ['生孩子', 'a-child-is-born', 'a life event by a word'],
  ])('%s: %s, by %s', (query, id) => {
    expect(first(query)).toBe(id);
  });

  test('nothing for nothing, and nothing for what is not there', () => {
    expect(search('')).toEqual([]);
    expect(search('  ，。')).toEqual([]);
    expect(search('潜水艇')).toEqual([]);
  });

  test('the same list in the same order each time', () => {
    expect(search('灯塔')).toEqual(searchIndex(pack)('灯塔'));
  });
});
