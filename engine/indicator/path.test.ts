import { expect, test } from 'vitest';
import { parseDecimal, printDecimal } from '#engine/kernel/index.ts';
import type { Indicator } from '#engine/pack/index.ts';
import { linearPath } from './index.ts';

const value = (numeral: string | undefined): Indicator['base'] => {
  const parsed = numeral === undefined ? undefined : parseDecimal(numeral);
  return parsed ? { value: parsed } : 'none-printed';
};

function at(base: string | undefined, target: string | undefined, year: number): string | undefined {
  const found = linearPath({ base: value(base), target: value(target) }, { base: 2020, target: 2025 }, year);
  return found && printDecimal(found);
}

test('a path of equal steps leads from base to target: childcare places for a thousand people, 2.06 to 4.5, are 3.524 after three of five years', () => {
  // 2.06 + 2.44 × 3 ÷ 5.
  expect(at('2.06', '4.5', 2023)).toBe('3.524');
  expect([at('2.06', '4.5', 2020), at('2.06', '4.5', 2025)]).toEqual(['2.06', '4.50']);
});

test('it falls where less is better, and a step that is not even is rounded', () => {
  expect([at('10', '5', 2022), at('1', '0', 2021), at('0', '-1', 2021)]).toEqual(['8', '0.8', '-0.2']);
  const thirds = (year: number) => linearPath({ base: value('0'), target: value('2') }, { base: 2020, target: 2023 }, year);
  expect([thirds(2021), thirds(2022)]).toEqual([{ units: 667, scale: 3 }, { units: 1333, scale: 3 }]);
});

test('there is none outside its years, without a number at both ends, or to a sum over the years', () => {
  expect([at('1', '2', 2019), at('1', '2', 2026), at(undefined, '2', 2022), at('1', undefined, 2022)]).toEqual([undefined, undefined, undefined, undefined]);
  expect(linearPath({ base: value('1'), target: { value: { units: 9, scale: 0 }, cumulative: true } }, { base: 2020, target: 2025 }, 2022)).toBeUndefined();
});
