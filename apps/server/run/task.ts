import { z } from 'zod';
import { RUN_STEPS } from '#adapters/columns/index.ts';
import type { RunOutcome } from '#adapters/columns/index.ts';
import { IN_FORCE } from '../grants/in-force.ts';

/** A run of everybody that a process of its own is asked for; folders are absolute. */
export const RUN_TASK = z.strictObject({
  pack: z.string(),
  data: z.string(),
  asOf: z.iso.date(),
  /** An instant: fresh facts that became known later are not seen. */
  knownAt: z.string(),
  /** What is in force before: nothing, what the law of an earlier day gave the same people, what another run gave, or the grants in force. */
  before: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('nothing') }), z.strictObject({ kind: z.literal('law'), of: z.iso.date() }), z.strictObject({ kind: z.literal('run'), id: z.string() }), z.strictObject({ kind: z.literal('grants'), inForce: IN_FORCE })]),
  limits: z.strictObject({ grantsBp: z.int(), moneyBp: z.int() }),
  threads: z.int().positive(),
});
export type RunTask = z.infer<typeof RUN_TASK>;

/** What the process tells while it works, and last. */
export const RUN_NEWS = z.discriminatedUnion('kind', [
  /** So many parts of a step are done, of the run of that day. */
  z.strictObject({ kind: z.literal('progress'), asOf: z.string(), step: z.enum(RUN_STEPS), done: z.int(), all: z.int() }),
  z.strictObject({ kind: z.literal('finished'), run: z.string(), found: z.boolean() }),
  z.strictObject({ kind: z.literal('pack-unusable') }),
  z.strictObject({ kind: z.literal('no-release') }),
  z.strictObject({ kind: z.literal('release-unusable'), problem: z.enum(['nothing-there', 'other-format', 'other-vocabulary', 'sealed', 'unsealed', 'damaged']) }),
  z.strictObject({ kind: z.literal('run-unknown'), run: z.string() }),
  z.strictObject({ kind: z.literal('other-people') }),
  /** Another process runs for the same data folder. */
  z.strictObject({ kind: z.literal('runs-taken'), pid: z.int() }),
]);
export type RunNews = z.infer<typeof RUN_NEWS>;
/** How it ended. */
export type RunReply = Exclude<RunNews, { kind: 'progress' }>;

/** The last news of an outcome. */
export function newsOf(outcome: RunOutcome): RunReply {
  switch (outcome.kind) {
    case 'finished': return { kind: 'finished', run: outcome.run.id, found: outcome.found };
    case 'release-unusable': return { kind: 'release-unusable', problem: outcome.refusal.kind };
    case 'other-people': return outcome;
    default: return outcome satisfies never;
  }
}
