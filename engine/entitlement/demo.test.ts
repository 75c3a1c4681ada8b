import { expect, test } from 'vitest';
import { loadPack } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { demoOn, isDemoStandard, linkBook } from './index.ts';

function townOf(change: (file: string, text: string) => string = (_, text) => text): ReturnType<typeof demoOn> {
  const files = new Map([...packFiles('lantern-bay')].map(([file, bytes]) => [file, new TextEncoder().encode(change(file, new TextDecoder().decode(bytes)))]));
  const { pack } = loadPack(files);
  if (!pack) throw new Error('the town does not load');
  return demoOn(linkBook(pack).rules, 20_310_615);
}

test('a service whose rule reads a value for demonstration is one, and one that reads none is not', () => {
  const town = townOf();
  expect(town.get('closed-season-grant')).toEqual({ value: true, rule: false, payers: true });
  expect(isDemoStandard(town.get('old-fisher-grant'))).toBe(false);
  // It is not decided by rule.
  expect(town.has('lighthouse-visit')).toBe(false);
});

test('a value that was read in its document is none, and one that is remembered is', () => {
  const read = townOf((file, text) => (file.startsWith('parameters/') ? text.replaceAll('confidence: demo', 'confidence: verified') : text));
  expect(read.get('closed-season-grant')?.value).toBe(false);
  const remembered = townOf((file, text) => (file.startsWith('parameters/') ? text.replaceAll('confidence: demo', 'confidence: memory-likely') : text));
  expect(remembered.get('closed-season-grant')?.value).toBe(true);
});
