/**
 * What is wrong with a text, as a value.
 *
 * A diagnostic is about a file of a pack (or of a diff, a feed, a rule): it is collected, never thrown.
 * Its words are templates in `messages/`, filled from `data`, so that one diagnostic speaks every language.
 */
export interface Diagnostic {
  readonly code: string;
  /** `error`: the file cannot be served. `warning`: it can, and somebody should look. */
  readonly severity: 'error' | 'warning';
  readonly place: FilePlace;
  readonly data: Readonly<Record<string, string | number>>;
  /** The nearest right thing, where one is known (an id that exists, a key that is allowed). */
  readonly nearest?: string;
}

/** A range inside a file of a pack. Lines and columns count from 1; columns are UTF-16 units. */
export interface FilePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/**
 * The lines of a text at a place with the range marked below, as a compiler prints them.
 *
 * Wide characters (Han, full-width) take two columns, so the marks stand under what they mark.
 */
export function sourceFrame(text: string, place: FilePlace): string {
  const line = text.split('\n')[place.line - 1] ?? '';
  const end = place.endLine === place.line ? place.endColumn : line.length + 1;
  const before = line.slice(0, place.column - 1);
  const marked = line.slice(place.column - 1, end - 1);
  const gutter = String(place.line);
  return `${gutter} | ${line}\n${' '.repeat(gutter.length)} | ${' '.repeat(width(before))}${'^'.repeat(Math.max(1, width(marked)))}`;
}

function width(text: string): number {
  let columns = 0;
  for (const char of text) columns += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u.test(char) ? 2 : 1;
  return columns;
}
