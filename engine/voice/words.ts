/** So many characters somebody may write, as people count them. */
export const MOST_CHARACTERS = { words: 2_000, reason: 500, place: 100, reach: 60 } as const;

/** What somebody typed, without what no keyboard writes: other control characters than the ends of lines. */
export function cleanWords(typed: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  return typed.toWellFormed().replaceAll(/\r\n?/g, '\n').replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ').trim();
}

/** Whether a text is longer than it may be. A character of four bytes is one. */
export function isTooLong(text: string, most: keyof typeof MOST_CHARACTERS): boolean {
  return Array.from(text).length > MOST_CHARACTERS[most];
}
