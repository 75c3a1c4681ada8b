import { describe, expect, test } from 'vitest';
import { addDays, addMonths, compareDecimal, dayCount, isWeekend, JsonBytes, jsonPiece, parseDate, parseDecimal, printDecimal, render, sourceFrame, subtractDecimal, toNumber } from './index.ts';
import type { Decimal } from './index.ts';

const decimal = (numeral: string): Decimal => parseDecimal(numeral) ?? { units: NaN, scale: 0 };

describe('a decimal', () => {
  test.each(['0', '53.0', '-2.06', '0.021', '9007199254740991', '-0.5'])('%s keeps its digits', (numeral) => {
    expect(printDecimal(decimal(numeral))).toBe(numeral);
  });

  test.each(['', '1e3', '.5', '5.', '1,000', '٣', '9007199254740992', 'NaN'])('is not spelled %j', (numeral) => {
    expect(parseDecimal(numeral)).toBeUndefined();
  });

  test('compares and subtracts exactly where floats do not', () => {
    expect(compareDecimal(decimal('53.0'), decimal('53'))).toBe(0);
    expect(compareDecimal(decimal('0.1'), decimal('0.09'))).toBe(1);
    expect(printDecimal(subtractDecimal(decimal('0.3'), decimal('0.1')))).toBe('0.2');
    expect(printDecimal(subtractDecimal(decimal('80.43'), decimal('80.690')))).toBe('-0.260');
    expect(toNumber(decimal('2.06'))).toBe(2.06);
  });
});

test('a date is a day of the calendar', () => {
  expect(['2024-02-29', '2000-02-29', '2021-12-31'].map(parseDate)).not.toContain(undefined);
  expect(['2021-02-29', '1900-02-29', '2021-13-01', '2021-00-10', '2021-1-1', '2021-04-31'].filter((day) => parseDate(day) !== undefined)).toEqual([]);
});

describe('days', () => {
  const on = (text: string) => parseDate(text) ?? (() => { throw new Error(text); })();
  // From 1970 to 2000 are 30 years with 7 leap days (10957), then January and February of 2000 with its leap day (60).
  test.each([['1970-01-01', 0], ['1969-12-31', -1], ['2000-03-01', 11_017], ['1970-12-31', 364]])('%s is day %d', (day, count) => {
    expect(dayCount(on(day))).toBe(count);
  });

  test.each([['2024-02-28', 1, '2024-02-29'], ['2024-02-28', 2, '2024-03-01'], ['2023-12-31', 1, '2024-01-01'], ['2024-03-01', -1, '2024-02-29'], ['2024-01-01', -366, '2022-12-31'], ['1999-12-31', 11_017, '2030-02-28']])('%s and %d days is %s', (day, days, expected) => {
    expect(addDays(on(day), days)).toBe(expected);
    expect(dayCount(on(expected)) - dayCount(on(day))).toBe(days);
  });

  test.each([['2024-01-31', 1, '2024-02-29'], ['2023-01-31', 1, '2023-02-28'], ['2023-12-15', 1, '2024-01-15'], ['2024-03-31', -1, '2024-02-29'], ['2024-02-29', 12, '2025-02-28']])('%s and %d months is %s', (day, months, expected) => {
    expect(addMonths(on(day), months)).toBe(expected);
  });

  test('a week has two days of rest, also before 1970', () => {
    // 14 October 2024 was a Monday, and so was 29 December 1969.
    for (const monday of ['2024-10-14', '1969-12-29']) expect(Array.from({ length: 7 }, (_, index) => isWeekend(addDays(on(monday), index)))).toEqual([false, false, false, false, false, true, true]);
  });
});

test('a message without words shows its key, so that it is seen', () => {
  expect(render({ hello: '{name}，您好' }, 'hello', { name: '阿灯' })).toBe('阿灯，您好');
  expect(render({}, 'lost')).toBe('[lost]');
});

test('a frame marks wide characters at their width', () => {
  const place = { file: 'x', line: 1, column: 4, endLine: 1, endColumn: 6 };
  expect(sourceFrame('标准：低保', place)).toBe('1 | 标准：低保\n  |       ^^^^');
});

test('JSON that is written piece by piece is the same as at once, however large it grows', () => {
  const to = new JsonBytes(4);
  const numbers = [0, 7, -1, 10, 99, 100, -999, 1_000, 20_311_231, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
  to.text('[');
  numbers.forEach((number, at) => { if (at > 0) to.piece(jsonPiece(',')); to.whole(number); });
  to.text(`,${JSON.stringify('灯湾 😀 "')}]`);
  expect(new TextDecoder().decode(to.take())).toBe(JSON.stringify([...numbers, '灯湾 😀 "']));
  // What was taken stays as it was, and the next begins anew.
  const first = to.text('1').take();
  to.text('22').take();
  expect(first).toEqual(new Uint8Array([49]));
});
