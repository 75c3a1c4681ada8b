import { rightIn, sameRight } from './grant.ts';
import type { Grant, GrantEvent, Ground, Right } from './grant.ts';
import { monthsLater } from './month.ts';
import type { Month } from './month.ts';

/** What a run says of one month of a grant. */
export type MonthVerdict =
  | { readonly month: Month; readonly kind: 'yes'; readonly right: Right }
  | { readonly month: Month; readonly kind: 'no' | 'unknown'; readonly clause: string };

/**
 * The events that bring a grant to what its months come to; none where it already is there.
 *
 * `months` are months without a gap, ascending; the last one holds on until something else is said. A month of which the
 * answer is unknown goes on as the month before it: no grant begins or ends on what nobody knows. A grant decided month
 * by month, and decided again from the first month that a correction touches, is the grant decided from scratch.
 */
export function settleMonths(grant: Grant, months: readonly MonthVerdict[], { run, ground }: { readonly run: string; readonly ground: Ground }): readonly GrantEvent[] {
  const last = months.at(-1)?.month;
  const first = months[0]?.month;
  if (first === undefined) return [];
  let before = rightIn(grant.steps, monthsLater(first, -1));
  const events: Setting[] = [];
  for (const one of months) {
    const was = rightIn(grant.steps, one.month);
    // Whoever has refused is not given anything again, but what is no longer due is still taken back.
    const right = grant.refused && was === undefined ? undefined : rightOf(one, before);
    before = right;
    const open = one.month === last;
    if (sameRight(right, was) && !(open && wouldChange(grant, one.month, right))) continue;
    put(events, { kind: 'set', run, ground, from: one.month, until: open ? undefined : one.month, right, clause: one.kind === 'yes' ? undefined : one.clause });
  }
  return events;
}

type Setting = Extract<GrantEvent, { kind: 'set' }>;

/** Adds an event, or lengthens the last one where it says the same of the month before. */
function put(events: Setting[], event: Setting): void {
  const last = events.at(-1);
  if (last && last.until === monthsLater(event.from, -1) && sameRight(last.right, event.right) && last.clause === event.clause) events[events.length - 1] = { ...last, until: event.until };
  else events.push(event);
}

/** Whether a grant says something else of months after this one. */
function wouldChange({ steps }: Grant, month: Month, right: Right | undefined): boolean {
  return steps.some((step) => step.from > month && !sameRight(step.right, right));
}

function rightOf(one: MonthVerdict, before: Right | undefined): Right | undefined {
  switch (one.kind) {
    case 'yes': return one.right;
    case 'no': return undefined;
    case 'unknown': return before;
    default: return one satisfies never;
  }
}
