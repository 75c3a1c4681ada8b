import type { Problem } from './ast.ts';
import { CHINESE_WORDS, LOOKALIKES } from './words.ts';

/** Strings and comments of a rule, where any character may stand. */
const QUOTED = /"(?:[^"\\]|\\[\s\S])*"|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;

/** The text with its strings and comments blanked, every place kept. */
export function bare(text: string): string {
  return text.replaceAll(QUOTED, (found) => ' '.repeat(found.length));
}

const SIGNS = new RegExp(`[${[...LOOKALIKES.keys()].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}]`, 'g');
const FULL_WIDTH = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+/g;
// oxlint-disable-next-line no-control-regex -- finding control characters is the purpose
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]/g;

/** Characters that no rule may have outside its strings: unseen ones, full-width ones, signs that only look right. */
export function characterProblems(text: string): Problem[] {
  const visible = bare(text);
  return [
    ...[...text.matchAll(UNSEEN)].map((match): Problem => ({ code: 'rule-unseen-character', at: spanOf(match), data: { character: `U+${match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}` } })),
    ...[...visible.matchAll(FULL_WIDTH)].map((match): Problem => ({ code: 'rule-lookalike', at: spanOf(match), data: { found: match[0], use: halfWidth(match[0]) } })),
    ...[...visible.matchAll(SIGNS)].map((match): Problem => ({ code: 'rule-lookalike', at: spanOf(match), data: { found: match[0], use: LOOKALIKES.get(match[0]) ?? '' } })),
  ].sort((a, b) => a.at.from - b.at.from);
}

function spanOf(match: RegExpExecArray): Problem['at'] {
  return { from: match.index, to: match.index + match[0].length };
}

function halfWidth(text: string): string {
  return text.replaceAll(/[\s\S]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0));
}

/**
 * What is wrong with words that stand side by side and are read as one name: a Chinese word where the grammar has
 * its own, `not` without brackets, or simply nothing between two names.
 */
export function wordProblems(words: readonly { readonly text: string; readonly from: number; readonly to: number }[]): Problem[] {
  const chinese = words.flatMap((word): Problem[] => {
    const use = CHINESE_WORDS.get(word.text);
    return use === undefined ? [] : [{ code: 'rule-chinese-word', at: word, data: { found: word.text, use } }];
  });
  if (chinese.length > 0) return chinese;
  const [first] = words;
  const last = words.at(-1);
  if (!first || !last) return [];
  const found = words.map((word) => word.text).join(' ');
  const at = { from: first.from, to: last.to };
  return [first.text === 'not' ? { code: 'rule-not-without-brackets', at, data: { name: words.slice(1).map((word) => word.text).join(' ') } } : { code: 'rule-names-run-together', at, data: { found } }];
}

const LONGEST_FIRST = [...CHINESE_WORDS.keys()].filter((word) => word.length > 1).sort((a, b) => b.length - a.length);

/** The Chinese word inside an unknown name that should have been an operator (`年龄大于60`), or undefined. */
export function swallowed(name: string): { readonly found: string; readonly use: string } | undefined {
  const found = LONGEST_FIRST.find((word) => name.includes(word));
  return found === undefined ? undefined : { found, use: CHINESE_WORDS.get(found) ?? '' };
}
