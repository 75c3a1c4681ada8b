import { ISLAND } from './island.ts';
import { DECIDED, LINKED } from './linked.ts';
import type { World } from './make.ts';
import { OWN, TEXT } from './own.ts';

export { ISLAND } from './island.ts';
export { HOSTILE, named } from './named.ts';
export type { World } from './make.ts';

/** Worlds whose answers are known by thought; every database must give them. */
export const WORLDS: Readonly<Record<string, World>> = { 'one person’s own facts': OWN, texts: TEXT, 'linked things': LINKED, decisions: DECIDED, 'an island': ISLAND };
