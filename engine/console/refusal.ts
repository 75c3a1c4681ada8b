import { describeCaseworkRefusal } from '#engine/casework/index.ts';
import { render } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import type { ConsoleRefusal } from './console.ts';
import { CONSOLE_MESSAGES } from './entry.ts';

/** Why a command did nothing, in words. */
export function describeConsoleRefusal(refusal: ConsoleRefusal, locale: Locale): string {
  switch (refusal.kind) {
    case 'accepted-by-time': case 'application-unknown': case 'asked-before': case 'extended-before': case 'head-only': case 'not-extendable': case 'not-withdrawn': case 'organ-only': case 'worked-on-it':
    case 'task-unknown': case 'not-allowed': case 'outcome-unknown': case 'department-unknown': case 'words-too-long': case 'changed-meanwhile': return render(CONSOLE_MESSAGES[locale], `refusal.${refusal.kind}`);
    default: return describeCaseworkRefusal(refusal, locale);
  }
}
