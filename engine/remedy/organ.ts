import { complete } from '#engine/casework/index.ts';
import type { NoticeValues, Task, TaskEvent, TaskRefusal, Worker } from '#engine/casework/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Applying, RemedyEvent, RemedyNotice } from './apply.ts';
import type { ReconsiderationOutcome } from './event.ts';
import { lastDayOf } from './procedure.ts';
import type { LastDay } from './procedure.ts';
import { acceptedByTimeOn, ENDED_STAGES, stageOf } from './reconsideration.ts';
import type { Reconsideration } from './reconsideration.ts';

/** How the examination of an application can end. */
export const INTAKE_OUTCOMES = ['accepted', 'accepted-simplified', 'to-complete', 'not-accepted'] as const;
export type IntakeOutcome = (typeof INTAKE_OUTCOMES)[number];

/** How the work on an accepted application can end; `extended`: it goes on. */
export const DECISION_OUTCOMES = ['upheld', 'changed', 'revoked', 'found-unlawful', 'ordered', 'rejected', 'withdrawal-granted', 'extended'] as const;
export type DecisionOutcome = (typeof DECISION_OUTCOMES)[number];

/** Why the organ's word does nothing. */
export type OrganRefusal =
  | TaskRefusal
  | { readonly kind: 'application-unknown' }
  /** The time to ask or to refuse is over: it counts as accepted. */
  | { readonly kind: 'accepted-by-time' }
  | { readonly kind: 'asked-before' }
  | { readonly kind: 'extended-before' }
  /** A simple matter has no more time, and what is late cannot be given any. */
  | { readonly kind: 'not-extendable' }
  | { readonly kind: 'not-withdrawn' };

/** What the organ's word rests on; `review`: the last day for the department to do what it is told. */
export type Deciding = Pick<Applying, 'today' | 'calendar' | 'procedure' | 'next'> & { readonly review: LastDay };

interface Word<Outcome> {
  readonly outcome: Outcome;
  readonly reason: string;
}

/** Says whether an application is accepted, or asks once for what is missing. */
export function examine(one: Reconsideration, task: Task, by: Worker, word: Word<IntakeOutcome>, deciding: Deciding): readonly RemedyEvent[] | OrganRefusal {
  const { outcome, reason } = word;
  const done = doneWith(task, by, word);
  if ('kind' in done) return done;
  if (!one.sent || one.accepted || task.number !== (one.completed ?? one.sent).task || ENDED_STAGES.has(stageOf(one, deciding.today)) || (one.returned && !one.completed)) return { kind: 'application-unknown' };
  const isAccepted = outcome === 'accepted' || outcome === 'accepted-simplified';
  if (isAccepted) return [...accepting(one, one.sent, outcome === 'accepted-simplified', deciding), ...done];
  if (acceptedByTimeOn(one, deciding.today) !== undefined) return { kind: 'accepted-by-time' };
  if (reason.trim() === '') return { kind: 'reason-missing' };
  const { today, calendar, procedure } = deciding;
  if (outcome === 'not-accepted') {
    const { dueOn: suitUntil } = lastDayOf(calendar, today, procedure.lawsuit);
    return [{ kind: 'reconsideration-not-accepted', payload: { reconsideration: one.number, on: today, because: reason, suitUntil } }, told(one, 'notice.not-accepted', { because: reason, day: { day: suitUntil } }, suitUntil), ...done];
  }
  if (one.returned) return { kind: 'asked-before' };
  const limit = lastDayOf(calendar, today, procedure.complete);
  return [{ kind: 'reconsideration-returned', payload: { reconsideration: one.number, on: today, says: reason, ...limit } }, told(one, 'notice.to-complete', { because: reason, day: { day: limit.dueOn } }, limit.dueOn), ...done];
}

function accepting(one: Reconsideration, { area, department, decidedBy }: NonNullable<Reconsideration['sent']>, simplified: boolean, { today, calendar, procedure, next }: Deciding): readonly RemedyEvent[] {
  const byTime = acceptedByTimeOn(one, today);
  const on = byTime ?? today;
  const limit = lastDayOf(calendar, on, simplified ? procedure.decideSimplified : procedure.decide);
  // The department is asked now, whenever it counts as accepted.
  const reply = lastDayOf(calendar, today, simplified ? procedure.replySimplified : procedure.reply);
  const about = { reconsideration: one.number };
  const opened = (taskKind: 'reconsideration-decision' | 'reconsideration-reply', of: string, days: LastDay): TaskEvent => ({ kind: 'task-opened', payload: { taskKind, department: of, area, service: one.service, ...days, about } });
  return [
    opened('reconsideration-decision', department, limit), opened('reconsideration-reply', decidedBy, reply),
    { kind: 'reconsideration-accepted', payload: { reconsideration: one.number, on, deemed: byTime !== undefined, simplified, task: next, replyTask: next + 1, replyBy: reply.dueOn, ...limit } },
    told(one, 'notice.accepted', { from: { day: on }, day: { day: limit.dueOn } }, null),
  ];
}

/** Decides an accepted application, lets it go, or takes more time once. Without a reason nothing is decided. */
export function decideOn(one: Reconsideration, task: Task, by: Worker, word: Word<DecisionOutcome>, deciding: Deciding): readonly RemedyEvent[] | OrganRefusal {
  const { outcome, reason } = word;
  const done = doneWith(task, by, word);
  if ('kind' in done) return done;
  if (!one.sent || !one.accepted || task.number !== (one.extended ?? one.accepted).task || ENDED_STAGES.has(stageOf(one, deciding.today))) return { kind: 'application-unknown' };
  if (reason.trim() === '') return { kind: 'reason-missing' };
  if (outcome === 'extended') return extending(one, one.accepted, { reason, done, task }, deciding);
  if (outcome === 'withdrawal-granted') {
    if (!one.withdrawalAsked) return { kind: 'not-withdrawn' };
    return [{ kind: 'reconsideration-withdrawn', payload: { reconsideration: one.number, on: deciding.today } }, told(one, 'notice.withdrawn', {}, null), ...done];
  }
  return [...decided(one, one.sent, { outcome, reason }, deciding), ...done];
}

/** Outcomes after which the department that decided has to act again. */
const TO_DO: ReadonlySet<ReconsiderationOutcome> = new Set(['changed', 'revoked', 'ordered']);

function decided(one: Reconsideration, { decidedBy, area }: NonNullable<Reconsideration['sent']>, { outcome, reason }: Word<ReconsiderationOutcome>, { today, calendar, procedure, next, review }: Deciding): readonly RemedyEvent[] {
  const { dueOn: suitUntil } = lastDayOf(calendar, today, procedure.lawsuit);
  const hasReview = TO_DO.has(outcome);
  return [
    ...(hasReview ? [{ kind: 'task-opened', payload: { taskKind: 'review', department: decidedBy, area, service: one.service, ...review, about: { because: reason, outcome, reconsideration: one.number } } } as const] : []),
    { kind: 'reconsideration-decided', payload: { reconsideration: one.number, on: today, outcome, because: reason, review: hasReview ? next : null, suitUntil } },
    told(one, `notice.${outcome}`, { because: reason, day: { day: suitUntil } }, suitUntil),
  ];
}

function extending(one: Reconsideration, accepted: NonNullable<Reconsideration['accepted']>, { reason, done, task }: { readonly reason: string; readonly done: readonly TaskEvent[]; readonly task: Task }, { today, calendar, procedure, next }: Deciding): readonly RemedyEvent[] | OrganRefusal {
  if (one.extended) return { kind: 'extended-before' };
  if (accepted.simplified || today > accepted.dueOn || procedure.extend.unit !== procedure.decide.unit) return { kind: 'not-extendable' };
  const limit = lastDayOf(calendar, accepted.on, procedure.decide, procedure.extend.count);
  return [
    { kind: 'task-opened', payload: { taskKind: 'reconsideration-decision', department: task.department, area: task.area, service: one.service, ...limit, about: { reconsideration: one.number } } },
    { kind: 'reconsideration-extended', payload: { reconsideration: one.number, on: today, because: reason, task: next, ...limit } },
    told(one, 'notice.extended', { because: reason, day: { day: limit.dueOn } }, null), ...done,
  ];
}

/** The department that decided answers in writing. What has ended meanwhile only ends its task. */
export function replyToApplication(one: Reconsideration, task: Task, by: Worker, word: Word<'replied'>, today: CalendarDate): readonly RemedyEvent[] | OrganRefusal {
  const done = doneWith(task, by, word);
  if ('kind' in done) return done;
  if (one.accepted?.replyTask !== task.number) return { kind: 'application-unknown' };
  if (word.reason.trim() === '') return { kind: 'reason-missing' };
  return ENDED_STAGES.has(stageOf(one, today)) ? done : [{ kind: 'reconsideration-replied', payload: { reconsideration: one.number, on: today, department: by.department, says: word.reason } }, ...done];
}

function doneWith(task: Task, by: Worker, { outcome, reason }: Word<string>): readonly TaskEvent[] | TaskRefusal {
  return complete(task, by, { outcome, reason: reason === '' ? null : reason });
}

/** What the applicant is told; it names the application, not the case that it is about, whose days it does not begin anew. */
function told(one: Reconsideration, template: string, values: NoticeValues, respondBy: CalendarDate | null): RemedyNotice {
  return { kind: 'notice-given', payload: { noticeKind: 'reconsideration', template, values: { number: one.number, service: { service: one.service }, ...values }, service: null, respondBy } };
}
