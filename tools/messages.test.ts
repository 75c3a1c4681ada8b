import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

/*
 * Every message is asked for somewhere, and every message that is asked for is there, in both languages.
 *
 * A room asks for a message by its whole key ('problem.query') or by a template (`finding.${code}.title`). What fills
 * the slots of a template must be a word of the sources too: a code that no rule gives has no words to keep.
 */

const ROOT = join(import.meta.dirname, '..');
const rooms = readdirSync(ROOT, { recursive: true, withFileTypes: true, encoding: 'utf8' })
  .filter((entry) => entry.name === 'messages' && entry.isDirectory() && !/node_modules|[\\/]build|\.react-router/.test(entry.parentPath))
  .map((entry) => relative(ROOT, entry.parentPath)).sort((a, b) => (a < b ? -1 : 1));

function messages(room: string, locale: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(ROOT, room, 'messages', `${locale}.json`), 'utf8')) as Readonly<Record<string, string>>;
}

/** The sources that may ask for a room's messages: its own; those of a room inside it have messages of their own. */
function sources(room: string): string {
  const inner = room === 'engine' ? [] : rooms.filter((other) => other !== room && other.startsWith(`${room}/`));
  return readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) && !inner.some((other) => join(room, path).startsWith(`${other}/`)))
    .map((path) => readFileSync(join(ROOT, room, path), 'utf8')).join('\n');
}

const engine = sources('engine');

const slots = (text: string): readonly string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, slot]) => slot ?? ''))].sort((a, b) => (a < b ? -1 : 1));

interface Asked {
  readonly text: string;
  readonly pattern: RegExp;
  readonly isTemplate: boolean;
}

/** Every quoted text and template of the sources that could be a key. */
function asked(text: string): readonly Asked[] {
  const found = [...text.matchAll(/'([a-z][\w-]*(?:\.[\w-]+)*)'|`((?:[\w.-]|\$\{[^`{}]*\})+)`/g)].map(([, whole, template]) => whole ?? template ?? '');
  return [...new Set(found)].map((literal) => ({
    text: literal, isTemplate: literal.includes('${'),
    pattern: new RegExp(`^${literal.split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', '\\.')).join('(.+)')}$`),
  }));
}

describe.each(rooms.filter((room) => existsSync(join(ROOT, room, 'messages/zh.json'))))('the messages of %s', (room) => {
  const zh = messages(room, 'zh');
  const en = messages(room, 'en');
  const keys = Object.keys(zh);
  const text = sources(room);
  const every = asked(text);
  // Codes that fill a slot are those of the room and of the engine. Commands have spaces in their names and hyphens in their keys.
  const whole = `${text}\n${room.startsWith('engine/') ? '' : engine}`;
  const wide = `${whole}\n${whole.replaceAll(/'([a-z]+) ([a-z-]+)'/g, "'$1-$2'")}`;
  const words = new Set([...wide.split(/[^\w-]+/), ...[...wide.matchAll(/'([^'\n]+)'/g)].map(([, quoted]) => quoted ?? '')]);
  const isAsked = (key: string): boolean => every.some(({ pattern, isTemplate }) => {
    const slot = pattern.exec(key)?.slice(1);
    return slot !== undefined && (!isTemplate || slot.every((one) => one.split(/[. ]/).every((word) => words.has(word))));
  });

  test('are in both languages, with the same slots, and none is empty', () => {
    expect(new Set(Object.keys(en))).toEqual(new Set(keys));
    for (const key of keys) {
      expect([key, slots(en[key] ?? '')]).toEqual([key, slots(zh[key] ?? '')]);
      expect([key, zh[key]?.trim() !== '' && en[key]?.trim() !== '']).toEqual([key, true]);
    }
  });

  test('are all asked for by the sources beside them', () => {
    expect(keys.filter((key) => !isAsked(key))).toEqual([]);
  });

  test('that the sources ask for are all there', () => {
    const first = new Set(keys.filter((key) => key.includes('.')).map((key) => key.split('.')[0] ?? ''));
    const meant = every.filter(({ text: key }) => key.includes('.') && first.has(key.split('.')[0] ?? '') && !/\.(?:ts|tsx|js|mjs|json|yaml|css|txt|docx|md)$/.test(key));
    expect(meant.filter(({ pattern }) => !keys.some((key) => pattern.test(key))).map(({ text: key }) => key)).toEqual([]);
  });
});
