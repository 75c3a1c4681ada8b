import { expect, test } from 'vitest';
import { loadPack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { amountWords } from './index.ts';

const { pack } = loadPack(packFiles('lantern-bay'));
if (!pack) throw new Error('the town does not load');

test.each([
  ['round half up(低保标准 * 补贴比例, 2)', '低保标准 × 补贴比例，四舍五入到分'],
  ['max(人数 * 低保标准 - 收入, 0)', '人数 × 低保标准 − 收入（不够减的按 0 算）'],
  ['min(费用, 限额)', '费用和限额中较小的一个'],
  ['单价 * (面积 - 自有面积)', '单价 ×（面积 − 自有面积）'],
  ['if 等级 = "一级" then 甲 else if 等级 in ("二级", "三级") then 乙 else 0', '等级是“一级”的，按甲；等级是“二级”或“三级”的，按乙；其他的，没有'],
  ['工资 * (if has(机构) then 倍数 else 1)', '工资 ×（有机构的，按倍数；其他的，按1）'],
  ['费用 - round half up(自付 * 0.5, 2)', '费用 −（自付 × 0.5，四舍五入到分）'],
])('%s is said as an official would', (rule, said) => {
  expect(amountWords(pack, rule, 'zh')?.replaceAll(' （', '（')).toBe(said);
});

test('what there are no words for is not said', () => {
  expect(amountWords(pack, 'sum(for m in 成员 return m.收入)', 'zh')).toBeUndefined();
  expect(amountWords(pack, '收入 +', 'zh')).toBeUndefined();
});
