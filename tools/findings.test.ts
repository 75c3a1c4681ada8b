import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PACK_MESSAGES } from '#engine/pack/index.ts';

/** The rules as they are written: a code is a quoted word where a finding is made. */
const folder = join(import.meta.dirname, '..', 'engine', 'pack', 'lint');
const rules = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')).map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
const quoted = (before: string): readonly string[] => [...new Set([...rules.matchAll(new RegExp(`(?:${before})'([a-z]+(?:-[a-z]+)*)'`, 'g'))].map((match) => match[1] ?? ''))];
const keys = (locale: 'zh' | 'en'): readonly string[] => Object.keys(PACK_MESSAGES[locale]).filter((key) => key.startsWith('finding.')).toSorted();
const named = [...new Set(keys('zh').map((key) => key.replace(/^finding\.|\.(?:title|plain)$/g, '')))];

test('title, explanation and plain words for each finding, in both languages', () => {
  for (const locale of ['zh', 'en'] as const) expect(keys(locale)).toEqual(named.flatMap((code) => [`finding.${code}`, `finding.${code}.plain`, `finding.${code}.title`]).toSorted());
});

test('every code that a rule gives has words, and no words are left over', () => {
  // A code stands after `code:` or as the first argument of a helper, or in a choice between two codes.
  expect(quoted('code: |aggregate\\(|slip\\(|perName\\(').filter((code) => !named.includes(code))).toEqual([]);
  expect(named.filter((code) => !quoted('code: |aggregate\\(|slip\\(|perName\\(|\\? |: ').includes(code))).toEqual([]);
});

test('both languages fill the same slots', () => {
  const slots = (text: string | undefined): readonly string[] => [...new Set(text?.match(/\{\w+\}/g) ?? [])].toSorted();
  for (const code of named) expect(slots(PACK_MESSAGES.en[`finding.${code}`]), code).toEqual(slots(PACK_MESSAGES.zh[`finding.${code}`]));
});

test('what residents are told has no slots and no officialese numbers of places', () => {
  for (const locale of ['zh', 'en'] as const) for (const code of named) expect(PACK_MESSAGES[locale][`finding.${code}.plain`], code).not.toMatch(/\{\w+\}/);
});

test('the words of drafting stand in the keyword table only', () => {
  const others = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'keywords.ts');
  for (const file of others) expect(readFileSync(join(folder, file), 'utf8').replaceAll(/\/\*\*[\s\S]*?\*\/|\/\/.*$/gm, ''), file).not.toMatch(/\p{Script=Han}/u);
});
