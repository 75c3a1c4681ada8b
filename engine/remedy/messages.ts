import { render } from '#engine/kernel/index.ts';
import type { Locale, Messages } from '#engine/kernel/index.ts';
import type { ReconsiderationOutcome, ReconsiderationWish } from './event.ts';
import en from './messages/en.json' with { type: 'json' };
import zh from './messages/zh.json' with { type: 'json' };

/** The words of this room, by language: what is asked for, outcomes, notices. */
export const REMEDY_MESSAGES: Readonly<Record<Locale, Messages>> = { zh, en };

/** What somebody asks for, in words. */
export function nameOfWish(wish: ReconsiderationWish, locale: Locale): string {
  return render(REMEDY_MESSAGES[locale], `wish.${wish}`);
}

/** What it was decided to, in words. */
export function nameOfReconsidered(outcome: ReconsiderationOutcome, locale: Locale): string {
  return render(REMEDY_MESSAGES[locale], `decided.${outcome}`);
}
