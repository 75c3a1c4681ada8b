import { expect, test } from 'vitest';
import { loadPack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { interpretProgram } from '../exec/index.ts';
import { linkRules } from '../link/index.ts';
import { runExamples } from './index.ts';

const files = packFiles('lantern-bay');

function examplesOf(path?: string, from = '', to = ''): ReturnType<typeof runExamples> {
  const text = new TextDecoder().decode(files.get(path ?? 'plan.yaml'));
  if (!text.includes(from)) throw new Error(`${path ?? ''} does not say ${from}`);
  const { pack } = loadPack(path === undefined ? files : new Map([...files, [path, new TextEncoder().encode(text.replace(from, to))]]));
  if (!pack) throw new Error('no pack');
  return runExamples(linkRules(pack).book, interpretProgram);
}

const said = (path: string, from: string, to: string): string[] => examplesOf(path, from, to).diagnostics.map(({ code, place, data }) => `${place.line}:${place.column} ${code} ${Object.values(data).join(' | ')}`);
const grant = 'services/harbour/closed-season-grant.yaml';
const relief = 'services/harbour/household-relief.yaml';

test('every example of the town comes out as it says', () => {
  const { results, diagnostics } = examplesOf();
  expect(diagnostics).toEqual([]);
  expect(results.length).toBeGreaterThan(35);
  expect(results.filter((result) => !result.holds)).toEqual([]);
  expect(new Set(results.map((result) => result.verdict?.kind))).toEqual(new Set(['yes', 'no', 'unknown']));
});
