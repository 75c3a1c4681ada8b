import { render, sourceFrame } from '#engine/kernel/index.ts';
import type { Diagnostic, Locale, Messages } from '#engine/kernel/index.ts';
import type { Finding } from './pack.ts';
import en from './messages/en.json' with { type: 'json' };
import zh from './messages/zh.json' with { type: 'json' };

/** The words of this room, by language. */
export const PACK_MESSAGES: Readonly<Record<Locale, Messages>> = { zh, en };

/** A diagnostic in words: what is wrong, and what to do. */
export function describeDiagnostic(diagnostic: Diagnostic, locale: Locale): { readonly message: string; readonly hint: string } {
  const messages = PACK_MESSAGES[locale];
  const { kind } = diagnostic.data;
  const data = kind === undefined ? diagnostic.data : { ...diagnostic.data, kind: render(messages, `kind.${kind}`) };
  const near = diagnostic.nearest === undefined ? '' : render(messages, 'diagnostic.nearest', { nearest: diagnostic.nearest });
  return {
    message: render(messages, `diagnostic.${diagnostic.code}`, data),
    hint: `${near}${near === '' ? '' : ' '}${render(messages, `diagnostic.${diagnostic.code}.hint`, data)}`,
  };
}

/** A diagnostic as a compiler prints it: place, message, the line with the range marked, hint. */
export function printDiagnostic(diagnostic: Diagnostic, texts: ReadonlyMap<string, string>, locale: Locale): string {
  const { place, code } = diagnostic;
  const { message, hint } = describeDiagnostic(diagnostic, locale);
  const text = texts.get(place.file);
  return [`${place.file}:${place.line}:${place.column} ${code}`, message, ...(text === undefined ? [] : [sourceFrame(text, place)]), hint].join('\n');
}

/** A finding in words: its name, what it means for staff, and what a resident is told. */
export function describeFinding(finding: Finding, locale: Locale): { readonly title: string; readonly explanation: string; readonly plain: string } {
  const messages = PACK_MESSAGES[locale];
  const key = `finding.${finding.code}`;
  return { title: render(messages, `${key}.title`, finding.data), explanation: render(messages, key, finding.data), plain: render(messages, `${key}.plain`, finding.data) };
}
