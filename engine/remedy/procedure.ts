import { deadlineOf } from '#engine/casework/index.ts';
import type { DueCounting, NoticeKind, WorkingCalendar } from '#engine/casework/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Pack, Remedy, Service } from '#engine/pack/index.ts';

/** How an application is worked on, as the pack has it from a day on. */
export type Procedure = NonNullable<Remedy['procedures']>[number];

/** How long a step of it may take. */
export type StepLimit = Procedure['accept'];

/** Notices that tell a decision; a question, or an answer to something else, is none. */
export const DECISION_NOTICES: ReadonlySet<NoticeKind> = new Set(['changed', 'decision', 'ended', 'granted', 'recovery']);

/** The last day of a step, and how it was counted. */
export interface LastDay {
  readonly dueOn: CalendarDate;
  readonly dueCounted: DueCounting;
}

/** The remedy of a service that can be applied for here on a day, and how it goes; undefined where none can. */
export function remedyFor({ remedies }: Pick<Pack, 'remedies'>, service: Pick<Service, 'remedies'> | undefined, on: CalendarDate): { readonly remedy: Remedy; readonly procedure: Procedure } | undefined {
  for (const id of service?.remedies ?? []) {
    const remedy = remedies.get(id);
    const procedure = remedy?.procedures?.findLast(({ from }) => from <= on);
    if (remedy && procedure) return { remedy, procedure };
  }
  return undefined;
}

/** The last day of a step that began on a day; `more`: what was added to its time. */
export function lastDayOf(calendar: WorkingCalendar, from: CalendarDate, { unit: kind, count }: Pick<StepLimit, 'unit' | 'count'>, more = 0): LastDay {
  const due = deadlineOf(calendar, from, { kind, count: count + more });
  // Only a time that is interrupted has no last day, and none is here.
  return due.kind === 'due' ? { dueOn: due.on, dueCounted: due.counted } : { dueOn: from, dueCounted: 'weekends' };
}

/** The last day to apply after somebody was told; null where nobody told them, or any day will do. */
export function lastDayToApply(calendar: WorkingCalendar, toldOn: CalendarDate | null, { withinDays }: Pick<Remedy, 'withinDays'>): CalendarDate | null {
  return toldOn === null || withinDays === undefined ? null : lastDayOf(calendar, toldOn, { unit: 'days', count: withinDays }).dueOn;
}
