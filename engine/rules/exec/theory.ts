import type { Op } from '../op.ts';
import type { Schema } from '../schema.ts';
import type { Type } from '../type.ts';
import type { Found, Situation, Thing } from '../value.ts';

/** How operators are found from what stands for them: an expression stands for itself, a node id for a node of a program. */
export interface Theory<C> {
  readonly opOf: (child: C) => Op<C>;
  readonly typeOf: (child: C) => Type;
  readonly ruleOf: (service: string) => Decided<C>;
}

/** A rule or decision as the meaning sees it. */
export interface Decided<C> {
  readonly clauses: readonly { readonly id: string; readonly when: C }[];
  readonly amount?: C | undefined;
}

/** The things that are looked at, and what they may be asked. */
export interface World {
  readonly schema: Schema;
  readonly situation: Situation;
}

/** One thing looked at under a theory: `place` is its place in the list of its entity. */
export interface Here<C> {
  readonly theory: Theory<C>;
  readonly world: World;
  readonly place: number;
  /** Watches or remembers how values are found; it must give what `valueOf` gives. The interpreter has none. */
  readonly look?: ((child: C, here: Here<C>) => Found) | undefined;
}

/** The thing at a place. A place that is not there is a fault of whoever joined the things. */
export function thingAt({ situation }: World, entity: string, place: number): Thing {
  const thing = situation.get(entity)?.[place];
  if (!thing) throw new RangeError(`there is no ${entity} at place ${String(place)}`);
  return thing;
}

/**
 * The places a link leads to from one place, or undefined where that is not known.
 *
 * From a group back to its members: those that name it, in their order. A member that names no group is in none,
 * because a grouping is always known; any other link that is not there is unknown.
 */
export function linkedPlaces(world: World, id: string, place: number, direction: 'along' | 'back'): readonly number[] | undefined {
  const link = world.schema.links.get(id);
  if (!link) throw new RangeError(`there is no link ${id}`);
  if (link.kind !== 'grouping') return thingAt(world, link.from, place).links.get(id);
  if (direction === 'along') return thingAt(world, link.from, place).links.get(id) ?? [];
  return (world.situation.get(link.from) ?? []).flatMap((member, at) => (member.links.get(id)?.[0] === place ? [at] : []));
}
