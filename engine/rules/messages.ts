import { render, sourceFrame } from '#engine/kernel/index.ts';
import type { Diagnostic, Locale, Messages } from '#engine/kernel/index.ts';
import en from './messages/en.json' with { type: 'json' };
import zh from './messages/zh.json' with { type: 'json' };

/** The words of this room, by language. */
export const RULES_MESSAGES: Readonly<Record<Locale, Messages>> = { zh, en };

/** Slots of a message that hold a word of ours, and the keys under which that word is said. */
const SAID: Readonly<Record<string, string>> = { expected: 'type', found: 'type', by: 'named' };

/** A diagnostic about a rule in words: what is wrong, and what to do. */
export function describeRuleDiagnostic({ code, data, nearest }: Diagnostic, locale: Locale): { readonly message: string; readonly hint: string } {
  const messages = RULES_MESSAGES[locale];
  const words = Object.fromEntries(Object.entries(data).map(([slot, value]) => {
    const key = `${SAID[slot] ?? ''}.${value}`;
    return [slot, SAID[slot] !== undefined && messages[key] !== undefined ? messages[key] : value];
  }));
  const near = nearest === undefined ? '' : `${render(messages, 'diagnostic.nearest', { nearest })} `;
  return { message: render(messages, `diagnostic.${code}`, words), hint: `${near}${render(messages, `diagnostic.${code}.hint`, words)}` };
}

/** A diagnostic as a compiler prints it: place, message, the line with the range marked, hint. */
export function printRuleDiagnostic(diagnostic: Diagnostic, texts: ReadonlyMap<string, string>, locale: Locale): string {
  const { place, code } = diagnostic;
  const { message, hint } = describeRuleDiagnostic(diagnostic, locale);
  const text = texts.get(place.file);
  return [`${place.file}:${place.line}:${place.column} ${code}`, message, ...(text === undefined ? [] : [sourceFrame(text, place)]), hint].join('\n');
}
