import { expect, test } from 'vitest';
import { printDecimal } from '#engine/kernel/index.ts';
import type { Indicator } from '#engine/pack/index.ts';
import { observe } from './index.ts';
import type { Reached } from './index.ts';

const indicator: Pick<Indicator, 'id' | 'measured'> = { id: 'reach', measured: { formula: 'if 应领 = 0 then null else round half up(领到 / 应领 * 100, 2)', counts: { receiving: '领到', entitled: '应领' }, from: ['nets', 'boats'], every: 'month' } };
const value = (...reached: readonly Reached[]): string | undefined => {
  const found = observe(indicator, 203106, reached)?.value;
  return found && printDecimal(found);
};

test('a reach is the share of what is due that really arrived, over all its services together', () => {
  // 2 of 3 nets and 1 of 3 boats: 3 of 6 are 50 %; the third service is none of its own.
  const reached = [{ service: 'nets', entitled: 3, receiving: 2 }, { service: 'boats', entitled: 3, receiving: 1 }, { service: 'ice', entitled: 9, receiving: 0 }];
  expect(observe(indicator, 203106, reached)).toMatchObject({ numerator: 3, denominator: 6, of: reached.slice(0, 2) });
  expect(value(...reached)).toBe('50');
  // 2 of 3: 66.666… % to two digits.
  expect(value({ service: 'nets', entitled: 3, receiving: 2 })).toBe('66.67');
});

test('where nobody is entitled there is no reach, and where nobody has said how to measure no observation', () => {
  expect(observe(indicator, 203106, [])).toMatchObject({ numerator: 0, denominator: 0, value: undefined });
  expect(observe({ id: 'reach', measured: 'unfilled' }, 203106, [])).toBeUndefined();
});
