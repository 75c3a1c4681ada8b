import { describe, expect, test } from 'vitest';
import { parseForm } from '../syntax/index.ts';
import { evaluateForm, printValue, readMoment } from './index.ts';
import { context, decimalOf, within, NOTHING } from './index.ts';
import type { FormValue } from './index.ts';
import { whole } from './decimal.ts';
import { seeded } from '../testing/seed.ts';

/** The value of a text, said as `string` says it; what does not parse is told. */
function said(text: string, steps?: number): string {
  const { value, problems } = parseForm(text);
  if (!value) return problems.map((problem) => problem.code).join();
  const answer = evaluateForm(value, steps === undefined ? {} : { steps });
  return answer.stopped ? 'stopped' : printValue(answer.value, true);
}

describe('numbers are exact decimals of 34 digits', () => {
  test.each([
    ['0.1 + 0.2 = 0.3', 'true'], ['decimal(1.005, 2)', '1'], ['round half up(1.005, 2)', '1.01'], ['round half up(-1.005, 2)', '-1.01'], ['round half down(1.005, 2)', '1'],
    // 34 threes; two thirds end in a seven, since the next digit is a six.
    ['1 / 3', `0.${'3'.repeat(34)}`], ['2 / 3', `0.${'6'.repeat(33)}7`], ['1 / 0', 'null'],
    // 2^100 has 31 digits and stands as it is.
    ['2 ** 100', '1267650600228229401496703205376'], ['2 ** -2', '0.25'], ['4 ** 0.5', '2'], ['(-8) ** 0.5', 'null'],
    // The roots and e to 34 digits, as tables print them.
    ['sqrt(2)', '1.414213562373095048801688724209698'], ['sqrt(16)', '4'], ['exp(1)', '2.718281828459045235360287471352662'], ['log(10)', '2.302585092994045684017991454684364'], ['log(0)', 'null'],
    // The mean of 2, 4, 7, 5 is 4.5, the squares of what is apart add up to 13, and 13 / 3 has this root.
    ['stddev([2, 4, 7, 5])', '2.081665999466132735282297706979931'], ['stddev([1])', 'null'],
    ['modulo(-12, 5)', '3'], ['modulo(10.1, -4.5)', '-3.4'], ['floor(-1.5)', '-2'], ['median([8, 2, 5, 3])', '4'], ['mode([6, 3, 9, 6, 6, 3])', '[6]'],
    ['sum([])', 'null'], ['1e6145', 'null'],
  ])('%s', (text, value) => { expect(said(text)).toBe(value); });
});

describe('null is FEEL’s', () => {
  test.each([
    ['null = null', 'true'], ['1 = null', 'false'], ['1 = "1"', 'null'], ['null > 1', 'null'], ['true and null', 'null'], ['false and null', 'false'], ['true or "x"', 'true'],
    ['if null then 1 else 2', '2'], ['every x in [1, null] satisfies x > 0', 'null'], ['some x in [1, null] satisfies x > 0', 'true'], ['sum([1, null])', 'null'],
    ['"a" + 1', 'null'], ['{a: 1}.b', 'null'], ['[1, 2, 3][4]', 'null'], ['nobody', 'null'], ['nobody(1)', 'null'], ['substring("abc")', 'null'], ['substring(string: "abc", start position: -2)', '"bc"'],
  ])('%s', (text, value) => { expect(said(text)).toBe(value); });
});

describe('dates, times and durations', () => {
  test.each([
    // 2024 has a 29 February; a year later there is none, so its last day.
    ['date("2024-02-29") + duration("P1Y")', '2025-02-28'], ['date("2023-02-29")', 'null'], ['date("2024-01-31") + @"P1M"', '2024-02-29'],
    ['date("2024-03-01") - date("2024-02-01")', 'P29D'], ['@"2024-12-31T23:30:00" + @"PT1H"', '2025-01-01T00:30:00'], ['@"23:30:00" + @"PT1H"', '00:30:00'],
    // Eight in Shanghai is midnight in London.
    ['@"2024-01-01T08:00:00+08:00" = @"2024-01-01T00:00:00Z"', 'true'], ['@"2024-07-01T12:00:00@Europe/Paris" = @"2024-07-01T10:00:00Z"', 'true'], ['@"10:00:00" < @"10:00:00Z"', 'null'],
    ['duration("P14M")', 'P1Y2M'], ['duration("P1DT25H")', 'P2DT1H'], ['@"P1D" / @"PT6H"', '4'], ['@"P1Y" * 0.5', 'P6M'], ['-@"PT1H"', '-PT1H'], ['@"P1Y" = @"P365D"', 'null'],
    ['years and months duration(date("2011-12-22"), date("2013-08-24"))', 'P1Y8M'], ['day of week(date("2026-11-24"))', '"Tuesday"'],
    // 1 January 2021 is a Friday: its Thursday is still of 2020, whose 53rd week it ends.
    ['week of year(date("2021-01-01"))', '53'], ['for d in @"2024-02-28"..@"2024-03-01" return d.day', '[28, 29, 1]'],
    ['date("-999999999-12-31").year', '-999999999'], ['now()', 'null'], ['date and time(2024, 2, 29, 10, 0, 0.5)', '2024-02-29T10:00:00.5'], ['date and time(2024, 2, 30, 10, 0, 0)', 'null'], ['date and time(2024, 2, 29, 10, 0, 0, @"PT8H")', '2024-02-29T10:00:00+08:00'], ['date and time(2024, 2, 29, 10, 0, 0, "Asia/Shanghai")', '2024-02-29T10:00:00@Asia/Shanghai'],
  ])('%s', (text, value) => { expect(said(text)).toBe(value); });

  test('now and today are what the caller says', () => {
    const { value } = parseForm('[now(), today()]');
    const now = readMoment('2031-06-15T10:00:00Z') ?? undefined;
    expect(value && printValue(evaluateForm(value, { world: { types: new Map(), now } }).value)).toBe('[2031-06-15T10:00:00Z, 2031-06-15]');
  });
});

describe('lists, contexts, ranges and functions', () => {
  test.each([
    ['[{a: 1, b: 2}, {a: 3, b: 4}][a > 1].b', '[4]'], ['{a: 1, b: a + 1}.b', '2'], ['for x in [1, 2], y in [x, 10] return x * y', '[1, 10, 4, 20]'], ['for i in 1..4 return if i < 3 then 1 else partial[-1] + partial[-2]', '[1, 1, 2, 3]'],
    ['sort([3, 1, 2], function(x, y) x > y)', '[3, 2, 1]'], ['{f: function(n) if n = 0 then 1 else n * f(n - 1), r: f(10)}.r', '3628800'], ['(function(x: number) x)("a")', 'null'],
    ['5 in (> 3, [1..2])', 'true'], ['[1, 2] in [[1, 2], [3]]', 'true'], ['before([1..5), 5)', 'true'], ['overlaps([1..5], [5..8])', 'true'], ['range("[1..3]").end included', 'true'],
    ['range("[2..)") = >=2', 'true'], ['range("(..2)") = <2', 'true'], ['range("[..2]")', 'null'], ['range("[1..3]") instance of range<number>', 'true'], ['[1..3] instance of range<string>', 'false'], ['[[1..3]] instance of list<range<number>>', 'true'], ['range(" [ 1 .. 3 ] ") = [1..3]', 'true'], ['range("[date(string(\\"1970-01-01\\"))..date(\\"1970-01-02\\")]")', 'null'],
    ['1 instance of number', 'true'], ['[1, "a"] instance of list<number>', 'false'], ['context put({a: {b: 1}}, ["a", "b"], 2)', '{a: {b: 2}}'], ['split("a1b22c", "\\d+")', '["a", "b", "c"]'],
  ])('%s', (text, value) => { expect(said(text)).toBe(value); });

  test('a replacement may name what the brackets found', () => { expect(said('replace("2031-06-15", "(\\d+)-(\\d+)-(\\d+)", "$3.$2.$1")')).toBe('"15.06.2031"'); });

  test('names with spaces are known by those who are asked', () => {
    const { value } = parseForm('Monthly Fee * 12 + Applicant.Extra Fee', { 'Monthly Fee': 1, Applicant: { 'Extra Fee': 1 } });
    const scope = within(NOTHING, new Map<string, FormValue>([['Monthly Fee', decimalOf('9.99')], ['Applicant', context([['Extra Fee', decimalOf('0.12')]])]]));
    expect(value && printValue(evaluateForm(value, { scope }).value)).toBe('120');
  });
});

describe('every evaluation ends', () => {
  test.each([
    ['count(for i in 1..1000000000000 return i)'],
    // Each list holds all those before it, twice as many values each time.
    ['string(for i in 1..60 return partial)'], ['(for i in 1..60 return partial) = (for i in 1..60 return partial)'], ['flatten(for i in 1..60 return partial)'],
    ['count(for i in 1..100000 return count(partial))'], ['count(for a in 1..1000, b in 1..1000, c in 1..1000 return a)'], ['some x in 1..999999999999 satisfies x < 0'],
  ])('%s is stopped', (text) => { expect(said(text, 20_000)).toBe('stopped'); });

  test('a function that calls itself through its own argument for ever is stopped', () => { expect(said('(function(f) f(f))(function(f) f(f))')).toBe('stopped'); });

  test('a text that doubles for ever comes to nothing', () => {
    // Thirty doublings of one letter would be a text of 2^30; beyond a million it is null.
    const text = `${'(function(s) s + s)('.repeat(30)}"a"${')'.repeat(30)}`;
    expect(said(text)).toBe('null');
  });

  test('numbers of thousands of digits apart are added and compared in no time', () => {
    expect(said('count(for i in 1..10000 return (1e6000 + i * 1e-6000) > 1e6000)')).toBe('10000');
    expect(said('1e6000 - 1e-6000 = 1e6000')).toBe('true');
    expect(said('[-1e100 < -1, 1e-100 > 0, -1 < 1e-100, 10 > 9.99]')).toBe('[true, true, true, true]');
  });

  test.each([['(a+)+$'], ['(a|aa)+$'], ['((a*)*)*b'], ['(.*)(.*)(.*)(.*)(.*)x'], ['(a)\\1+$']])('the pattern %s that could run away is refused for a long text and tried for a short one', (pattern) => {
    const long = 'a'.repeat(60);
    expect(said(`matches("${long}!", "${pattern}")`)).toBe('null');
    expect(said(`matches("aa!", "${pattern}")`)).toBe('false');
  });

  test('whatever parses has a value, and nothing throws', () => {
    const random = seeded(20310615);
    const atoms = ['1', '-2.5', '1e400', '"a"', '"\\d"', 'true', 'null', '@"P1D"', '@"P1Y"', '@"2024-02-29"', '@"10:00:00Z"', '@"2024-02-29T10:00:00@Asia/Shanghai"', '[1, "a"]', '[]', '{a: 1}', '[1..3]', '(> 2)', 'function(x) x', 'x', 'sum', '9999999999999999999999999999999999', '0'];
    const forms: readonly ((a: string, b: string) => string)[] = [
      ...['+', '-', '*', '/', '**', '=', '<', 'and', 'or', 'in'].map((sign) => (a: string, b: string) => `((${a}) ${sign} (${b}))`),
      (a, b) => `(if ${a} = ${b} then ${a} else ${b})`, (a, b) => `(for x in ${a} return ${b})`, (a, b) => `(some x in ${a} satisfies ${b})`, (a, b) => `[${a}, ${b}][${b}]`, (a, b) => `{a: ${a}, b: ${b}}.a`, (a) => `(${a} instance of number)`,
      ...['sum', 'max', 'count', 'string', 'date', 'time', 'duration', 'date and time', 'number', 'sqrt', 'exp', 'log', 'flatten', 'distinct values', 'sort', 'reverse', 'get entries', 'day of year', 'abs', 'even', 'string length', 'not', 'mode', 'stddev', 'range'].map((name) => (a: string) => `${name}(${a})`),
      ...['decimal', 'modulo', 'substring', 'matches', 'split', 'append', 'remove', 'before', 'overlaps', 'includes', 'get value', 'date and time', 'years and months duration', 'is', 'round half up', 'index of', 'concatenate', 'contains'].map((name) => (a: string, b: string) => `${name}(${a}, ${b})`),
    ];
    const made = (depth: number): string => (depth === 0 ? random.pick(atoms) : random.pick(forms)(made(depth - 1), made(depth - 1)));
    for (let round = 0; round < 4_000; round++) {
      const text = made(1 + random.below(3));
      expect(text).toSatisfy((each: string) => typeof said(each, 5_000) === 'string');
    }
  });
});

test('a number keeps 34 digits and no zero at its end, whatever it was written as', () => {
  expect(decimalOf('1.500')).toEqual({ kind: 'number', units: 15n, scale: 1 });
  expect(decimalOf('1e3')).toEqual(whole(1000));
  // The 35th digit, a five after an even digit, is a half: it goes to the even one.
  expect(decimalOf('1.0000000000000000000000000000000005')?.units).toBe(1n);
  expect(decimalOf('..')).toBeNull();
});
