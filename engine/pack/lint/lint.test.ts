import { expect, test } from 'vitest';
import { packFiles } from '#tools/pack-files.ts';
import { describeFinding, lintPlan, loadPack } from '../index.ts';
import type { Finding, PackFiles } from '../index.ts';

const original = packFiles('lantern-bay');

function findingsIn(files: PackFiles): readonly Finding[] {
  const { pack } = loadPack(files);
  if (!pack) throw new Error('the pack does not load');
  return lintPlan(pack);
}

/** The pack with its published text changed; the replaced text must be there. */
function printed(from: string, to: string): PackFiles {
  const text = new TextDecoder().decode(original.get('source/plan.txt'));
  if (!text.includes(from)) throw new Error(`the plan does not print ${from}`);
  return new Map([...original, ['source/plan.txt', new TextEncoder().encode(text.replace(from, to))]]);
}

test('a box whose numbers skip one has lost a service or miscounts', () => {
  const found = findingsIn(printed('\n2.灯塔参观', '\n3.灯塔参观')).filter((finding) => finding.code === 'missing-item-number');
  expect(found.map(({ data }) => data)).toEqual([{ after: 1, before: 3, box: '渔民服务项目' }]);
  expect(found[0] && describeFinding(found[0], 'zh').explanation).toContain('1');
  expect(findingsIn(original).filter((finding) => finding.code === 'missing-item-number')).toEqual([]);
});
