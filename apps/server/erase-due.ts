import { z } from 'zod';
import { eraseDue } from '#adapters/store/index.ts';
import type { ErasedSet } from '#adapters/store/index.ts';
import type { StoreHold } from './store-command.ts';

const ORDER = z.strictObject({
  /** An instant; absent: now. */
  at: z.iso.datetime().optional(),
  dryRun: z.boolean(),
});
export type EraseOrder = z.infer<typeof ORDER>;

export type EraseAnswer = { readonly kind: 'order-wrong' } | { readonly kind: 'key-missing' } | { readonly kind: 'erased'; readonly sets: readonly ErasedSet[] };

/** Removes what is kept no longer, or counts it. */
export async function doEraseDue({ database, vault, clock, random }: StoreHold, input: unknown): Promise<EraseAnswer> {
  const order = ORDER.safeParse(input);
  if (!order.success) return { kind: 'order-wrong' };
  if (!vault) return { kind: 'key-missing' };
  return { kind: 'erased', sets: await eraseDue(database, { vault, at: order.data.at ?? clock.now(), random, dryRun: order.data.dryRun }) };
}

const A_DAY = 86_400_000;

/** Does so now and every day; gives how to end it. A round that fails is told and made again the day after. */
export function eraseRounds(hold: StoreHold): () => Promise<void> {
  let round = Promise.resolve();
  const go = (): void => {
    round = round.then(async () => void (await doEraseDue(hold, { dryRun: false } satisfies EraseOrder)))
      .catch((error: unknown) => console.error('what is kept no longer was not removed', error instanceof Error ? error.name : ''));
  };
  go();
  const timer = setInterval(go, A_DAY);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await round;
  };
}
