import type { BatchLine } from '#engine/books/index.ts';
import type { BatchRefusal, Month } from '#engine/entitlement/index.ts';
import { render } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import type { Action, Staff } from '#engine/permission/index.ts';
import { CONSOLE_MESSAGES } from './entry.ts';

/** Batches of payments as those who prepare them and let them go work with them, each under their own rights. */
export interface Payments {
  /** The batches whose payer is theirs to see, the newest first; what they may prepare. */
  list(who: Staff): Promise<PaymentDesk>;
  /** Undefined where there is none, or it is not theirs to see. */
  batch(who: Staff, id: string): Promise<BatchView | undefined>;
  /** Books the month that is and makes batches of what is owed; gives how many. */
  prepare(who: Staff): Promise<{ readonly batches: number } | PaymentsRefusal>;
  /** Does something with a batch; undefined where it was done. `provenAt`: when they last proved who they are. */
  act(who: Staff, id: string, command: BatchCommand, provenAt: string): Promise<PaymentsRefusal | undefined>;
}

export interface PaymentDesk {
  readonly batches: readonly BatchView[];
  /** The month that can be booked and prepared; undefined where they may not. */
  readonly month: Month | undefined;
}

/** A batch with what whoever looks may do with it now. Who did what is told by name. */
export interface BatchView extends BatchLine {
  readonly may: readonly BatchCommand['do'][];
  /** What it is for, service by service; nobody is named. Undefined in a list. */
  readonly services: readonly BatchService[] | undefined;
}

export interface BatchService {
  readonly service: string;
  readonly items: number;
  readonly amountFen: number;
  /** How many the bank gave back, and how much that was. */
  readonly returned: number;
  readonly returnedFen: number;
}

export type BatchCommand = { readonly do: 'approve' | 'release' } | { readonly do: 'withdraw'; readonly because: string };

/** With which right each is done. Taking back is what either of the two may do. */
export const BATCH_ACTIONS = { approve: ['batch.approve'], release: ['batch.release'], withdraw: ['batch.prepare', 'batch.approve'] } as const satisfies Record<BatchCommand['do'], readonly Action[]>;

/** Why nothing was done. `prove-again`: money is let go by whoever has just proved who they are. */
export type PaymentsRefusal = { readonly kind: BatchRefusal | 'batch-stale' | 'not-allowed' | 'reason-missing' | 'prove-again' };

/** Why a command did nothing, in words. */
export function describePaymentsRefusal({ kind }: PaymentsRefusal, locale: Locale): string {
  switch (kind) {
    case 'not-allowed': return render(CONSOLE_MESSAGES[locale], 'refusal.not-allowed');
    case 'batch-unknown': case 'not-prepared': case 'not-approved': case 'not-released': case 'same-person': case 'item-unknown': case 'already-returned': case 'batch-stale': case 'reason-missing': case 'prove-again': return render(CONSOLE_MESSAGES[locale], `payments.${kind}`);
    default: return kind satisfies never;
  }
}
