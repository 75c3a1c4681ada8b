import { expect, test } from 'vitest';
import { readYaml } from './yaml.ts';

const at = (text: string, from: number, to: number): string => {
  const { line, column, endLine, endColumn } = readYaml('x.yaml', text, new Map()).placeWithin(['is'], from, to);
  return `${line}:${column}-${endLine}:${endColumn}`;
};

test('a range of a text is found in the file however the text is written', () => {
  // In each, `bc` are characters 2 and 3 of the value `a bc d`.
  expect(at('is: a bc d', 2, 4)).toBe('1:7-1:9');
  expect(at('is: "a bc d"', 2, 4)).toBe('1:8-1:10');
  expect(at("is: 'a bc d'", 2, 4)).toBe('1:8-1:10');
  expect(at('is: |\n  a bc d\n', 2, 4)).toBe('2:5-2:7');
  expect(at('is: >-\n  a\n  bc\n  d\n', 2, 4)).toBe('3:3-3:5');
  expect(at('is: a\n  bc\n  d\n', 2, 4)).toBe('2:3-2:5');
});

test('escapes and doubled quotes before the range do not move it', () => {
  expect(at('is: "\\"a\\" bc"', 4, 6)).toBe('1:12-1:14');
  expect(at("is: '''a'' bc'", 4, 6)).toBe('1:12-1:14');
  expect(at('is: "\\u4e00 bc"', 2, 4)).toBe('1:13-1:15');
});

test('a range beyond the text is its end', () => { expect(at('is: abc', 9, 12)).toBe('1:8-1:8'); });
