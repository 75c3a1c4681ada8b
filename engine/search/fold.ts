import { pinyin } from 'pinyin-pro';

/** A text as search compares it: lower case, half-width, without spaces and punctuation. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/[\s\p{P}\p{S}]+/gu, '');
}

/** Whether a folded query holds Latin letters only, so that it may be pinyin or initials. */
export function isLatin(folded: string): boolean {
  return /^[a-z0-9]+$/.test(folded);
}

/** How a Chinese text is read: syllables without tones, joined (`shiyebaoxian`), and their initials (`sybx`). */
export interface Reading {
  readonly full: string;
  readonly initials: string;
}

export function readingOf(text: string): Reading {
  const syllables = pinyin(text, { toneType: 'none', type: 'array', nonZh: 'removed', v: true });
  return { full: syllables.join(''), initials: syllables.map((syllable) => syllable[0] ?? '').join('') };
}

/** The pairs of neighbouring characters of a folded text; the text itself where it is one character. */
export function bigrams(folded: string): string[] {
  const chars = Array.from(folded);
  return chars.length < 2 ? chars : chars.slice(1).map((char, index) => `${chars[index]}${char}`);
}
