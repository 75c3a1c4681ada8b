import type { Pack } from '#engine/pack/index.ts';

/** The facts whose columns never lie in the clear on disk: those whose data class is sensitive. */
export function sealedFacts({ facts }: Pick<Pack, 'facts'>): ReadonlySet<string> {
  return new Set([...facts].filter(([, { dataClass }]) => dataClass === 'sensitive').map(([id]) => id));
}
