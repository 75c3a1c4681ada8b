import { expression } from '../form/pattern.ts';
import { charactersIn } from '../relate.ts';
import { LARGEST_LIST, LARGEST_TEXT } from '../type.ts';
import type { Known, Type } from '../type.ts';
import type { Datum } from '../value.ts';
import { clashOf, count, kindsClash, textIn, TRUTH, typeAs, wholePart } from './builtin.ts';
import type { Builtin, Builtins, Given } from './builtin.ts';
import { printed, widthOf } from './print.ts';

/* Functions of texts. A character is what people count as one: a sign outside the first plane is one, not two. */

const text = (most: number): Given => (most > LARGEST_TEXT ? { kind: 'may-grow', bound: BigInt(most), most: BigInt(LARGEST_TEXT) } : { type: { kind: 'text', most } });
const charactersOf = (value: string): readonly string[] => Array.from(value);
const lengthIn = (known: Known | undefined): number => charactersIn(typeAs('text', known) ?? { kind: 'text', most: 0 });

/** A text of texts that is at most so long. */
function changed(most: (length: number) => number, change: (value: string) => string): Builtin {
  return { gives: (of) => kindsClash(of, [['text']]) ?? text(most(lengthIn(of[0]))), apply: ([value]) => change(textIn(value)) };
}

function test(holds: (value: string, match: string) => boolean): Builtin {
  return { gives: (of) => kindsClash(of, [['text'], ['text']]) ?? { type: TRUTH }, apply: ([value, match]) => holds(textIn(value), textIn(match)) };
}

/** What stands on one side of the first place where a text has another; the empty text where it has it nowhere. */
function side(which: (value: string, at: number, length: number) => string): Builtin {
  return {
    gives: (of) => kindsClash(of, [['text'], ['text']]) ?? text(lengthIn(of[0])),
    apply: ([value, match]) => {
      const [whole, part] = [textIn(value), textIn(match)];
      const at = whole.indexOf(part);
      return at < 0 ? '' : which(whole, at, part.length);
    },
  };
}

/** From a place counted from 1, or from -1 at the end. Before the start, from place 0 and for no characters there is no answer. */
function part(value: string, start: number, length: number | undefined): string | undefined {
  const characters = charactersOf(value);
  const from = start < 0 ? characters.length + start : start - 1;
  if (from < 0 || start === 0 || (length !== undefined && length <= 0)) return undefined;
  return characters.slice(from, length === undefined ? characters.length : from + length).join('');
}

function substringType(of: readonly Known[]): Given {
  const problem = kindsClash(of, of.length > 2 ? [['text'], ['number'], ['number']] : [['text'], ['number']]);
  const length = typeAs('number', of[2]);
  const most = length ? Math.min(lengthIn(of[0]), Math.max(0, Number(length.max / 10n ** BigInt(length.scale)))) : lengthIn(of[0]);
  return problem ?? { type: { kind: 'text', most }, partial: true };
}

function listJoined(of: readonly Known[]): Given {
  const list = typeAs('list', of[0]);
  if (!list || (list.of && list.of.kind !== 'text')) return clashOf('text', list?.of ?? of[0]?.type);
  if (of[1] && of[1].type.kind !== 'text') return clashOf('text', of[1].type);
  return text(list.most * (list.of ? charactersIn(list.of) : 0) + Math.max(0, list.most - 1) * (of[1] ? lengthIn(of[1]) : 0));
}

function join([list, delimiter]: readonly (Datum | undefined)[]): string | undefined {
  const items = typeof list === 'object' && list.kind === 'list' ? list.items : [];
  return items.filter((item) => item !== undefined).map(textIn).join(delimiter === undefined ? '' : textIn(delimiter));
}

/** Patterns are written, not computed: `with` is the pattern and its flags. What a pattern could be searched in for too long has no answer. */
function pattern(value: Datum | undefined, [source = '', flags = '']: readonly string[]): RegExp | undefined {
  return expression(source, flags, textIn(value)) ?? undefined;
}

/** What stands for a match: `$1` is what the first brackets found, `$0` all of it. */
function replaced(input: string, found: RegExp, by: string): string | undefined {
  if (found.test('')) return undefined;
  const made = input.replaceAll(new RegExp(found.source, `${found.flags}g`), (...match: readonly unknown[]) => {
    const end = match.findIndex((one) => typeof one === 'number');
    return by.replaceAll(/\\([\\$])|\$(\d)/g, (_, sign: string | undefined, group: string | undefined) => {
      const one = Number(group) < end ? match[Number(group)] : undefined;
      return sign ?? (typeof one === 'string' ? one : '');
    });
  });
  return made.length > LARGEST_TEXT ? undefined : made;
}

export const TEXTS = {
  'string length': { gives: (of) => kindsClash(of, [['text']]) ?? { type: count(lengthIn(of[0])) }, apply: ([value]) => BigInt(charactersOf(textIn(value)).length) },
  // A letter may have up to three in the other case.
  'upper case': changed((length) => length * 3, (value) => value.toUpperCase()),
  'lower case': changed((length) => length * 3, (value) => value.toLowerCase()),
  trim: changed((length) => length, (value) => value.trim()),
  contains: test((value, match) => value.includes(match)),
  'starts with': test((value, match) => value.startsWith(match)),
  'ends with': test((value, match) => value.endsWith(match)),
  'substring before': side((value, at) => value.slice(0, at)),
  'substring after': side((value, at, length) => value.slice(at + length)),
  substring: { gives: substringType, apply: ([value, start, length], { of }) => part(textIn(value), wholePart(start, of[1]), length === undefined ? undefined : wholePart(length, of[2])) },
  /** `a + b` of texts. */
  joined: { gives: (of) => kindsClash(of, of.map(() => ['text'])) ?? text(of.reduce((sum, one) => sum + lengthIn(one), 0)), apply: (of) => of.map(textIn).join('') },
  'string join': { gives: listJoined, apply: join },
  /** What a value is written as; a text is itself. */
  string: { gives: ([of]) => (of ? text(widthOf(of.type)) : clashOf('text', undefined)), apply: ([value], { of }) => (value === undefined || !of[0] ? undefined : printed(value, of[0])) },
  matches: { gives: (of) => kindsClash(of, [['text']]) ?? { type: TRUTH, partial: true }, apply: ([value], { with: written }) => pattern(value, written)?.test(textIn(value)) },
  replace: {
    gives: (of) => kindsClash(of, [['text'], ['text']]) ?? { type: { kind: 'text', most: LARGEST_TEXT }, partial: true },
    apply: ([value, by], { with: written }) => {
      const found = pattern(value, written);
      // A sign that is escaped wrongly, or a `$` without a number, is no replacement.
      return found && !/\\(?![\\$])|(?<!\\)(?:\\\\)*\$(?!\d)/.test(textIn(by)) ? replaced(textIn(value), found, textIn(by)) : undefined;
    },
  },
  split: {
    gives: (of) => kindsClash(of, [['text']]) ?? { type: splitType(lengthIn(of[0])), partial: true },
    apply: ([value], { with: written }) => {
      const found = pattern(value, written);
      const items = found && textIn(value).split(found);
      return items && items.length <= LARGEST_LIST ? { kind: 'list', items } : undefined;
    },
  },
} as const satisfies Builtins;

function splitType(length: number): Type {
  return { kind: 'list', of: { kind: 'text', most: length }, nones: false, least: 0, most: Math.min(LARGEST_LIST, length + 1) };
}
