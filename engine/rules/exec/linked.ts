import type { Op } from '../op.ts';
import { known, NONE, UNKNOWN } from '../value.ts';
import type { Found } from '../value.ts';
import { monthNumber } from './calendar.ts';
import { extreme, integer, strict, truth } from './state.ts';
import { linkedPlaces, thingAt } from './theory.ts';
import type { Here, World } from './theory.ts';

/** The value of an expression at a place of the linked entity. */
type At<C> = (child: C, place: number) => Found;
type Linked<C, K> = Extract<Op<C>, { op: K } | { op: 'covered-months' | 'longest-gap' }> & { op: K };

export function through<C>({ link, of }: Linked<C, 'through'>, here: Here<C>, at: At<C>): Found {
  const places = linkedPlaces(here.world, link, here.place, 'along');
  const [only] = places ?? [];
  return places === undefined ? UNKNOWN : only === undefined ? NONE : at(of, only);
}

/**
 * A fold in three steps: an unknown list or filter ends it, except that what is certain may settle `some` and
 * `every`; things whose filter is false or none are left out; then values that are none are left out.
 * `count` counts the things that pass the filter and looks at no value.
 */
export function fold<C>({ link, fold: by, where, value }: Extract<Op<C>, { op: 'fold' }>, here: Here<C>, at: At<C>): Found {
  const places = linkedPlaces(here.world, link, here.place, here.world.schema.links.get(link)?.kind === 'grouping' ? 'back' : 'along');
  if (!places) return UNKNOWN;
  const passed = places.map((place) => ({ place, in: where === undefined ? true : truth(at(where, place)) })).filter((one) => one.in !== false);
  const values = value === undefined ? [] : passed.filter((one) => one.in === true).map(({ place }) => at(value, place)).filter((one) => one.kind !== 'none');
  const settles = by === 'some' ? true : by === 'every' ? false : undefined;
  if (settles !== undefined && values.some((one) => one.kind === 'known' && one.value === settles)) return known(settles);
  if (passed.some((one) => one.in === undefined) || (by !== 'count' && values.some((one) => one.kind === 'unknown'))) return UNKNOWN;
  switch (by) {
    case 'count': return known(BigInt(passed.length));
    case 'sum': return known(values.reduce((sum, one) => sum + (one.kind === 'known' ? integer(one.value) : 0n), 0n));
    case 'least': case 'greatest': return extreme(by, values);
    case 'some': return known(false);
    case 'every': return known(true);
    default: return by satisfies never;
  }
}

/**
 * Months with and without a spell. Months are whole: a spell of one day covers its month, months that several spells
 * touch count once, both end months of the window count. A window that ends before it starts has no months.
 *
 * A spell covers nothing where its start is none or its end lies before its start. A list that is not known, or one
 * filter or one date of a spell that passed that is unknown, makes the result unknown, wherever the spell may lie.
 */
export function spells<C>(node: Linked<C, 'covered-months' | 'longest-gap'>, here: Here<C>, at: At<C>): Found {
  const window = [at(node.from, here.place), at(node.to, here.place)];
  const places = linkedPlaces(here.world, node.link, here.place, 'along');
  return strict(window, ([from, to]) => {
    const found = places?.map((place) => spellAt(node, here.world, place, at));
    if (!found || found.includes('unknown')) return UNKNOWN;
    const covered = monthsOf(Number(from), Number(to)).map((month) => found.some((one) => typeof one === 'object' && one.first <= month && month <= one.last));
    return known(BigInt(node.op === 'covered-months' ? covered.filter(Boolean).length : longestRun(covered)));
  });
}

/** The months of a spell, by their numbers. */
interface Months {
  readonly first: number;
  readonly last: number;
}

function spellAt<C>({ link, where }: Linked<C, 'covered-months' | 'longest-gap'>, world: World, place: number, at: At<C>): Months | 'unknown' | 'nothing' {
  const passes = where === undefined ? true : truth(at(where, place));
  if (passes !== true) return passes === undefined ? 'unknown' : 'nothing';
  const { facts } = thingAt(world, world.schema.links.get(link)?.to ?? '', place);
  const from = facts.get(`${link}.from`) ?? UNKNOWN;
  const until = facts.get(`${link}.until`) ?? UNKNOWN;
  if (from.kind === 'none') return 'nothing';
  if (from.kind === 'unknown' || until.kind === 'unknown') return 'unknown';
  if (until.kind === 'known' && until.value < from.value) return 'nothing';
  return { first: monthNumber(Number(from.value)), last: until.kind === 'known' ? monthNumber(Number(until.value)) : Number.POSITIVE_INFINITY };
}

function monthsOf(from: number, to: number): readonly number[] {
  const first = monthNumber(from);
  return Array.from({ length: Math.max(0, monthNumber(to) - first + 1) }, (_, month) => first + month);
}

function longestRun(covered: readonly boolean[]): number {
  let longest = 0;
  let run = 0;
  for (const one of covered) {
    run = one ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return longest;
}
