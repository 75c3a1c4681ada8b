/** The languages the product speaks; the first is the one every text has. */
export const LOCALES = ['zh', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** A text that has at least Chinese. A missing English line is counted by the plan linter, not an error. */
export interface LocalText {
  readonly zh: string;
  readonly en?: string | undefined;
}

/** A name of a thing or of an audience: both languages are required (contract 16). */
export interface LocalName {
  readonly zh: string;
  readonly en: string;
}

/** The text in the reader's language, or in Chinese where that language has none. */
export function say(text: LocalText, locale: Locale): string {
  return text[locale] ?? text.zh;
}

/** Templates of one language: key to text with `{name}` slots. */
export type Messages = Readonly<Record<string, string>>;

/**
 * A message filled with its data.
 *
 * A missing key gives the key itself in brackets, so that a forgotten message is seen and found by the message test.
 */
export function render(messages: Messages, key: string, data: Readonly<Record<string, string | number>> = {}): string {
  const template = messages[key];
  if (template === undefined) return `[${key}]`;
  const parts = partsOf(template);
  let said = parts[0] ?? '';
  for (let at = 1; at < parts.length; at += 2) {
    const slot = parts[at] ?? '';
    said += `${data[slot] ?? `{${slot}}`}${parts[at + 1] ?? ''}`;
  }
  return said;
}

/** Templates cut into texts and slots by turns. There are as many as messages, and answers are made of hundreds of them. */
const PARTS = new Map<string, readonly string[]>();

function partsOf(template: string): readonly string[] {
  const found = PARTS.get(template);
  if (found) return found;
  const made = template.split(/\{(\w+)\}/);
  PARTS.set(template, made);
  return made;
}
