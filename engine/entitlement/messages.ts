import { render } from '#engine/kernel/index.ts';
import type { Diagnostic, Locale, Messages } from '#engine/kernel/index.ts';
import { describeDiagnostic } from '#engine/pack/index.ts';
import { describeRuleDiagnostic, RULES_MESSAGES } from '#engine/rules/index.ts';
import en from './messages/en.json' with { type: 'json' };
import zh from './messages/zh.json' with { type: 'json' };
import type { Refused } from './read.ts';

/** The words of this room, by language. */
export const ENTITLEMENT_MESSAGES: Readonly<Record<Locale, Messages>> = { zh, en };

/** Why a described situation is refused, in words. */
export function describeRefused({ code, data, nearest }: Refused, locale: Locale): string {
  const { message, hint } = describeEntitlementDiagnostic({ code, severity: 'error', data, place: { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 }, ...(nearest === undefined ? {} : { nearest }) }, locale);
  return `${message} ${hint}`;
}

/** A diagnostic of the files, the rules or the questions of a pack in words. */
export function describeEntitlementDiagnostic(diagnostic: Diagnostic, locale: Locale): { readonly message: string; readonly hint: string } {
  const key = `diagnostic.${diagnostic.code}`;
  const own = ENTITLEMENT_MESSAGES[locale];
  if (own[key] !== undefined) return { message: render(own, key, diagnostic.data), hint: nearestOf(diagnostic, locale) + render(own, `${key}.hint`, diagnostic.data) };
  return RULES_MESSAGES[locale][key] === undefined ? describeDiagnostic(diagnostic, locale) : describeRuleDiagnostic(diagnostic, locale);
}

function nearestOf({ nearest }: Diagnostic, locale: Locale): string {
  return nearest === undefined ? '' : `${render(ENTITLEMENT_MESSAGES[locale], 'diagnostic.nearest', { nearest })} `;
}
