import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GOLDEN_FOLDER, goldenFiles } from './golden-sql.ts';

test.each([...goldenFiles()])('the SQL that was read in review is the SQL that runs: %s (renew with node tools/golden-sql.ts)', (name, text) => {
  expect(readFileSync(`${GOLDEN_FOLDER}${name}`, 'utf8')).toBe(text);
});

test('no golden file is left of a program that is gone', () => {
  expect(readdirSync(GOLDEN_FOLDER).sort()).toEqual([...goldenFiles().keys()].sort());
});
