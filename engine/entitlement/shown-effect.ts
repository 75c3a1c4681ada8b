import { CHANGES } from './change.ts';
import type { ChangeKind } from './change.ts';
import type { Cliff } from './cliff.ts';
import type { Consequence } from './consequence.ts';
import type { CountyEffect, PayerEffect, ServiceEffect } from './simulate.ts';
import type { StatedError } from './stated-error.ts';
import { hiddenPlaces, RANK, said } from './shown-table.ts';
import { hiddenFigures, isFew } from './suppress.ts';
import type { Equality, Figure } from './suppress.ts';
import type { ClauseCount } from './totals.ts';

/** Of each kind of change how many, and the money; null is few, or what would give few away. */
export type ShownChanges = Readonly<Record<ChangeKind, number | null>>;

export interface ShownTouched {
  readonly counts: ShownChanges;
  readonly beforeFen: number | null;
  readonly afterFen: number | null;
}

/** What a reform does to a service as it may be shown. */
export interface ShownEffect extends Omit<ServiceEffect, 'counties' | 'payers' | 'before' | 'after' | 'unstatedFen' | keyof ShownTouched>, ShownTouched {
  readonly before: number | null;
  readonly after: number | null;
  readonly unstatedFen: { readonly before: number | null; readonly after: number | null };
  readonly counties: readonly (ShownTouched & Pick<CountyEffect, 'county'>)[];
  readonly places: readonly ShownGroup[];
  readonly incomes: readonly ShownGroup[];
  readonly payers: readonly (Omit<PayerEffect, 'beforeFen' | 'afterFen'> & Pick<ShownTouched, 'beforeFen' | 'afterFen'>)[];
}

/**
 * What a reform does to a service, with its breakdowns, as it may be shown.
 *
 * The sums of every breakdown are the numbers of the service, and what it had before, with what came and went, is what it
 * has after: all of it is hidden together. Where a number is hidden its money is too, since an amount that is known tells
 * how many got it; how many hold the service today, and their money, other pages say as well.
 */
export function shownEffect(effect: ServiceEffect, { places, incomes }: Pick<Consequence, 'places' | 'incomes'>): ShownEffect {
  const breakdowns = [effect.counties, places, incomes];
  const changed = CHANGES.map((kind) => effect.counts[kind]);
  const figures: Figure[] = [said(effect.before, RANK.all + 1), said(effect.after, RANK.all), ...changed.map((count) => said(count, RANK.sum))];
  const [before, after, first] = [0, 1, 2];
  const of = (kind: ChangeKind, from = first): number => from + CHANGES.indexOf(kind);
  const equalities: Equality[] = [{ left: [before, of('new')], right: [after, of('ended'), of('now-unknown')] }];
  const starts = breakdowns.map((groups) => {
    const from = figures.length;
    figures.push(...groups.flatMap(({ counts }) => CHANGES.map((kind) => said(counts[kind], RANK.cell))));
    if (groups.length > 0) equalities.push(...CHANGES.map((kind) => ({ left: [of(kind)], right: groups.map((_, at) => of(kind, from + at * CHANGES.length)) })));
    return from;
  });
  const hidden = hiddenFigures(figures, equalities);
  const shown = (place: number): number | null => (hidden.has(place) ? null : figures[place]?.count ?? null);
  const countsAt = (from: number): ShownChanges => ({ new: shown(of('new', from)), raised: shown(of('raised', from)), lowered: shown(of('lowered', from)), ended: shown(of('ended', from)), 'now-unknown': shown(of('now-unknown', from)) });
  const [byCounty, byPlace, byIncome] = breakdowns.map((groups, at) => shownMoney(groups, groups.map((_, row) => countsAt((starts[at] ?? 0) + row * CHANGES.length))));
  const touched = unlessHidden(effect, countsAt(first));
  const [isAll, isBefore] = [touched.afterFen !== null, shown(before) !== null];
  return {
    ...effect, before: shown(before), after: shown(after), counts: touched.counts,
    beforeFen: isBefore ? effect.beforeFen : null, afterFen: touched.afterFen,
    unstatedFen: { before: isBefore ? effect.unstatedFen.before : null, after: isAll ? effect.unstatedFen.after : null },
    counties: effect.counties.map(({ county }, at) => ({ county, ...(byCounty?.[at] ?? NOTHING_SHOWN) })),
    places: places.map(({ group }, at) => ({ group: group ?? null, ...(byPlace?.[at] ?? NOTHING_SHOWN) })),
    incomes: incomes.map(({ group }, at) => ({ group: group ?? null, ...(byIncome?.[at] ?? NOTHING_SHOWN) })),
    payers: shownPayers(effect.payers, new Set(effect.counties.flatMap(({ county }, at) => (byCounty?.[at]?.afterFen === null ? [county] : [])))).map((one) => ({ ...one, beforeFen: isBefore ? one.beforeFen : null, afterFen: isAll ? one.afterFen : null })),
  };
}

interface Money {
  readonly beforeFen: number;
  readonly afterFen: number;
}

const NOTHING_SHOWN: ShownTouched = { counts: { new: null, raised: null, lowered: null, ended: null, 'now-unknown': null }, beforeFen: null, afterFen: null };

/** The groups of a breakdown with their money; where that of one is hidden, that of the group nearest to it in size is too. */
function shownMoney(groups: readonly Money[], counts: readonly ShownChanges[]): readonly ShownTouched[] {
  const shown = groups.map((one, at) => unlessHidden(one, counts[at] ?? NOTHING_SHOWN.counts));
  return withoutLast(groups, shown.map(({ afterFen }) => afterFen === null)).map((isHidden, at) => ({ ...(shown[at] ?? NOTHING_SHOWN), ...(isHidden ? { beforeFen: null, afterFen: null } : {}) }));
}

function unlessHidden({ beforeFen, afterFen }: Money, counts: ShownChanges): ShownTouched {
  return CHANGES.some((kind) => counts[kind] === null) ? { counts, beforeFen: null, afterFen: null } : { counts, beforeFen, afterFen };
}

/** What a county pays is hidden where its own people are few; the sum of all would give a single one away. */
function shownPayers(payers: readonly PayerEffect[], small: ReadonlySet<string | undefined>): ShownEffect['payers'] {
  return withoutLast(payers, payers.map(({ level, county }) => level === 'county' && small.has(county))).map((isHidden, at) => ({ ...(payers[at] ?? NO_PAYER), ...(isHidden ? { beforeFen: null, afterFen: null } : {}) }));
}

const NO_PAYER: PayerEffect = { level: 'city', of: 'resident', county: undefined, beforeFen: 0, afterFen: 0 };

/** The same, and where just one is hidden the smallest other sum of money with it. */
function withoutLast(money: readonly Money[], hidden: readonly boolean[]): readonly boolean[] {
  if (hidden.filter(Boolean).length !== 1) return hidden;
  const size = (at: number): number => (money[at]?.beforeFen ?? 0) + (money[at]?.afterFen ?? 0);
  const [next] = [...money.keys()].filter((at) => hidden[at] === false && size(at) > 0).sort((a, b) => size(a) - size(b));
  return hidden.map((one, at) => one || at === next);
}

/** Null: it is not known in which group. */
export interface ShownGroup extends ShownTouched {
  readonly group: string | null;
}

/** What else a reform does, as it may be shown; who is touched where is among its effects. */
export interface ShownConsequence {
  readonly service: string;
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

export function shownConsequence({ service, near, cliffs, error }: Consequence): ShownConsequence {
  return { service, near: shownNear(near), cliffs: cliffs ? { before: shownCliff(cliffs.before), after: shownCliff(cliffs.after) } : null, error };
}

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

const shownCliff = ({ count, mostFen }: Cliff): ShownCliff => (isFew(count) ? { count: null, mostFen: null } : { count, mostFen });
