import type { NoticeContent } from '#engine/casework/index.ts';
import type { Locale, Messages } from '#engine/kernel/index.ts';
import en from './messages/en.json' with { type: 'json' };
import zh from './messages/zh.json' with { type: 'json' };

/** The words of the room. */
export const RECORD_MESSAGES: Readonly<Record<Locale, Messages>> = { zh, en };

/** The words of a notice that a dispute was answered, by how. */
export const DISPUTE_NOTICES = { accepted: 'notice.dispute-accepted', refused: 'notice.dispute-refused' } as const;

/** What somebody is told whose dispute was answered: how, and where the answer stands. */
export function noticeOfAnswer(outcome: keyof typeof DISPUTE_NOTICES, fact: string): NoticeContent {
  return { noticeKind: 'answered', template: DISPUTE_NOTICES[outcome], values: { fact }, service: null, respondBy: null };
}
