import { expect, test } from 'vitest';
import { addItems, dropItem, dropKey, quoted, setKey, setValue, sourceAt } from './index.ts';

const FILE = `# 收入线，见条例
name: 收入线
values:
  - {area: "99", from: "2031-01-01", value: 0.50}  # 去年的数

  - { area: "98", value: 1 }
list: [{ a: 1 }, { a: 2 }]
standard:
  - from: "2031-01-01"
    when: >-
      一
      二

    per: month
rest: |
  text
`;

test('a value is set where it stands, and a key is added in the manner of its map; nothing else moves', () => {
  expect(setKey(FILE, ['values', 0], 'value', '1170.00')).toBe(FILE.replace('value: 0.50', 'value: 1170.00'));
  expect(setKey(FILE, ['values', 1], 'until', '"2031-12-31"')).toBe(FILE.replace('value: 1 }', 'value: 1, until: "2031-12-31" }'));
  expect(setKey(FILE, ['standard', 0], 'until', '"2031-12-31"')).toBe(FILE.replace('    per: month', '    per: month\n    until: "2031-12-31"'));
  expect(setKey(FILE, [], 'end', 'x')).toBe(FILE.replace('  text\n', '  text\nend: x\n'));
  expect(setValue(FILE, ['values', 0], '{x: 1}')).toBe(FILE.replace('{area: "99", from: "2031-01-01", value: 0.50}', '{x: 1}'));
});

test('a key that was added is dropped again to the same text', () => {
  for (const path of [['values', 0], ['standard', 0], ['list', 1]]) expect(dropKey(setKey(FILE, path, 'until', '"2031-12-31"'), path, 'until')).toBe(FILE);
  expect(dropKey('{a: 1, b: 2}', [], 'a')).toBe('{b: 2}');
  expect(dropKey(FILE, ['values', 0], 'moon')).toBe(FILE);
});

test('items are added behind one, each in lines of its own or between brackets, and dropped again', () => {
  // The entries of `values` stand apart by an empty line, so the new one does too; a comment stays with its line.
  expect(addItems(FILE, ['values'], ['{x: 1}'])).toBe(FILE.replace('value: 1 }', 'value: 1 }\n\n  - {x: 1}'));
  expect(addItems(FILE, ['list'], ['{ a: 3 }'], 0)).toBe(FILE.replace('{ a: 1 }, ', '{ a: 1 }, { a: 3 }, '));
  expect(dropItem(addItems(FILE, ['list'], ['{ a: 3 }']), ['list'], 2)).toBe(FILE);
  expect(dropItem(FILE, ['list'], 0)).toBe(FILE.replace('{ a: 1 }, ', ''));
  const tight = 'a:\n- {x: 1}  # one\n- {x: 2}\n';
  expect(addItems(tight, ['a'], ['{x: 3}'], 0)).toBe('a:\n- {x: 1}  # one\n- {x: 3}\n- {x: 2}\n');
  expect(dropItem(addItems(tight, ['a'], ['{x: 3}'], 0), ['a'], 1)).toBe(tight);
});

test('the source of a value is what stands there, lines and all', () => {
  expect(sourceAt(FILE, ['values', 1])).toBe('{ area: "98", value: 1 }');
  expect(sourceAt(FILE, ['standard', 0])).toBe('from: "2031-01-01"\n    when: >-\n      一\n      二\n\n    per: month');
  expect(() => sourceAt(FILE, ['values', 7])).toThrow('values.7');
});

test('a quoted text means the text', () => {
  expect([quoted("it's: [x]"), quoted('a\nb')]).toEqual(["'it''s: [x]'", String.raw`"a\nb"`]);
});

test('a list of lines takes the place of a word below its key, and the word comes back beside it', () => {
  const text = 'a: 1\npayers: unfilled\nhow: x\n';
  const lines = setValue(text, ['payers'], '- {x: 1}\n- {x: 2}');
  expect([lines, setValue(lines, ['payers'], 'unfilled')]).toEqual(['a: 1\npayers:\n- {x: 1}\n- {x: 2}\nhow: x\n', text]);
});
