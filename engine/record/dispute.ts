import { z } from 'zod';
import { day, DUE_COUNTINGS, eventOf, fold, TASK_EVENTS, TASKS } from '#engine/casework/index.ts';
import type { EventOf, Folding, LogRecord, Task } from '#engine/casework/index.ts';
import { EVIDENCE_TYPES } from './evidence.ts';
import { stated } from './stated.ts';

/*
 * What a person says about a fact of theirs: that it is wrong, or what it is where no department knows. Each step is an
 * entry of the stream of the person, so that nothing is asked twice and a draft can be gone on with on another day.
 */

/** The service part of the stream in which a person disputes facts, and of that in which they declare them. */
export const DISPUTE_CASE = 'dispute';
export const DECLARATION_CASE = 'declaration';

/** Which version of the words of the commitment a person has agreed to. */
export const COMMITMENT = 'commitment-2026-11';

const number = z.int().positive();
/** `no`: which of a person's dated records, counted from 0; null for what there is one of. */
const about = { fact: z.string(), no: z.int().nonnegative().nullable() };
/** What a service came to. */
const outcome = z.strictObject({ kind: z.enum(['yes', 'no', 'unknown']), amountFen: z.int().nullable() });
export type ServiceOutcome = z.infer<typeof outcome>;

/** What can happen to a dispute. */
export const DISPUTE_EVENTS = {
  'dispute-begun': z.strictObject(about),
  'dispute-stated': z.strictObject({ dispute: number, value: stated }),
  'dispute-reasoned': z.strictObject({ dispute: number, why: z.string() }),
  /** The file lies beside the log, under the number of this entry. */
  'dispute-evidence': z.strictObject({ dispute: number, name: z.string(), mediaType: z.enum(EVIDENCE_TYPES), size: number, sha256: z.string() }),
  /** `was`: what the city held on the day it was sent; null where it held nothing. */
  'dispute-sent': z.strictObject({ dispute: number, on: day, was: stated.nullable(), department: z.string(), task: number, dueOn: day, dueCounted: z.enum(DUE_COUNTINGS) }),
  'dispute-dropped': z.strictObject({ dispute: number }),
  /** `value`: what holds from a day on, as the department saw it on another; where it was refused, what the department has confirmed. */
  'dispute-answered': z.strictObject({
    dispute: number, outcome: z.enum(['accepted', 'refused']), value: stated.nullable(), from: day, on: day, department: z.string(), because: z.string(),
    changes: z.array(z.strictObject({ service: z.string(), was: outcome, is: outcome })),
  }),
} as const;
export type DisputeEvent = EventOf<typeof DISPUTE_EVENTS>;
type Payload<Kind extends DisputeEvent['kind']> = Extract<DisputeEvent, { kind: Kind }>['payload'];

/** A file that a person has brought. */
export interface KeptEvidence extends Omit<Payload<'dispute-evidence'>, 'dispute'> {
  /** The entry that kept it. */
  readonly number: number;
}

/** That a person says a fact of theirs is wrong. */
export interface Dispute {
  readonly stream: string;
  /** The sequence of the entry that began it. */
  readonly number: number;
  readonly subjectKey: string;
  readonly fact: string;
  readonly no: number | null;
  /** What it should be; null while that has not been said. */
  readonly value: z.infer<typeof stated> | null;
  /** Null while it has not been said; empty where the person has said that there is nothing to add. */
  readonly why: string | null;
  readonly evidence: readonly KeptEvidence[];
  readonly sent: (Omit<Payload<'dispute-sent'>, 'dispute'> & { readonly at: string }) | null;
  readonly answer: (Omit<Payload<'dispute-answered'>, 'dispute'> & { readonly at: string }) | null;
}

/** The disputes of a stream; one that was dropped before it was sent is none. */
export const DISPUTES: Folding<Dispute | 'dropped'> = {
  concerns: (record) => {
    const event = eventOf(DISPUTE_EVENTS, record);
    return event && ('dispute' in event.payload ? event.payload.dispute : record.sequence);
  },
  step: (dispute, record) => {
    const event = eventOf(DISPUTE_EVENTS, record);
    if (event?.kind === 'dispute-begun') return begun(event.payload, record);
    return dispute === undefined || dispute === 'dropped' || event === undefined ? dispute : changed(dispute, event, record);
  },
};

function begun({ fact, no }: Payload<'dispute-begun'>, { stream, sequence, subjectKey }: LogRecord): Dispute {
  return { stream, number: sequence, subjectKey: subjectKey ?? '', fact, no, value: null, why: null, evidence: [], sent: null, answer: null };
}

function changed(dispute: Dispute, event: Exclude<DisputeEvent, { kind: 'dispute-begun' }>, { at, sequence }: LogRecord): Dispute | 'dropped' {
  switch (event.kind) {
    case 'dispute-stated': return { ...dispute, value: event.payload.value };
    case 'dispute-reasoned': return { ...dispute, why: event.payload.why };
    case 'dispute-evidence': return { ...dispute, evidence: [...dispute.evidence, { ...event.payload, number: sequence }] };
    case 'dispute-sent': return { ...dispute, sent: { ...event.payload, at } };
    case 'dispute-dropped': return 'dropped';
    case 'dispute-answered': return { ...dispute, answer: { ...event.payload, at } };
    default: return event satisfies never;
  }
}

/** That a person says what a fact of theirs is that no department knows. */
export const DECLARATION_EVENTS = { 'fact-declared': z.strictObject({ ...about, value: stated, on: day, commitment: z.string() }) } as const;

/** Within so many working days a department looks whether what was declared is so (告知承诺制: decided at once, checked afterwards). */
export const CHECK_WORKING_DAYS = 60;

/** What the task of such a check is about. */
const checked = z.looseObject(about);

/** That a department has found what was declared not to be so. */
export interface Refutation {
  readonly at: string;
  readonly department: string;
}

/** A fact that a person has declared; `refuted`: a department has looked, and it is not so. */
export type FactDeclared = EventOf<typeof DECLARATION_EVENTS>['payload'] & { readonly at: string; readonly refuted: Refutation | undefined };

/** What a person has declared, in order; of the same fact the last counts. A check is of all that was declared of its fact before it ended. */
export function declaredIn(records: readonly LogRecord[]): readonly FactDeclared[] {
  const refutations = refutationsIn(records);
  return records.flatMap((record) => {
    const event = eventOf(DECLARATION_EVENTS, record);
    if (!event) return [];
    const refuted = refutations.find(({ fact, no, sequence }) => fact === event.payload.fact && no === event.payload.no && sequence > record.sequence);
    return [{ ...event.payload, at: record.at, refuted: refuted && { at: refuted.at, department: refuted.department } }];
  });
}

/** The checks that are not done yet, by the fact that they are of. */
export function checksOpenIn(records: readonly LogRecord[]): readonly { readonly fact: string; readonly no: number | null }[] {
  return checksIn(records).filter(({ task }) => task.state.kind !== 'done').map(({ fact, no }) => ({ fact, no }));
}

function refutationsIn(records: readonly LogRecord[]): readonly (Refutation & { readonly fact: string; readonly no: number | null; readonly sequence: number })[] {
  return checksIn(records).flatMap(({ fact, no, task: { state, sequence, department } }) => (state.kind === 'done' && state.outcome === 'facts-refuted' ? [{ fact, no, at: state.at, department, sequence }] : []));
}

function checksIn(records: readonly LogRecord[]): readonly { readonly fact: string; readonly no: number | null; readonly task: Task }[] {
  const tasks = fold(TASKS, records);
  return records.flatMap((record) => {
    const event = eventOf(TASK_EVENTS, record);
    const [task, of] = [tasks.get(record.sequence), event?.kind === 'task-opened' ? checked.safeParse(event.payload.about).data : undefined];
    return task && of ? [{ fact: of.fact, no: of.no, task }] : [];
  });
}

/** The disputes of a stream that were not dropped, the newest first. */
export function disputesIn(records: readonly LogRecord[]): readonly Dispute[] {
  return [...fold(DISPUTES, records).values()].filter((one) => one !== 'dropped').toReversed();
}

/** What a person may add: at most so many characters, and so many files. */
export const LONGEST_WHY = 500;
export const MOST_EVIDENCE = 5;

/** What was typed as one text: no control characters but line ends, no halves of characters; undefined where it is too long. */
export function readWhy(typed: string, most = LONGEST_WHY): string | undefined {
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  const text = typed.toWellFormed().replaceAll(/\r\n?/g, '\n').replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ').trim();
  return Array.from(text).length <= most ? text : undefined;
}
