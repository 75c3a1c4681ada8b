import type { NoticeContent, TaskEvent, WorkingCalendar } from '#engine/casework/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Remedy } from '#engine/pack/index.ts';
import type { Attached } from './attached.ts';
import type { ReconsiderationEvent, ReconsiderationWish } from './event.ts';
import { lastDayOf, lastDayToApply } from './procedure.ts';
import type { Procedure } from './procedure.ts';
import { ENDED_STAGES, stageOf } from './reconsideration.ts';
import type { Reconsideration } from './reconsideration.ts';

/** What a command gives: steps of the application, and the tasks and notices that follow from them. */
export type RemedyEvent = ReconsiderationEvent | TaskEvent | RemedyNotice;
/** What the applicant is told; on which ways it leaves is decided where it is appended. */
export interface RemedyNotice {
  readonly kind: 'notice-given';
  readonly payload: NoticeContent;
}

/** Characters of what an applicant writes in one go. */
export const LONGEST_REASONS = 2_000;

/** What every step of an application rests on. */
export interface Applying {
  readonly today: CalendarDate;
  readonly calendar: WorkingCalendar;
  readonly remedy: Pick<Remedy, 'withinDays'>;
  readonly procedure: Procedure;
  /** The number that the next entry of the stream will have. */
  readonly next: number;
}

/** Of which case: the service, whose case of it, who decides it, and where the person lives; an empty area where that is not known. */
export interface AppliedFor {
  readonly service: string;
  readonly subject: string;
  readonly decidedBy: string;
  readonly area: string;
}

/** One step on the way to an application that is sent. */
export type ApplyStep =
  /** `notice`: what was sent them; null: what stands on their page. */
  | { readonly do: 'choose'; readonly notice: number | null; readonly toldOn: CalendarDate | null }
  | { readonly do: 'ask'; readonly asks: ReconsiderationWish }
  | { readonly do: 'explain-late'; readonly because: string }
  | { readonly do: 'reason'; readonly why: string }
  | { readonly do: 'send'; readonly attached: Attached }
  | { readonly do: 'drop' };

/** Why a step does nothing: one is under way, it was decided before, or something has not been said yet. */
export type ApplyRefusal = 'under-way' | 'decided-before' | 'not-said' | 'words-missing';

/** Whether it comes after the last day; it may be sent all the same, with the reason. */
export function isLate({ challenged }: Pick<Reconsideration, 'challenged'>, today: CalendarDate): boolean {
  return challenged !== null && challenged.lastDay !== null && today > challenged.lastDay;
}

/** What has to be said yet before it can be sent, in the order in which it is asked. */
export function missingOf(one: Reconsideration | undefined, today: CalendarDate): readonly ('what' | 'ask' | 'late' | 'why')[] {
  if (!one) return ['what', 'ask', 'why'];
  return [...(one.challenged ? [] : ['what' as const]), ...(one.asks ? [] : ['ask' as const]), ...(isLate(one, today) && one.lateBecause === null ? ['late' as const] : []), ...(one.why === null ? ['why' as const] : [])];
}

/** Goes one step on with the application about a service, or begins it. The same step again gives nothing. `own`: what the person has applied for before. */
export function applyStep(own: readonly Reconsideration[], about: AppliedFor, step: ApplyStep, applying: Applying): readonly RemedyEvent[] | ApplyRefusal {
  const { today } = applying;
  const here = own.filter(({ service }) => service === about.service);
  const draft = here.find(({ sent }) => sent === null);
  if (here.some((one) => one.sent !== null && !ENDED_STAGES.has(stageOf(one, today)))) return step.do === 'send' ? [] : 'under-way';
  if (step.do === 'choose') {
    if (step.notice !== null && here.some(({ decided, challenged }) => decided !== null && challenged?.notice === step.notice)) return 'decided-before';
    return choosing(draft, about, step, applying);
  }
  return draft ? goingOn(draft, about, step, applying) : step.do === 'drop' ? [] : 'not-said';
}

function choosing(draft: Reconsideration | undefined, { service, subject }: AppliedFor, { notice, toldOn }: Extract<ApplyStep, { do: 'choose' }>, { calendar, remedy, next }: Applying): readonly RemedyEvent[] {
  if (draft?.challenged && draft.challenged.notice === notice) return [];
  const lastDay = lastDayToApply(calendar, toldOn, remedy);
  return [
    ...(draft ? [] : [{ kind: 'reconsideration-begun', payload: { service, subject } } as const]),
    { kind: 'reconsideration-chosen', payload: { reconsideration: draft?.number ?? next, notice, toldOn, lastDay } },
  ];
}

function goingOn(draft: Reconsideration, about: AppliedFor, step: Exclude<ApplyStep, { do: 'choose' }>, applying: Applying): readonly RemedyEvent[] | ApplyRefusal {
  const reconsideration = draft.number;
  switch (step.do) {
    case 'ask': return draft.asks === step.asks ? [] : [{ kind: 'reconsideration-asked', payload: { reconsideration, asks: step.asks } }];
    case 'explain-late': return said(step.because, draft.lateBecause, (because) => ({ kind: 'reconsideration-late', payload: { reconsideration, because } }));
    case 'reason': return said(step.why, draft.why, (why) => ({ kind: 'reconsideration-reasoned', payload: { reconsideration, why } }));
    case 'send': return missingOf(draft, applying.today).length > 0 ? 'not-said' : sending(draft, about, step.attached, applying);
    case 'drop': return [{ kind: 'reconsideration-dropped', payload: { reconsideration } }];
    default: return step satisfies never;
  }
}

function said(words: string, before: string | null, event: (words: string) => RemedyEvent): readonly RemedyEvent[] | ApplyRefusal {
  if (words === '') return 'words-missing';
  return words === before ? [] : [event(words)];
}

function sending(draft: Reconsideration, { decidedBy, area, service }: AppliedFor, attached: Attached, { today, calendar, procedure, next }: Applying): readonly RemedyEvent[] {
  const { department, accept } = procedure;
  const limit = lastDayOf(calendar, today, accept);
  return [
    intakeOpened({ department, area, service, limit, reconsideration: draft.number }),
    { kind: 'reconsideration-sent', payload: { reconsideration: draft.number, on: today, area, department, decidedBy, isLate: isLate(draft, today), task: next, ...limit, attached } },
  ];
}

function intakeOpened({ department, area, service, limit, reconsideration }: { readonly department: string; readonly area: string; readonly service: string; readonly limit: ReturnType<typeof lastDayOf>; readonly reconsideration: number }): TaskEvent {
  return { kind: 'task-opened', payload: { taskKind: 'reconsideration-intake', department, area, service, ...limit, about: { reconsideration } } };
}

/** Why something that was sent is not gone on with. */
export type FollowRefusal = 'application-unknown' | 'not-asked' | 'too-late' | 'words-missing' | 'ended';

/** Brings what the organ asked for: it has its time to examine anew. Sent twice it is sent once. */
export function completeApplication(one: Reconsideration, says: string, { today, calendar, procedure, next }: Pick<Applying, 'today' | 'calendar' | 'procedure' | 'next'>): readonly RemedyEvent[] | FollowRefusal {
  if (!one.sent || !one.returned) return 'not-asked';
  if (one.completed) return [];
  const stage = stageOf(one, today);
  if (stage === 'given-up') return 'too-late';
  if (stage !== 'to-complete') return 'ended';
  if (says === '') return 'words-missing';
  const limit = lastDayOf(calendar, today, procedure.accept);
  return [
    intakeOpened({ department: one.sent.department, area: one.sent.area, service: one.service, limit, reconsideration: one.number }),
    { kind: 'reconsideration-completed', payload: { reconsideration: one.number, on: today, says, task: next, ...limit } },
  ];
}

/** Takes an application back: at once as long as it is not accepted; after that the organ is asked to let it go. */
export function withdrawApplication(one: Reconsideration, because: string, today: CalendarDate): readonly RemedyEvent[] | FollowRefusal {
  const stage = stageOf(one, today);
  const reconsideration = one.number;
  if (stage === 'withdrawn' || one.withdrawalAsked) return [];
  if (stage === 'draft') return 'application-unknown';
  if (ENDED_STAGES.has(stage)) return 'ended';
  if (stage === 'to-complete') return [{ kind: 'reconsideration-withdrawn', payload: { reconsideration, on: today } }];
  if (stage !== 'examined') return [{ kind: 'reconsideration-withdrawal-asked', payload: { reconsideration, on: today, because } }];
  const task = (one.completed ?? one.sent)?.task;
  return [
    { kind: 'reconsideration-withdrawn', payload: { reconsideration, on: today } },
    ...(task === undefined ? [] : [{ kind: 'task-completed', payload: { task, outcome: 'withdrawn', reason: because === '' ? null : because } } as const]),
  ];
}
