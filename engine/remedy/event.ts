import { z } from 'zod';
import { day, DUE_COUNTINGS } from '#engine/casework/index.ts';
import type { EventOf } from '#engine/casework/index.ts';
import { EVIDENCE_TYPES } from '#engine/record/index.ts';
import { ATTACHED } from './attached.ts';

/** The service part of the stream in which a person applies for reconsideration. */
export const RECONSIDERATION_CASE = 'reconsideration';

/** What somebody asks for: another decision, that the decision is taken back, or that what was not done is done. */
export const RECONSIDERATION_WISHES = ['change', 'revoke', 'perform'] as const;
export type ReconsiderationWish = (typeof RECONSIDERATION_WISHES)[number];

/** What it is decided to: the act stands, is changed, taken back and decided anew, was unlawful, has to be done, or the application has no ground. */
export const RECONSIDERATION_OUTCOMES = ['upheld', 'changed', 'revoked', 'found-unlawful', 'ordered', 'rejected'] as const;
export type ReconsiderationOutcome = (typeof RECONSIDERATION_OUTCOMES)[number];

const number = z.int().positive();
/** Which application: the entry that began it. */
const of = { reconsideration: number };
const due = { dueOn: day, dueCounted: z.enum(DUE_COUNTINGS) };

/** What can happen to an application for reconsideration. */
export const RECONSIDERATION_EVENTS = {
  /** `subject`: whose case it is, the person's or that of a group of theirs. */
  'reconsideration-begun': z.strictObject({ service: z.string(), subject: z.string() }),
  /** `notice`: its number in the case; null: what stands on their page, which nobody sent them. `lastDay` to apply. */
  'reconsideration-chosen': z.strictObject({ ...of, notice: number.nullable(), toldOn: day.nullable(), lastDay: day.nullable() }),
  'reconsideration-asked': z.strictObject({ ...of, asks: z.enum(RECONSIDERATION_WISHES) }),
  /** Why it comes after the last day: whether that counts is for the organ to say. */
  'reconsideration-late': z.strictObject({ ...of, because: z.string() }),
  'reconsideration-reasoned': z.strictObject({ ...of, why: z.string() }),
  /** The file lies beside the log, under the number of this entry. */
  'reconsideration-evidence': z.strictObject({ ...of, name: z.string(), mediaType: z.enum(EVIDENCE_TYPES), size: number, sha256: z.string() }),
  /** `department` examines it, `decidedBy` has decided what it is about. */
  'reconsideration-sent': z.strictObject({ ...of, on: day, area: z.string(), department: z.string(), decidedBy: z.string(), isLate: z.boolean(), task: number, ...due, attached: ATTACHED }),
  'reconsideration-dropped': z.strictObject(of),
  /** The organ asks once for what is missing. */
  'reconsideration-returned': z.strictObject({ ...of, on: day, says: z.string(), ...due }),
  'reconsideration-completed': z.strictObject({ ...of, on: day, says: z.string(), task: number, ...due }),
  /** `on`: the day of acceptance, from which the time to decide runs. `deemed`: the time to say no had passed. */
  'reconsideration-accepted': z.strictObject({ ...of, on: day, deemed: z.boolean(), simplified: z.boolean(), task: number, replyTask: number, replyBy: day, ...due }),
  'reconsideration-not-accepted': z.strictObject({ ...of, on: day, because: z.string(), suitUntil: day }),
  'reconsideration-replied': z.strictObject({ ...of, on: day, department: z.string(), says: z.string() }),
  'reconsideration-extended': z.strictObject({ ...of, on: day, because: z.string(), task: number, ...due }),
  /** `review`: the task by which the department that decided does what it was told. */
  'reconsideration-decided': z.strictObject({ ...of, on: day, outcome: z.enum(RECONSIDERATION_OUTCOMES), because: z.string(), review: number.nullable(), suitUntil: day }),
  /** What has been accepted ends only where the organ lets it. */
  'reconsideration-withdrawal-asked': z.strictObject({ ...of, on: day, because: z.string() }),
  'reconsideration-withdrawn': z.strictObject({ ...of, on: day }),
} as const;
export type ReconsiderationEvent = EventOf<typeof RECONSIDERATION_EVENTS>;
export type ReconsiderationPayload<Kind extends ReconsiderationEvent['kind']> = Extract<ReconsiderationEvent, { kind: Kind }>['payload'];
