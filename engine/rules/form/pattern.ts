/*
 * Patterns of XPath, which FEEL uses, as regular expressions of JavaScript. A pattern that could look for longer than
 * anybody waits is refused before it is tried: nothing can stop one once it runs.
 */

const LONGEST_PATTERN = 500;
const LONGEST_INPUT = 10_000;
/** About how many comparisons a search may take. */
const MOST_STEPS = 100_000_000;
/** A group that repeats what itself repeats may try every way to share the input between the two. */
const LONGEST_NESTED = 24;

/** The pattern made ready for an input; null where it is none, has an unknown flag, or could look too long. */
export function expression(pattern: string, flags: string, input: string): RegExp | null {
  if (pattern.length > LONGEST_PATTERN || input.length > LONGEST_INPUT || !/^[smixq]*$/.test(flags)) return null;
  const literal = flags.includes('q');
  const source = literal ? pattern.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&') : translated(flags.includes('x') ? spaceless(pattern) : pattern);
  if (source === null || !bounded(source, input.length)) return null;
  try {
    return new RegExp(source, `${!literal && SUBTRACTION.test(pattern) ? 'v' : 'u'}${['s', 'm', 'i'].filter((flag) => flags.includes(flag)).join('')}`);
  } catch {
    return null; // The only way to ask whether it is a pattern.
  }
}

/** Outside of classes, spaces of a pattern with the flag `x` are for the reader. */
function spaceless(pattern: string): string {
  return pattern.replaceAll(/\[(?:\\.|[^\]\\])*\]|\s+/g, (found) => (found.startsWith('[') ? found : ''));
}

/** `[a-z-[aeiou]]`: a class without another. */
const SUBTRACTION = /-\[/;

/** Blocks of Unicode that people name in patterns. */
const BLOCKS: ReadonlyMap<string, string> = new Map([
  ['BasicLatin', '\\u0000-\\u007f'], ['Latin-1Supplement', '\\u0080-\\u00ff'], ['LatinExtended-A', '\\u0100-\\u017f'], ['GreekandCoptic', '\\u0370-\\u03ff'], ['Cyrillic', '\\u0400-\\u04ff'],
  ['GeneralPunctuation', '\\u2000-\\u206f'], ['CJKSymbolsandPunctuation', '\\u3000-\\u303f'], ['CJKUnifiedIdeographs', '\\u4e00-\\u9fff'], ['HalfwidthandFullwidthForms', '\\uff00-\\uffef'],
]);

/** What XPath says otherwise than JavaScript, or has not. */
function translated(pattern: string): string | null {
  // Anchors, look-around and empty classes that XPath has not.
  if (/\\[ABbZz0]|\(\?[^:]|\[\^?\]/.test(pattern)) return null;
  const named = pattern.replaceAll(/\\([pP])\{Is([^}]+)\}/g, (whole, sign: string, block: string) => (BLOCKS.has(block) ? `[${sign === 'P' ? '^' : ''}${BLOCKS.get(block) ?? ''}]` : whole));
  const letters = named.replaceAll(/\\([icIC])/g, (_, letter: string) => `[${letter === letter.toUpperCase() ? '^' : ''}\\p{L}_:${letter.toLowerCase() === 'c' ? '\\p{N}.\\-' : ''}]`);
  return letters.replaceAll(/\[(\^?)((?:\\.|[^[\]\\])*)-\[([^\]]*)\]\]/g, '[[$1$2]--[$3]]');
}

/** Whether a search stays below the limit: each repeat without end multiplies it by the length of the input. */
function bounded(source: string, length: number): boolean {
  if (length <= LONGEST_NESTED) return true;
  const plain = source.replaceAll(/\\./g, 'a').replaceAll(/\[[^\]]*\]/g, 'a');
  // A group that repeats, with a repeat, a choice or a group inside it; and what refers to a group.
  if (/\([^()]*(?:[*+|]|\{\d+,\d*\})[^()]*\)(?:[*+]|\{\d+,)|\)[^()]*\)[*+{]/.test(plain) || /\\[1-9]/.test(source)) return false;
  const repeats = (plain.match(/[*+]|\{\d+,\}/g) ?? []).length;
  return length ** Math.max(1, repeats) <= MOST_STEPS;
}
