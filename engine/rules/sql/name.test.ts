import { expect, test } from 'vitest';
import { edgeNames, LONGEST_NAME } from './name.ts';
import { HOSTILE } from './testing/index.ts';

const bytes = (text: string): number => new TextEncoder().encode(text).length;

test('two names of 66 bytes that PostgreSQL would cut to the same 63 stay two', () => {
  const names = [...edgeNames(['家庭人均月收入不高于最低生活保障标准一点五倍', '家庭人均月收入不高于最低生活保障标准一点五的']).values()];
  expect(new Set(names).size).toBe(2);
  expect(names.every((name) => bytes(name) <= LONGEST_NAME)).toBe(true);
});

test('names that differ in case only become different, since DuckDB and Spark do not look at it', () => {
  expect([...edgeNames(['income', 'Income']).values()]).toEqual(['income', 'Income~2']);
});

test('a name of ours is not given away', () => {
  expect([...edgeNames(['c1', 't1_0', 'id', 'c'], ['id']).values()]).toEqual(['c1~2', 't1_0~2', 'id~2', 'c']);
});

test('no name can end a name, a statement or a line', () => {
  const names = [...edgeNames(HOSTILE).values()];
  expect(names).toHaveLength(HOSTILE.length);
  expect(new Set(names.map((name) => name.toUpperCase())).size).toBe(HOSTILE.length);
  expect(names.filter((name) => name === '' || bytes(name) > LONGEST_NAME || /['"`;\n\\]|--|\/\*/.test(name))).toEqual([]);
});
