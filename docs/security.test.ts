import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const text = readFileSync(join(import.meta.dirname, 'security.md'), 'utf8');

test('every test and file that the security page names is there', () => {
  const named = [...text.matchAll(/`([\w./-]+\.(?:test\.ts|ts|md))`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(20);
  expect([...new Set(named)].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test('every point of the level is met by a test, or said to be the operator\'s or not met', () => {
  const [, table = ''] = text.split('## 等保 level 3');
  const rows = [...(table.split('\n## ')[0] ?? '').matchAll(/^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].filter(([, point = '']) => !/^(?:point|---)/.test(point.trim()));
  expect(rows.length).toBeGreaterThan(15);
  expect(rows.filter(([, , state = '', by = '']) => !/^(?:met|operator|not met)/.test(state.trim()) || (state.trim().startsWith('met') && !by.includes('.test.ts') && !by.includes('digest'))).map(([, point]) => point)).toEqual([]);
});
