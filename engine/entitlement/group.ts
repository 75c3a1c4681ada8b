import type { Missing } from '#engine/rules/index.ts';
import type { Entitlement } from './decide.ts';

/** How a resident is shown what a service comes to. */
export const GROUPS = ['yours', 'near', 'undecided', 'not-now'] as const;
export type Group = (typeof GROUPS)[number];

/** So few missing facts count as one step away. */
const FEW = 2;

/** Yours, one step away (undecided for a fact or two), undecided, or not now. */
export function groupOf({ verdict }: Entitlement, missing: readonly Missing[]): Group {
  switch (verdict.kind) {
    case 'yes': return 'yours';
    case 'no': return 'not-now';
    case 'unknown': return missing.length > 0 && missing.length <= FEW ? 'near' : 'undecided';
    default: return verdict satisfies never;
  }
}
