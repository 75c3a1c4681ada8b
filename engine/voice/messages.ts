import { render } from '#engine/kernel/index.ts';
import type { CalendarDate, Locale, Messages } from '#engine/kernel/index.ts';
import { describeCaseworkRefusal } from '#engine/casework/index.ts';
import type { VoiceRefusal } from './command.ts';
import type { RatingLevel } from './event.ts';
import type { PhotoCheck } from './photo.ts';
import en from './messages/en.json' with { type: 'json' };
import zh from './messages/zh.json' with { type: 'json' };

/** The words of this room, by language: levels, refusals, and the notice of an answer. */
export const VOICE_MESSAGES: Readonly<Record<Locale, Messages>> = { zh, en };

/** What a level is called. */
export function nameOfLevel(level: RatingLevel, locale: Locale): string {
  return render(VOICE_MESSAGES[locale], `level.${level}`);
}

/** Why nothing was said or done, and what to do next; a day is written by `write`. */
export function describeVoiceRefusal(refusal: VoiceRefusal | Exclude<PhotoCheck, { kind: 'photo' }>, locale: Locale, write: (day: CalendarDate) => string): string {
  const messages = VOICE_MESSAGES[locale];
  switch (refusal.kind) {
    case 'contact-too-old': return render(messages, 'refusal.contact-too-old', { until: write(refusal.until) });
    case 'task-claimed': case 'task-done': case 'task-not-done': case 'task-not-yours': case 'reason-missing': return describeCaseworkRefusal(refusal, locale);
    default: return render(messages, `refusal.${refusal.kind}`);
  }
}

/** The template of the notice that a department has answered; its slot is the number of the matter. */
export const ANSWERED_NOTICE = 'notice.answered';
