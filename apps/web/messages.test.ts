import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import en from './messages/en.json' with { type: 'json' };
import zh from './messages/zh.json' with { type: 'json' };

const sources = readdirSync(import.meta.dirname, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.test.ts'))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  .join('\n');

test('both languages have the same messages with the same slots', () => {
  const slots = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, slot = '']) => slot).toSorted();
  expect(Object.keys(en)).toEqual(Object.keys(zh));
  const english: Readonly<Record<string, string>> = en;
  expect(Object.entries(zh).filter(([id, text]) => JSON.stringify(slots(text)) !== JSON.stringify(slots(english[id] ?? ''))).map(([id]) => id)).toEqual([]);
});

test('every message is said somewhere, by its id or by a template that makes it', () => {
  const templates = [...sources.matchAll(/`([a-z][a-z0-9-]*\.[^`]*\$\{[^`]*)`/g)].map(([, template = '']) => new RegExp(`^${template.split(/\$\{[^}]*\}/).map((part) => part.replaceAll(/[.*+?^$()[\]\\|]/g, String.raw`\$&`)).join('.+')}$`));
  expect(Object.keys(zh).filter((id) => !sources.includes(`'${id}'`) && !templates.some((template) => template.test(id)))).toEqual([]);
});

test('our Chinese uses full-width punctuation beside Chinese characters', () => {
  expect(Object.entries(zh).filter(([, text]) => /\p{Script=Han}[,;:?!()]|[,;:?!()]\p{Script=Han}/u.test(text)).map(([id]) => id)).toEqual([]);
});
