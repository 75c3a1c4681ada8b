import type { Acting } from './acted.ts';
import { dayOfMonth, monthsLater } from './month.ts';
import type { Month } from './month.ts';
import { rightIn } from './grant.ts';
import type { Grant, GrantEvent } from './grant.ts';
import type { NoticeOrder } from './notice.ts';

/** Why a grant is held whose subject stands in no register any more. */
export const NOT_IN_REGISTER = 'not-in-register';

/** What somebody found out about a subject who is in no register; undefined where nobody was asked, or too long ago. */
export type Whereabouts = 'asked' | 'still-here' | 'left' | undefined;

/** What is done about the grant of a subject, by whether the release of the run has them. */
export type Missed =
  /** The money waits, the person is told, and somebody has to find out: registers lose people who live, too. */
  | { readonly kind: 'ask'; readonly events: readonly GrantEvent[] }
  | { readonly kind: 'end'; readonly from: Month; readonly events: readonly GrantEvent[] }
  | { readonly kind: 'free'; readonly events: readonly GrantEvent[] };

/** How long a finding that somebody is still here is good before it is asked again, in months. */
export const STILL_HERE_MONTHS = 3;

/**
 * What becomes of a grant whose subject the release does not have, or has again; undefined where nothing does.
 *
 * Nothing ends because a row is missing: a feed may be late. It ends once somebody has found that they died or moved
 * away, from the month after that of the run on, and what was due before is paid.
 */
export function aboutMissing(grant: Grant, { isThere, found, run, month }: { readonly isThere: boolean; readonly found: Whereabouts; readonly run: string; readonly month: Month }): Missed | undefined {
  const waits = grant.held === NOT_IN_REGISTER;
  const free: readonly GrantEvent[] = waits ? [{ kind: 'freed' }] : [];
  if (isThere || found === 'still-here') return waits ? { kind: 'free', events: free } : undefined;
  const from = monthsLater(month, 1);
  if (rightIn(grant.steps, month) === undefined && rightIn(grant.steps, from) === undefined) return undefined;
  if (found === 'left') return rightIn(grant.steps, from) === undefined ? undefined : { kind: 'end', from, events: [{ kind: 'set', run, ground: 'facts', from, clause: NOT_IN_REGISTER }, ...free] };
  // Whose account is wrong is held already: the money waits either way.
  return found === 'asked' ? undefined : { kind: 'ask', events: grant.held === undefined ? [{ kind: 'held', because: NOT_IN_REGISTER }] : [] };
}

/** What the subject is told of it; undefined where they learn of it by the money that comes. */
export function noticeOfMissing({ respondBy }: Pick<Acting, 'respondBy'>, service: string, missed: Missed): NoticeOrder | undefined {
  const values = { service: { service }, by: { day: respondBy } };
  switch (missed.kind) {
    case 'ask': return { kind: 'decision', template: 'notice.whereabouts', values, respondBy };
    case 'end': return { kind: 'ended', template: 'notice.ended-left', values: { ...values, from: { day: dayOfMonth(missed.from) } }, respondBy };
    case 'free': return undefined;
    default: return missed satisfies never;
  }
}
