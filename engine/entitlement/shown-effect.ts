import { CHANGES } from './change.ts';
import type { ChangeCounts } from './change.ts';
import type { Cliff } from './cliff.ts';
import type { Consequence, GroupEffect } from './consequence.ts';
import type { CountyEffect, PayerEffect, ServiceEffect } from './simulate.ts';
import type { StatedError } from './stated-error.ts';
import { hiddenPlaces, SMALLEST_SHOWN } from './suppress.ts';
import type { ClauseCount } from './totals.ts';

/** Where few are touched, neither their number nor their money is shown. */
export interface ShownTouched {
  readonly counts: ChangeCounts | null;
  readonly beforeFen: number | null;
  readonly afterFen: number | null;
}

/** What a reform does to a service as it may be shown. */
export interface ShownEffect extends Omit<ServiceEffect, 'counties' | 'payers'> {
  readonly counties: readonly (ShownTouched & Pick<CountyEffect, 'county'>)[];
  readonly payers: readonly (Omit<PayerEffect, 'beforeFen' | 'afterFen'> & Pick<ShownTouched, 'beforeFen' | 'afterFen'>)[];
}

const touched = (counts: ChangeCounts): number => CHANGES.reduce((sum, kind) => sum + counts[kind], 0);

/** The groups of a breakdown as they may be shown. */
export function shownGroups<Group extends { readonly counts: ChangeCounts; readonly beforeFen: number; readonly afterFen: number }>(groups: readonly Group[]): readonly (Omit<Group, keyof ShownTouched> & ShownTouched)[] {
  const hidden = hiddenPlaces(groups.map(({ counts }) => touched(counts)));
  return groups.map((one, at) => (hidden.has(at) ? { ...one, counts: null, beforeFen: null, afterFen: null } : one));
}

/** A county where few are touched shows neither their number nor their money, and not what it pays. */
export function shownEffect(effect: ServiceEffect): ShownEffect {
  const counties = shownGroups(effect.counties);
  const small = new Set(counties.filter(({ counts }) => counts === null).map(({ county }) => county));
  return { ...effect, counties, payers: effect.payers.map((one) => (one.level === 'county' && small.has(one.county) ? { ...one, beforeFen: null, afterFen: null } : one)) };
}

/** Null: it is not known in which group. */
export interface ShownGroup extends ShownTouched {
  readonly group: string | null;
}

export interface ShownConsequence {
  readonly service: string;
  readonly places: readonly ShownGroup[];
  readonly incomes: readonly ShownGroup[];
  /** Every clause that somebody misses by alone, before or after. */
  readonly near: readonly { readonly clause: string; readonly before: number | null; readonly after: number | null }[];
  /** Null where no income is known; within, a count that is small and its loss. */
  readonly cliffs: { readonly before: ShownCliff; readonly after: ShownCliff } | null;
  readonly error: StatedError;
}

export interface ShownCliff {
  readonly count: number | null;
  readonly mostFen: number | null;
}

export function shownConsequence({ service, places, incomes, near, cliffs, error }: Consequence): ShownConsequence {
  return { service, places: shownBreakdown(places), incomes: shownBreakdown(incomes), near: shownNear(near), cliffs: cliffs ? { before: shownCliff(cliffs.before), after: shownCliff(cliffs.after) } : null, error };
}

const shownBreakdown = (groups: readonly GroupEffect[]): readonly ShownGroup[] => shownGroups(groups).map((one) => ({ ...one, group: one.group ?? null }));

function shownNear({ before, after }: Consequence['near']): ShownConsequence['near'] {
  const [was, is] = [shownClauses(before), shownClauses(after)];
  return [...new Set([...was.keys(), ...is.keys()])].map((clause) => ({ clause, before: countOf(was, clause), after: countOf(is, clause) }));
}

function shownClauses(counts: readonly ClauseCount[]): ReadonlyMap<string, number | null> {
  const hidden = hiddenPlaces(counts.map(({ count }) => count));
  return new Map(counts.map(({ clause, count }, at) => [clause, hidden.has(at) ? null : count]));
}

/** A clause that nobody misses by is not listed. */
const countOf = (counts: ReadonlyMap<string, number | null>, clause: string): number | null => (counts.has(clause) ? counts.get(clause) ?? null : 0);

const shownCliff = ({ count, mostFen }: Cliff): ShownCliff => (count > 0 && count < SMALLEST_SHOWN ? { count: null, mostFen: null } : { count, mostFen });
