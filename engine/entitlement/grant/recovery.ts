import { z } from 'zod';
import type { GrantKey, Line, PayerKey } from './ledger.ts';
import type { Period } from './month.ts';

const fen = z.int();
const parts = z.array(z.strictObject({ dueOn: z.string(), amountFen: fen }));

/** Why a debt is let go. */
export const WAIVE_GROUNDS = ['good-faith', 'hardship', 'error-of-office', 'too-small'] as const;
export type WaiveGround = (typeof WAIVE_GROUNDS)[number];

/**
 * What happens to a debt. `opened`: the person is told, with the reason and the day by which to answer. `assessed`: a later
 * decision made it more or less. `waived`: of the money let go, in `reason` what speaks for it. `decided`: what is kept of it after an
 * objection. `agreed`: paid back in parts, until the sum they were agreed for changes. Money owed by a resident is never set off without a word.
 */
export const RECOVERY_EVENT = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('opened'), amountFen: fen, because: z.string(), respondBy: z.string() }),
  z.strictObject({ kind: z.literal('assessed'), amountFen: fen }),
  z.strictObject({ kind: z.literal('objected'), because: z.string() }),
  z.strictObject({ kind: z.literal('decided'), by: z.string(), keptFen: fen, because: z.string() }),
  z.strictObject({ kind: z.literal('agreed'), by: z.string(), parts }),
  z.strictObject({ kind: z.literal('repaid'), amountFen: fen }),
  z.strictObject({ kind: z.literal('waived'), by: z.string(), amountFen: fen, because: z.enum(WAIVE_GROUNDS), reason: z.exactOptional(z.string()) }),
]);
export type RecoveryEvent = z.output<typeof RECOVERY_EVENT>;

/** Where a debt stands: the fold of its events. */
export interface Recovery {
  readonly openFen: number;
  readonly repaidFen: number;
  readonly waivedFen: number;
  /** An objection that nobody has decided yet: until then nothing is asked for. */
  readonly objection: string | undefined;
  readonly parts: readonly { readonly dueOn: string; readonly amountFen: number }[];
}

export const NO_RECOVERY: Recovery = { openFen: 0, repaidFen: 0, waivedFen: 0, objection: undefined, parts: [] };

export function foldRecovery(events: Iterable<RecoveryEvent>, from: Recovery = NO_RECOVERY): Recovery {
  let state = from;
  for (const event of events) state = step(state, event);
  return state;
}

function step(state: Recovery, event: RecoveryEvent): Recovery {
  switch (event.kind) {
    case 'opened': case 'assessed': return { ...state, openFen: event.amountFen, parts: [] };
    case 'objected': return { ...state, objection: event.because };
    case 'decided': return { ...state, objection: undefined, waivedFen: state.waivedFen + state.openFen - event.keptFen, openFen: event.keptFen, parts: [] };
    case 'agreed': return { ...state, parts: event.parts };
    case 'repaid': return { ...state, openFen: state.openFen - event.amountFen, repaidFen: state.repaidFen + event.amountFen };
    case 'waived': return { ...state, openFen: state.openFen - event.amountFen, waivedFen: state.waivedFen + event.amountFen, parts: [] };
    default: return event satisfies never;
  }
}

export type RecoveryRefusal = 'nothing-open' | 'objection-open' | 'more-than-open' | 'amount-not-positive' | 'parts-do-not-add-up' | 'no-objection';

/** Whether a step may follow; the refusal says why not. */
export function mayFollow(state: Recovery, event: RecoveryEvent): RecoveryRefusal | undefined {
  switch (event.kind) {
    case 'opened': return event.amountFen > 0 ? undefined : 'amount-not-positive';
    case 'assessed': return event.amountFen >= 0 ? undefined : 'amount-not-positive';
    case 'objected': return state.openFen > 0 ? undefined : 'nothing-open';
    case 'decided':
      if (state.objection === undefined) return 'no-objection';
      return event.keptFen < 0 || event.keptFen > state.openFen ? 'more-than-open' : undefined;
    case 'agreed':
      if (state.objection !== undefined) return 'objection-open';
      return event.parts.every(({ amountFen }) => amountFen > 0) && event.parts.reduce((sum, { amountFen }) => sum + amountFen, 0) === state.openFen ? undefined : 'parts-do-not-add-up';
    case 'repaid': case 'waived':
      if (event.amountFen <= 0) return 'amount-not-positive';
      if (event.kind === 'repaid' && state.objection !== undefined) return 'objection-open';
      return event.amountFen > state.openFen ? 'more-than-open' : undefined;
    default: return event satisfies never;
  }
}

/** The lines of money that was paid back, or is not asked for: the oldest period first, payers in their order. */
export function settleDebt(key: GrantKey, kind: 'repaid' | 'waived', amountFen: number, debt: readonly { readonly period: Period; readonly payer: PayerKey; readonly amountFen: number }[]): readonly Line[] {
  let left = amountFen;
  return debt.flatMap(({ period, payer, amountFen: owed }): readonly Line[] => {
    const part = Math.min(left, owed);
    left -= part;
    return part === 0 ? [] : [{ ...key, period, payer, kind, amountFen: part }];
  });
}
