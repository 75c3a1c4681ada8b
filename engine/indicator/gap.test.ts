import { expect, test } from 'vitest';
import { parseDecimal, printDecimal } from '#engine/kernel/index.ts';
import type { Indicator } from '#engine/pack/index.ts';
import { gapOf } from './index.ts';

function pair(base: string | undefined, target: string | undefined): Pick<Indicator, 'id' | 'name' | 'base' | 'target'> {
  const value = (numeral: string | undefined): Indicator['base'] => {
    const parsed = numeral === undefined ? undefined : parseDecimal(numeral);
    return parsed ? { value: parsed } : 'none-printed';
  };
  return { id: 'x', name: { zh: '甲', en: 'A' }, base: value(base), target: value(target) };
}

function gap(base: string | undefined, target: string | undefined, direction: Indicator['direction']): string {
  const found = gapOf(pair(base, target), direction);
  return 'by' in found ? `${found.kind} ${printDecimal(found.by)}` : found.kind;
}

test('a gap is read in the direction that is good', () => {
  expect(gap('2.06', '4.5', 'higher-better')).toBe('rise 2.44');
  expect(gap('28', '27', 'lower-better')).toBe('fall 1');
  expect(gap('85.56', '85', 'higher-better')).toBe('looser 0.56');
  expect(gap('1.63', '3.5', 'within-limit')).toBe('looser 1.87');
  expect(gap('100', '100', 'higher-better')).toBe('keep');
  expect(gap('53.0', '53', 'higher-better')).toBe('keep');
});

test('where the plan prints no base there is no distance, not a distance from zero', () => {
  expect(gap(undefined, '50', 'higher-better')).toBe('no-base');
  expect(gap('50', undefined, 'higher-better')).toBe('no-target');
  expect(gapOf({ ...pair('78.2', undefined), target: { reference: '完成国家下达任务' } }, 'higher-better')).toEqual({ kind: 'by-reference' });
});
