import { z } from 'zod';
import { levelOf } from './ledger.ts';
import type { GrantKey, Line, PayerKey } from './ledger.ts';
import type { Month, Period } from './month.ts';

/** Money to one subject for one service out of one payer, with the periods it is for. */
export interface Item extends GrantKey {
  readonly amountFen: number;
  readonly periods: readonly { readonly period: Period; readonly amountFen: number }[];
}

/** What one payer pays out in one month. */
export interface Batch {
  readonly payer: PayerKey;
  readonly month: Month;
  readonly items: readonly Item[];
  readonly totalFen: number;
}

/** What is owed to one grant, ready to be paid. */
export interface Payable extends GrantKey {
  readonly owed: readonly { readonly period: Period; readonly payer: PayerKey; readonly amountFen: number }[];
}

/**
 * Everything that is owed, as one batch a payer, payers and items in the order of their ids.
 *
 * Money whose payer nobody has entered, or of a county that is not known, is left out: nobody can be asked to pay it.
 */
export function batchesOf(month: Month, payables: Iterable<Payable>): readonly Batch[] {
  const byPayer = new Map<PayerKey, Map<string, Item>>();
  for (const { service, subject, owed } of payables) {
    for (const { period, payer, amountFen } of owed) {
      if (levelOf(payer) === undefined || payer.endsWith(':')) continue;
      const items = byPayer.get(payer) ?? new Map<string, Item>();
      byPayer.set(payer, items);
      const key = `${service}\n${subject}`;
      const item = items.get(key) ?? { service, subject, amountFen: 0, periods: [] };
      items.set(key, { ...item, amountFen: item.amountFen + amountFen, periods: [...item.periods, { period, amountFen }] });
    }
  }
  return [...byPayer].sort(([a], [b]) => (a < b ? -1 : 1)).map(([payer, found]) => {
    const items = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
    return { payer, month, items, totalFen: items.reduce((sum, { amountFen }) => sum + amountFen, 0) };
  });
}

/** The lines of an item that leaves (`paid`), or that the bank gives back (`returned`). */
export function linesOf({ service, subject, periods }: Item, payer: PayerKey, kind: 'paid' | 'returned'): readonly Line[] {
  return periods.map(({ period, amountFen }) => ({ service, subject, period, payer, kind, amountFen: kind === 'paid' ? -amountFen : amountFen }));
}

const by = z.string();

/** What happens to a batch. */
export const BATCH_EVENT = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('prepared'), by }),
  z.strictObject({ kind: z.literal('approved'), by }),
  z.strictObject({ kind: z.literal('released'), by }),
  z.strictObject({ kind: z.literal('withdrawn'), by, because: z.string() }),
  /** `item`: the service and the subject, with a space between. */
  z.strictObject({ kind: z.literal('returned'), by, item: z.string(), because: z.string() }),
]);
export type BatchEvent = z.output<typeof BATCH_EVENT>;

/** Where a batch stands: the fold of its events. */
export interface BatchState {
  readonly stage: 'prepared' | 'approved' | 'released' | 'withdrawn';
  readonly preparedBy: string;
  readonly approvedBy: string | undefined;
  readonly returned: ReadonlySet<string>;
}

export function foldBatch(events: Iterable<BatchEvent>): BatchState | undefined {
  let state: BatchState | undefined;
  for (const event of events) {
    if (event.kind === 'prepared') state = { stage: 'prepared', preparedBy: event.by, approvedBy: undefined, returned: new Set() };
    else if (state) state = step(state, event);
  }
  return state;
}

function step(state: BatchState, event: Exclude<BatchEvent, { kind: 'prepared' }>): BatchState {
  switch (event.kind) {
    case 'approved': return { ...state, stage: 'approved', approvedBy: event.by };
    case 'released': return { ...state, stage: 'released' };
    case 'withdrawn': return { ...state, stage: 'withdrawn' };
    case 'returned': return { ...state, returned: new Set([...state.returned, event.item]) };
    default: return event satisfies never;
  }
}

/** Why a command on a batch is not carried out. */
export type BatchRefusal = 'batch-unknown' | 'not-prepared' | 'not-approved' | 'not-released' | 'same-person' | 'item-unknown' | 'already-returned';

/** One person approves what the system or another person prepared. */
export function approve(state: BatchState | undefined, by: string): BatchEvent | BatchRefusal {
  if (!state) return 'batch-unknown';
  if (state.stage !== 'prepared') return 'not-prepared';
  return state.preparedBy === by ? 'same-person' : { kind: 'approved', by };
}

/** A second person lets the money go: never the one who approved it, nor the one who prepared it. */
export function release(state: BatchState | undefined, by: string): BatchEvent | BatchRefusal {
  if (!state) return 'batch-unknown';
  if (state.stage !== 'approved') return 'not-approved';
  return state.approvedBy === by || state.preparedBy === by ? 'same-person' : { kind: 'released', by };
}

/** A batch that has not left is taken back; what it held is owed as before. */
export function withdraw(state: BatchState | undefined, by: string, because: string): BatchEvent | BatchRefusal {
  if (!state) return 'batch-unknown';
  return state.stage === 'prepared' || state.stage === 'approved' ? { kind: 'withdrawn', by, because } : 'not-prepared';
}

/** The bank gives an item back. */
export function giveBack(state: BatchState | undefined, by: string, item: string, because: string): BatchEvent | BatchRefusal {
  if (!state) return 'batch-unknown';
  if (state.stage !== 'released') return 'not-released';
  return state.returned.has(item) ? 'already-returned' : { kind: 'returned', by, item, because };
}
