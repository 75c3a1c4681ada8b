import { describeEntitlementDiagnostic } from '#engine/entitlement/index.ts';
import { render, sourceFrame } from '#engine/kernel/index.ts';
import type { Diagnostic, Locale, Messages } from '#engine/kernel/index.ts';
import en from './messages/en.json' with { type: 'json' };
import zh from './messages/zh.json' with { type: 'json' };

const MESSAGES: Readonly<Record<Locale, Messages>> = { zh, en };

/** A diagnostic of anything in a pack, its schedules too, in words. */
export function describeAny(diagnostic: Diagnostic, locale: Locale): { readonly message: string; readonly hint: string } {
  const { code, data, nearest } = diagnostic;
  const own = MESSAGES[locale];
  const key = `diagnostic.${code}`;
  if (own[key] === undefined) return describeEntitlementDiagnostic(diagnostic, locale);
  return { message: render(own, key, data), hint: (nearest === undefined ? '' : `${render(own, 'diagnostic.nearest', { nearest })} `) + render(own, `${key}.hint`, data) };
}

/** The same as a compiler prints it: place, message, the line with the range marked, hint. */
export function printAny(diagnostic: Diagnostic, texts: ReadonlyMap<string, string>, locale: Locale): string {
  const { place, code } = diagnostic;
  const { message, hint } = describeAny(diagnostic, locale);
  const text = texts.get(place.file);
  return [`${place.file}:${place.line}:${place.column} ${code}`, message, ...(text === undefined ? [] : [sourceFrame(text, place)]), hint].join('\n');
}
