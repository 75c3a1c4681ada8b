import { eventOf, fold } from '#engine/casework/index.ts';
import type { Folding, LogRecord } from '#engine/casework/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { RECONSIDERATION_EVENTS } from './event.ts';
import type { ReconsiderationEvent, ReconsiderationPayload as Payload } from './event.ts';

/** An event as it stands in an application: without the name of the application, with its instant. */
type Step<Kind extends ReconsiderationEvent['kind']> = Omit<Payload<Kind>, 'reconsideration'> & { readonly at: string };

/** A paper that the applicant has brought, under the number of the entry that kept it. */
export type BroughtPaper = Step<'reconsideration-evidence'> & { readonly number: number };

/** That a person asks the organ above to look at a decision again. */
export interface Reconsideration {
  readonly stream: string;
  /** The sequence of the entry that began it. */
  readonly number: number;
  readonly subjectKey: string;
  readonly service: string;
  /** Whose case it is about. */
  readonly subject: string;
  /** Null while it has not been said. */
  readonly challenged: Step<'reconsideration-chosen'> | null;
  readonly asks: Payload<'reconsideration-asked'>['asks'] | null;
  readonly lateBecause: string | null;
  readonly why: string | null;
  readonly evidence: readonly BroughtPaper[];
  readonly sent: Step<'reconsideration-sent'> | null;
  readonly returned: Step<'reconsideration-returned'> | null;
  readonly completed: Step<'reconsideration-completed'> | null;
  readonly accepted: Step<'reconsideration-accepted'> | null;
  readonly notAccepted: Step<'reconsideration-not-accepted'> | null;
  readonly reply: Step<'reconsideration-replied'> | null;
  readonly extended: Step<'reconsideration-extended'> | null;
  readonly decided: Step<'reconsideration-decided'> | null;
  readonly withdrawalAsked: Step<'reconsideration-withdrawal-asked'> | null;
  readonly withdrawn: Step<'reconsideration-withdrawn'> | null;
}

/** The applications of a stream; one that was dropped before it was sent is none. */
export const RECONSIDERATIONS: Folding<Reconsideration | 'dropped'> = {
  concerns: (record) => {
    const event = eventOf(RECONSIDERATION_EVENTS, record);
    return event && ('reconsideration' in event.payload ? event.payload.reconsideration : record.sequence);
  },
  step: (one, record) => {
    const event = eventOf(RECONSIDERATION_EVENTS, record);
    if (event?.kind === 'reconsideration-begun') return begun(event.payload, record);
    return one === undefined || one === 'dropped' || event === undefined ? one : changed(one, event, record);
  },
};

function begun({ service, subject }: Payload<'reconsideration-begun'>, { stream, sequence, subjectKey }: LogRecord): Reconsideration {
  return {
    stream, number: sequence, subjectKey: subjectKey ?? '', service, subject, challenged: null, asks: null, lateBecause: null, why: null, evidence: [], sent: null, returned: null, completed: null,
    accepted: null, notAccepted: null, reply: null, extended: null, decided: null, withdrawalAsked: null, withdrawn: null,
  };
}

function changed(one: Reconsideration, { kind, payload }: Exclude<ReconsiderationEvent, { kind: 'reconsideration-begun' }>, { at, sequence }: LogRecord): Reconsideration | 'dropped' {
  switch (kind) {
    case 'reconsideration-chosen': return { ...one, challenged: { ...payload, at } };
    case 'reconsideration-asked': return { ...one, asks: payload.asks };
    case 'reconsideration-late': return { ...one, lateBecause: payload.because };
    case 'reconsideration-reasoned': return { ...one, why: payload.why };
    case 'reconsideration-evidence': return { ...one, evidence: [...one.evidence, { ...payload, at, number: sequence }] };
    case 'reconsideration-sent': return { ...one, sent: { ...payload, at } };
    case 'reconsideration-dropped': return 'dropped';
    case 'reconsideration-returned': return { ...one, returned: { ...payload, at } };
    case 'reconsideration-completed': return { ...one, completed: { ...payload, at } };
    case 'reconsideration-accepted': return { ...one, accepted: { ...payload, at } };
    case 'reconsideration-not-accepted': return { ...one, notAccepted: { ...payload, at } };
    case 'reconsideration-replied': return { ...one, reply: { ...payload, at } };
    case 'reconsideration-extended': return { ...one, extended: { ...payload, at } };
    case 'reconsideration-decided': return { ...one, decided: { ...payload, at } };
    case 'reconsideration-withdrawal-asked': return { ...one, withdrawalAsked: { ...payload, at } };
    case 'reconsideration-withdrawn': return { ...one, withdrawn: { ...payload, at } };
    default: return kind satisfies never;
  }
}

/** The applications of a stream that were not dropped, the newest first. */
export function reconsiderationsIn(records: readonly LogRecord[]): readonly Reconsideration[] {
  return [...fold(RECONSIDERATIONS, records).values()].filter((one) => one !== 'dropped').toReversed();
}

/**
 * How far an application is on a day. `accepted-by-time`: the organ has said nothing within its time, so it counts as
 * accepted. `given-up`: what was missing was not brought. `overdue`: the time to decide is over.
 */
export type ReconsiderationStage = 'draft' | 'examined' | 'to-complete' | 'given-up' | 'accepted-by-time' | 'accepted' | 'overdue' | 'not-accepted' | 'decided' | 'withdrawn';

export function stageOf(one: Reconsideration, today: CalendarDate): ReconsiderationStage {
  if (one.withdrawn) return 'withdrawn';
  if (one.decided) return 'decided';
  if (one.notAccepted) return 'not-accepted';
  if (!one.sent) return 'draft';
  if (one.accepted) return today > (one.extended ?? one.accepted).dueOn ? 'overdue' : 'accepted';
  if (one.returned && !one.completed) return today > one.returned.dueOn ? 'given-up' : 'to-complete';
  return today > (one.completed ?? one.sent).dueOn ? 'accepted-by-time' : 'examined';
}

/** Stages in which nothing can happen any more. */
export const ENDED_STAGES: ReadonlySet<ReconsiderationStage> = new Set(['given-up', 'not-accepted', 'decided', 'withdrawn']);

/** The day from which it counts as accepted though nobody has said so: the last one on which it could have been refused. */
export function acceptedByTimeOn(one: Reconsideration, today: CalendarDate): CalendarDate | undefined {
  return stageOf(one, today) === 'accepted-by-time' ? (one.completed ?? one.sent)?.dueOn : undefined;
}
