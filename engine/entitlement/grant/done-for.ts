import type { NoticeContent } from '#engine/casework/index.ts';

/** The words of a notice that somebody did something in a person's name, by what they did. */
export const DONE_FOR = {
  confirmed: 'notice.done-confirmed', refused: 'notice.done-refused', ended: 'notice.done-ended', wanted: 'notice.done-wanted',
  paused: 'notice.done-paused', resumed: 'notice.done-resumed', 'asked-for-person': 'notice.done-asked-for-person', objected: 'notice.done-objected',
} as const;
export type DoneFor = keyof typeof DONE_FOR;

/** What a person is told of what somebody with their leave did for them: who, what, and about which service. */
export function noticeOfDoing(service: string, did: DoneFor, who: string): NoticeContent {
  return { noticeKind: 'done-for', template: DONE_FOR[did], values: { service: { service }, who }, service, respondBy: null };
}
