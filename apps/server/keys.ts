import { z } from 'zod';
import { resealDataKeys } from '#adapters/columns/index.ts';
import { resealStep, sealedOtherwise } from '#adapters/store/index.ts';
import type { ResealPlace } from '#adapters/store/index.ts';
import { releasesFolder } from './demo-release.ts';
import type { StoreHold } from './store-command.ts';

/** Goes some way in sealing everything with the first key. */
const ORDER = z.strictObject({
  folder: z.string(),
  /** The mark of the first key of whoever asks, in hex; undefined where they have none. */
  mark: z.string().optional(),
  from: z.strictObject({ at: z.int().nonnegative(), after: z.array(z.union([z.string(), z.int()])) }).optional(),
});
export type KeysOrder = z.infer<typeof ORDER>;

export type KeysAnswer =
  | { readonly kind: 'order-wrong' }
  | { readonly kind: 'key-missing' }
  /** The city that runs has another first key: it was not started anew since the new one was put before the old. */
  | { readonly kind: 'key-behind' }
  /** `left`: values that are still sealed by another key; counted at the beginning and at the end. */
  | { readonly kind: 'step'; readonly resealed: number; readonly releases: number; readonly next: ResealPlace | null; readonly left: number | null };

/** Steps of one request: a command line hears of each, and the city answers others in between. */
const STEPS = 8;

/** Seals with the first key what an older one has sealed: data keys of releases first, then the store row by row, as far as one request goes. */
export async function doKeys({ database, vault }: StoreHold, input: unknown): Promise<KeysAnswer> {
  const order = ORDER.safeParse(input);
  if (!order.success) return { kind: 'order-wrong' };
  if (!vault) return { kind: 'key-missing' };
  const { folder, mark, from } = order.data;
  if (mark !== undefined && mark !== Buffer.from(vault.mark).toString('hex')) return { kind: 'key-behind' };
  if (!from) return { kind: 'step', resealed: 0, releases: resealDataKeys(releasesFolder(folder), vault), next: { at: 0, after: [] }, left: await sealedOtherwise(database, vault) };
  let [resealed, next]: [number, ResealPlace | undefined] = [0, from];
  for (let step = 0; step < STEPS && next; step++) {
    // oxlint-disable-next-line no-await-in-loop -- each goes on where the one before has ended
    const done = await resealStep(database, vault, next);
    resealed += done.resealed;
    ({ next } = done);
  }
  return { kind: 'step', resealed, releases: 0, next: next ?? null, left: next ? null : await sealedOtherwise(database, vault) };
}
