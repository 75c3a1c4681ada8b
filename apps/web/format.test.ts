import { describe, expect, test } from 'vitest';
import { parseDate, parseDecimal } from '#engine/kernel/index.ts';
import type { Decimal } from '#engine/kernel/index.ts';
import type { Unit } from '#engine/pack/index.ts';
import { cell, day, difference, figure, quantity } from './format.ts';

const decimal = (numeral: string): Decimal => parseDecimal(numeral) ?? { units: NaN, scale: 0 };
const unit = (zh: string, en: string, dimension = 'things'): Unit => ({ zh, en, dimension, times: decimal('1') });

describe('a number for people', () => {
  test('has a comma at the thousands and the digits that were printed', () => {
    expect(['0', '999', '1170', '43000', '-1234567.50', '53.0', '0.021'].map((numeral) => figure(decimal(numeral)))).toEqual(['0', '999', '1,170', '43,000', '-1,234,567.50', '53.0', '0.021']);
  });

  test('stands apart from its unit, except from a sign', () => {
    expect(quantity(decimal('2.06'), unit('个', 'items'), 'zh')).toBe('2.06 个');
    expect(quantity(decimal('2.06'), unit('个', 'items'), 'en')).toBe('2.06 items');
    expect(quantity(decimal('53.0'), unit('%', 'per cent', 'share'), 'en')).toBe('53.0%');
    expect(quantity(decimal('8'), unit(':1', 'to 1', 'ratio'), 'zh')).toBe('8:1');
    expect(quantity(decimal('98'), unit('指数', 'index points', 'index'), 'zh')).toBe('98');
  });

  test('that is a difference ends with no zero, and between shares counts percentage points', () => {
    // 0.137 - 0.067 is 0.070 to three digits; nobody measured that last zero.
    expect(['0.070', '2.440', '10', '0.0'].map((numeral) => difference(decimal(numeral), unit('个', 'items'), 'zh'))).toEqual(['0.07 个', '2.44 个', '10 个', '0 个']);
    expect(difference(decimal('5.0'), unit('%', 'per cent', 'share'), 'zh')).toBe('5 个百分点');
    expect(difference(decimal('0.9'), unit('%', 'per cent', 'share'), 'en')).toBe('0.9 percentage points');
  });
});

test('a cell that the plan leaves empty is nothing, which is not zero', () => {
  expect(cell('none-printed', undefined, 'zh')).toBeUndefined();
  expect(cell(undefined, undefined, 'zh')).toBeUndefined();
  expect(cell({ value: decimal('0') }, unit('个', 'items'), 'zh')).toBe('0 个');
  expect(cell({ reference: '完成国家下达任务' }, undefined, 'en')).toBe('完成国家下达任务');
  expect(cell({ value: decimal('50'), cumulative: true }, unit('万人次', 'ten thousand'), 'zh')).toBe('累计 50 万人次');
});

test('a day is written as people write it', () => {
  const date = parseDate('2026-03-01');
  expect(date && [day(date, 'zh'), day(date, 'en')]).toEqual(['2026年3月1日', '1 March 2026']);
});
