import { addDays } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { ChangeKind } from '../change.ts';
import { foldGrant } from './grant.ts';
import type { Grant, GrantEvent } from './grant.ts';
import { dayOfMonth, monthsLater } from './month.ts';
import { stretchesBetween } from './stretch.ts';
import type { Stretch } from './stretch.ts';

/** What a resident is told: a template of the messages with what fills it. */
export interface NoticeOrder {
  readonly kind: 'granted' | 'changed' | 'ended' | 'confirmation' | 'decision';
  readonly template: string;
  readonly values: Readonly<Record<string, string | number | { readonly fen: number } | { readonly day: CalendarDate } | { readonly service: string }>>;
  /** Undefined where nothing is asked. */
  readonly respondBy: CalendarDate | undefined;
}

/**
 * What the subject of a grant is told once its months have been decided again: one notice for each stretch of months
 * that comes to something else, in the words of a run where it holds on, in words of its own where it is past.
 */
export function noticesOfSettling(grant: Grant, service: string, events: readonly GrantEvent[], respondBy: CalendarDate): readonly NoticeOrder[] {
  return stretchesBetween(grant.steps, foldGrant(events, grant).steps).map((stretch) => noticeOf(stretch, service, respondBy));
}

function noticeOf({ from, until, wasFen, isFen }: Stretch, service: string, respondBy: CalendarDate): NoticeOrder {
  const kind = isFen === undefined ? 'ended' : wasFen === undefined ? 'new' : isFen > wasFen ? 'raised' : 'lowered';
  const values = { service: { service }, amount: { fen: isFen ?? 0 }, before: { fen: wasFen ?? 0 }, from: { day: dayOfMonth(from) }, by: { day: respondBy } };
  if (until === undefined) return { ...toldOf(kind, isFen), values, respondBy };
  // What was made good for the past cannot be refused, only objected to.
  return { kind: kind === 'ended' ? 'ended' : 'changed', template: kind === 'new' ? orInKind(PAST.new, isFen) : PAST[kind], values: { ...values, until: { day: addDays(dayOfMonth(monthsLater(until, 1)), -1) } }, respondBy };
}

/** The words for months that are over. */
const PAST = { new: 'notice.granted-for', raised: 'notice.raised-for', lowered: 'notice.lowered-for', ended: 'notice.ended-for' } as const satisfies Record<Exclude<ChangeKind, 'now-unknown'>, string>;

/** The words for a change that is made. */
export function toldOf(kind: ChangeKind, isFen: number | undefined): Pick<NoticeOrder, 'kind' | 'template'> {
  switch (kind) {
    case 'new': return { kind: 'granted', template: orInKind('notice.granted', isFen) };
    case 'raised': return { kind: 'changed', template: 'notice.raised' };
    case 'lowered': return { kind: 'changed', template: 'notice.lowered' };
    case 'ended': return { kind: 'ended', template: 'notice.ended' };
    case 'now-unknown': throw new RangeError('a grant of which nothing is known any more is not changed');
    default: return kind satisfies never;
  }
}

/** Services that bring no money have words of their own. */
export function orInKind(template: string, fen: number | undefined): string {
  return fen === undefined || fen === 0 ? `${template}-in-kind` : template;
}
