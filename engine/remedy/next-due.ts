import type { WorkingCalendar } from '#engine/casework/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { lastDayOf } from './procedure.ts';
import type { Procedure } from './procedure.ts';
import type { Reconsideration, ReconsiderationStage } from './reconsideration.ts';

/** The last day of what comes next in an application, or came too late; undefined where nothing does. */
export function nextDueOn({ sent, completed, returned, accepted, extended, decided, notAccepted }: Reconsideration, stage: ReconsiderationStage, { calendar, procedure }: { readonly calendar: WorkingCalendar; readonly procedure: Procedure }): CalendarDate | undefined {
  const examinedBy = (completed ?? sent)?.dueOn;
  switch (stage) {
    case 'examined': return examinedBy;
    case 'to-complete': return returned?.dueOn;
    case 'accepted-by-time': return examinedBy && lastDayOf(calendar, examinedBy, procedure.decide).dueOn;
    case 'accepted': case 'overdue': return (extended ?? accepted)?.dueOn;
    case 'decided': return decided?.suitUntil;
    case 'not-accepted': return notAccepted?.suitUntil;
    case 'draft': case 'given-up': case 'withdrawn': return undefined;
    default: return stage satisfies never;
  }
}
