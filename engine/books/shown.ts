import { ACTS, CHANGES, hiddenPlaces, shownTable, SMALLEST_SHOWN } from '#engine/entitlement/index.ts';
import type { ActKind, ChangeKind, Cycle, Level, Month } from '#engine/entitlement/index.ts';
import { printDecimal } from '#engine/kernel/index.ts';
import type { BatchLine, ClauseChanges, FenByCycle, KeptObservation, Money, RunDetail, RunLine, RunPeople, RunServiceDetail } from './books.ts';
import { sumsOf } from './loop.ts';
import type { MonthSums } from './loop.ts';

/*
 * The books as pages and the API may show them, plain: undefined is null. Of people who exist a number of few, and the money
 * of few, is null; of people who were made up everything is shown.
 */

type ShownCounts = Readonly<Record<ChangeKind, number | null>>;

export interface ShownRun extends Omit<RunLine, 'counts' | 'acts'> {
  readonly counts: ShownCounts;
  readonly acts: Readonly<Record<ActKind, { readonly count: number | null; readonly fen: number | null; readonly byCycle?: FenByCycle | undefined }>>;
}

export interface ShownRunDetail extends ShownRun {
  readonly services: readonly ShownRunService[];
}

export interface ShownRunService {
  readonly service: string;
  readonly subject: string;
  readonly cycle: Cycle | null;
  readonly counts: ShownCounts;
  readonly before: ShownSide;
  /** What the run decides; null where the service is not decided any more. */
  readonly after: ShownSide | null;
  readonly movedFen: number | null;
  readonly payers: readonly { readonly level: Level; readonly county: string | null; readonly fen: number | null }[];
  readonly unstatedFen: number;
  readonly clauses: readonly { readonly kind: ChangeKind; readonly clause: string | null; readonly count: number | null }[];
}

export interface ShownSide {
  readonly grants: number | null;
  readonly fen: number | null;
}

export function shownRun(line: RunLine): ShownRun {
  const hidden = line.people.synthetic ? new Set<number>() : hiddenPlaces(ACTS.map((act) => line.acts[act].count));
  const acts = Object.fromEntries(ACTS.map((act, at) => [act, hidden.has(at) ? { count: null, fen: null } : line.acts[act]])) as ShownRun['acts'];
  return { ...line, counts: shownCounts(line.people, CHANGES.map((kind) => line.counts[kind])), acts };
}

/** Services that change nothing, before and after, are left out. */
export function shownRunDetail({ line, services }: RunDetail): ShownRunDetail {
  const all = services.filter(({ counts, grants, decided }) => grants > 0 || (decided?.yes ?? 0) > 0 || CHANGES.some((kind) => counts[kind] > 0));
  const table = line.people.synthetic || all.length === 0 ? undefined : shownTable(all.map(({ counts }) => CHANGES.map((kind) => counts[kind])));
  const shown = all.map((one, at) => shownService(line.people, one, table?.cells[at]));
  return { ...shownRun(line), ...(table && { counts: countsOf(table.byColumn) }), services: shown };
}

function shownService(people: RunPeople, { service, subject, counts, grants, beforeFen, movedFen, decided, clauses }: RunServiceDetail, row: readonly (number | null)[] | undefined): ShownRunService {
  const hides = (count: number): boolean => !people.synthetic && count > 0 && count < SMALLEST_SHOWN;
  const side = (count: number, fen: number): ShownSide => (hides(count) ? { grants: null, fen: null } : { grants: count, fen });
  const hidden = row?.includes(null) ?? false;
  const small = people.synthetic || !decided ? new Set<string | undefined>() : smallCounties(decided.counties);
  return {
    service, subject, cycle: decided?.cycle ?? null, counts: row ? countsOf(row) : countsOf(CHANGES.map((kind) => counts[kind])),
    before: side(grants, beforeFen), after: decided ? side(decided.yes, decided.amountFen ?? 0) : null, movedFen: hidden ? null : movedFen,
    payers: (decided?.payers ?? []).map(({ level, county, amountFen }) => ({ level, county: county ?? null, fen: level === 'county' && small.has(county) ? null : amountFen })),
    unstatedFen: decided?.unstatedFen ?? 0, clauses: shownClauses(people, clauses),
  };
}

function smallCounties(counties: readonly { readonly county: string | undefined; readonly yes: number }[]): ReadonlySet<string | undefined> {
  const hidden = hiddenPlaces(counties.map(({ yes }) => yes));
  return new Set(counties.filter((_, at) => hidden.has(at)).map(({ county }) => county));
}

function shownClauses({ synthetic }: RunPeople, clauses: readonly ClauseChanges[]): ShownRunService['clauses'] {
  const hidden = synthetic ? new Set<number>() : hiddenPlaces(clauses.map(({ count }) => count));
  return clauses.map(({ kind, clause, count }, at) => ({ kind, clause: clause ?? null, count: hidden.has(at) ? null : count }));
}

function shownCounts({ synthetic }: RunPeople, counts: readonly number[]): ShownCounts {
  const hidden = synthetic ? new Set<number>() : hiddenPlaces(counts);
  return countsOf(counts.map((count, at) => (hidden.has(at) ? null : count)));
}

function countsOf(row: readonly (number | null)[]): ShownCounts {
  const of = (kind: ChangeKind): number | null => row[CHANGES.indexOf(kind)] ?? null;
  return { new: of('new'), raised: of('raised'), lowered: of('lowered'), ended: of('ended'), 'now-unknown': of('now-unknown') };
}

export interface ShownMoney extends Pick<Money, 'reconciled'> {
  readonly months: readonly (MonthSums & { readonly payers: Money['months'][number]['payers'] })[];
  readonly batches: readonly (Omit<BatchLine, 'items' | 'totalFen'> & { readonly items: number | null; readonly totalFen: number | null })[];
  readonly recoveries: { readonly count: number | null; readonly openFen: number | null; readonly objections: number | null };
}

/** `real`: of people who exist. */
export function shownMoney({ months, batches, reconciled, recoveries }: Money, real: boolean): ShownMoney {
  const few = (count: number): boolean => real && count > 0 && count < SMALLEST_SHOWN;
  return {
    months: months.map((one) => ({ ...sumsOf(one), payers: one.payers })), reconciled,
    batches: batches.map((one) => (few(one.items) ? { ...one, items: null, totalFen: null } : one)),
    recoveries: few(recoveries.count) ? { count: null, openFen: null, objections: null } : { ...recoveries, objections: few(recoveries.objections) ? null : recoveries.objections },
  };
}

export interface ShownObservation {
  readonly indicator: string;
  readonly month: Month;
  /** In the unit of the indicator, as digits; null where nobody is entitled, or few are. */
  readonly value: string | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly formula: string;
  /** What it counts: services, by id. */
  readonly services: readonly string[];
  readonly run: string;
  readonly people: RunPeople | null;
}

/** People of whom it is not known whether they exist are treated as if they did. */
export function shownObservation({ indicator, month, value, numerator, denominator, formula, of, run, people }: KeptObservation): ShownObservation {
  const real = people?.synthetic !== true;
  const few = (count: number): boolean => real && count > 0 && count < SMALLEST_SHOWN;
  const hidden = few(numerator) || few(denominator) || few(denominator - numerator);
  return { indicator, month, formula, services: of.map(({ service }) => service), run, people: people ?? null, value: hidden || !value ? null : printDecimal(value), numerator: hidden ? null : numerator, denominator: few(denominator) ? null : denominator };
}

/** 202612 as 2026-12. */
export function printMonth(month: Month): string {
  return `${Math.floor(month / 100)}-${String(month % 100).padStart(2, '0')}`;
}
