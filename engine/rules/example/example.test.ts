import { expect, test } from 'vitest';
import { loadPack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { interpretProgram } from '../exec/index.ts';
import { linkRules } from '../link/index.ts';
import { runExamples } from './index.ts';

test('every example of the town comes out as it says', () => {
  const { pack } = loadPack(packFiles('lantern-bay'));
  const { results, diagnostics } = pack ? runExamples(linkRules(pack).book, interpretProgram) : { results: [], diagnostics: [] };
  expect(diagnostics).toEqual([]);
  expect(results.length).toBeGreaterThan(35);
  expect(results.filter((result) => !result.holds)).toEqual([]);
  expect(new Set(results.map((result) => result.verdict?.kind))).toEqual(new Set(['yes', 'no', 'unknown']));
});

test('an execution that names what is missing is held to the names of the example', () => {
  const { pack } = loadPack(packFiles('lantern-bay'));
  const told = (missing: readonly string[]): number => (pack ? runExamples(linkRules(pack).book, (program, situation, service, place) => ({ ...interpretProgram(program, situation, service, place), missing })).results.filter((result) => result.example.name.zh === '不知道收入，先去问' && result.holds).length : 0);
  expect([told(['person.month-income']), told(['person.sex']), told([])]).toEqual([1, 0, 0]);
});
