import { DECIDED, LINKED } from './linked.ts';
import type { World } from './make.ts';
import { OWN } from './own.ts';

export { HOSTILE, named } from './named.ts';
export type { World } from './make.ts';

/** Worlds whose answers are known by thought; every database must give them. */
export const WORLDS: Readonly<Record<string, World>> = { 'one person’s own facts': OWN, 'linked things': LINKED, decisions: DECIDED };
