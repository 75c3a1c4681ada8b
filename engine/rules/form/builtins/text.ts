import { LONGEST_TEXT } from '../arithmetic.ts';
import { printValue } from '../print.ts';
import { expression } from '../pattern.ts';
import { whole } from '../decimal.ts';
import { list } from '../value.ts';
import type { FormValue } from '../value.ts';
import { anything, builtin, listed, optional, orNull, place, text, way } from './signature.ts';

const short = (found: string): FormValue => (found.length > LONGEST_TEXT ? null : found);

const charactersOf = (string: string): readonly string[] => Array.from(string);

/** Characters, as people count them: one outside the first plane is one. */
function substring(string: string, start: number, length: number | undefined): FormValue {
  const characters = charactersOf(string);
  const from = start > 0 ? start - 1 : characters.length + start;
  if (start === 0 || from < 0 || from >= characters.length || (length !== undefined && length < 1)) return start === 0 || from < 0 || (length !== undefined && length < 1) ? null : '';
  return characters.slice(from, length === undefined ? undefined : from + length).join('');
}

function around(string: string, match: string, side: 'before' | 'after'): string {
  const at = string.indexOf(match);
  if (at === -1) return '';
  return side === 'before' ? string.slice(0, at) : string.slice(at + match.length);
}

function joinedBy(items: readonly FormValue[], delimiter: string): FormValue {
  const texts = items.filter((item) => item !== null);
  return texts.every((item) => typeof item === 'string') ? short(texts.join(delimiter)) : null;
}

/** What stands for a match: `$1` is what the first brackets found, `$0` all of it; `\$` and `\\` are the signs themselves, and alone they are wrong. */
function replaced(input: string, pattern: RegExp, by: string): FormValue {
  if (/\\(?![\\$])|(?<!\\)(?:\\\\)*\$(?!\d)/.test(by)) return null;
  return input.replaceAll(pattern, (...found: readonly unknown[]) => by.replaceAll(/\\([\\$])|\$(\d)/g, (_, sign: string | undefined, group: string | undefined) => sign ?? groupOf(found, Number(group))));
}

function groupOf(found: readonly unknown[], group: number): string {
  const groups = found.slice(0, found.findIndex((part) => typeof part === 'number'));
  const one = groups[group];
  return typeof one === 'string' ? one : '';
}

const test = (apply: (string: string, match: string) => FormValue) => builtin(way([text('string'), text('match')], ([string, match]) => apply(string, match)));

export const TEXTS = {
  string: builtin(way([anything('from')], ([from]) => (from === null ? null : short(printValue(from))))),
  'string length': builtin(way([text('string')], ([string]) => whole(charactersOf(string).length))),
  'upper case': builtin(way([text('string')], ([string]) => string.toUpperCase())),
  'lower case': builtin(way([text('string')], ([string]) => string.toLowerCase())),
  trim: builtin(way([text('string')], ([string]) => string.trim())),
  substring: builtin(way([text('string'), place('start position'), optional(place('length'))], ([string, start, length]) => substring(string, start, length))),
  'substring before': test((string, match) => around(string, match, 'before')),
  'substring after': test((string, match) => around(string, match, 'after')),
  contains: test((string, match) => string.includes(match)),
  'starts with': test((string, match) => string.startsWith(match)),
  'ends with': test((string, match) => string.endsWith(match)),
  matches: builtin(way([text('input'), text('pattern'), optional(orNull(text('flags')))], ([input, pattern, flags]) => expression(pattern, flags ?? '', input)?.test(input) ?? null)),
  replace: builtin(way([text('input'), text('pattern'), text('replacement'), optional(orNull(text('flags')))], ([input, pattern, by, flags]) => {
    const found = expression(pattern, flags ?? '', input);
    const made = found && !found.test('') ? replaced(input, new RegExp(found.source, `${found.flags}g`), by) : null;
    return typeof made === 'string' ? short(made) : null;
  })),
  split: builtin(way([text('string'), text('delimiter')], ([string, delimiter]) => {
    const found = expression(delimiter, '', string);
    return found && list(string.split(found));
  })),
  'string join': builtin(way([listed('list'), optional(orNull(text('delimiter')))], ([{ items }, delimiter]) => joinedBy(items, delimiter ?? ''))),
} as const;
