import type { NoticeContent } from '#engine/casework/index.ts';

/** The words of a notice that a person has looked at what a machine could not decide, by what they found. */
export const REVIEW_NOTICES: Readonly<Record<string, string>> = { 'facts-confirmed': 'notice.review-confirmed', 'facts-refuted': 'notice.review-refuted' };

/** What somebody is told whose service was looked at, with the reason; undefined where the outcome is none of a review. */
export function noticeOfReview(service: string, outcome: string, reason: string): NoticeContent | undefined {
  const template = REVIEW_NOTICES[outcome];
  return template === undefined ? undefined : { noticeKind: 'answered', template, values: { service: { service }, reason }, service, respondBy: null };
}
