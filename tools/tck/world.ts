import type { Situation } from '#engine/rules/index.ts';

/** The one thing of which nothing is known, about which models of the kit are asked. */
export const WORLD: Situation = new Map([['thing', [{ facts: new Map(), links: new Map() }]]]);
