import type { TaskKind } from '#engine/casework/index.ts';

/**
 * How the work on each kind of task can end. An outcome is what was found, with the reason, on record: money and grants
 * follow from corrected facts and the next run, from a booking, or from what is decided about a debt, never from a word here.
 */
export const OUTCOMES = {
  account: ['account-corrected', 'not-reached'],
  complaint: ['answered'],
  correction: ['corrected', 'not-corrected'],
  'data-request': ['data-supplied', 'data-not-held'],
  rating: ['put-right'],
  'reconsideration-decision': ['upheld', 'changed', 'revoked', 'found-unlawful', 'ordered', 'rejected', 'withdrawal-granted', 'extended'],
  'reconsideration-intake': ['accepted', 'accepted-simplified', 'to-complete', 'not-accepted'],
  'reconsideration-reply': ['replied'],
  // A debt is settled, put into parts or decided by what is done about it, which closes the task.
  recovery: ['not-settled'],
  review: ['facts-confirmed', 'facts-refuted'],
  'solved-check': ['found-solved', 'found-unsolved'],
  suggestion: ['answered'],
  /** Somebody who is in no register any more. `left`: died, or moved away; the next run that is acted on ends what they had. */
  whereabouts: ['still-here', 'left'],
} as const satisfies Readonly<Record<TaskKind, readonly string[]>>;

/** Words with which a task is closed by what was done beside it, by staff or by the resident. */
export const OUTCOMES_BY_ACT = ['instalments-agreed', 'objection-decided', 'settled', 'withdrawn'] as const;

export function isOutcome(kind: TaskKind, outcome: string): boolean {
  return OUTCOMES[kind].some((one) => one === outcome);
}
