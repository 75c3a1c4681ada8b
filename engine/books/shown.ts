import { ACTS, CHANGES, hiddenFigures, hiddenPlaces, isFew, RANK, readTable, said, tableFigures } from '#engine/entitlement/index.ts';
import type { ActKind, ChangeKind, Cycle, Level, Month } from '#engine/entitlement/index.ts';
import { printDecimal } from '#engine/kernel/index.ts';
import type { BatchLine, ClauseChanges, FenByCycle, KeptObservation, Money, RunDetail, RunLine, RunPeople, RunServiceDetail } from './books.ts';
import { sumsOf } from './loop.ts';
import type { MonthSums } from './loop.ts';

/*
 * The books as pages and the API may show them, plain: undefined is null. Of a run few, and the money of few, are null,
 * whoever they are: other pages count the same people. Of batches, debts and observations that holds for people who exist;
 * of people who were made up those are shown.
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
  readonly unstatedFen: number | null;
  readonly clauses: readonly { readonly kind: ChangeKind; readonly clause: string | null; readonly count: number | null }[];
}

export interface ShownSide {
  readonly grants: number | null;
  readonly fen: number | null;
}

/** A run in one line. Its acts are for its changes, so neither of the two may give the other away. */
export function shownRun(line: RunLine): ShownRun {
  const [changes, done] = [CHANGES.map((kind) => line.counts[kind]), ACTS.map((act) => line.acts[act].count)];
  const hiddenActs = hiddenPlaces(done);
  const acts = Object.fromEntries(ACTS.map((act, at) => [act, hiddenActs.has(at) ? { count: null, fen: null } : line.acts[act]])) as ShownRun['acts'];
  const hidden = hiddenPlaces(changes);
  return { ...line, counts: countsOf(changes.map((count, at) => (hidden.has(at) ? null : count))), acts };
}

/**
 * Services that change nothing, before and after, are left out.
 *
 * What a service had before, with what came and went, is what it has after; how many have it after other pages say too, so
 * how many had it before is hidden first.
 */
export function shownRunDetail({ line, services }: RunDetail): ShownRunDetail {
  const all = services.filter(({ counts, grants, decided }) => grants > 0 || (decided?.yes ?? 0) > 0 || CHANGES.some((kind) => counts[kind] > 0));
  if (all.length === 0) return { ...shownRun(line), services: [] };
  const table = tableFigures(all.map(({ counts }) => CHANGES.map((kind) => counts[kind])), 0);
  const sides = all.map(({ grants, decided }) => [said(grants, RANK.sum), said(decided?.yes ?? 0, RANK.all)]);
  const from = table.figures.length;
  const of = (row: number, kind: ChangeKind): number => row * (CHANGES.length + 1) + CHANGES.indexOf(kind);
  const hidden = hiddenFigures([...table.figures, ...sides.flat()], [...table.equalities, ...all.flatMap(({ counts, grants, decided }, row) => (
    // Grants of people of whom no register has a row any more are in the one and not in the other.
    grants + counts.new === (decided?.yes ?? 0) + counts.ended + counts['now-unknown'] ? [{ left: [from + 2 * row, of(row, 'new')], right: [from + 2 * row + 1, of(row, 'ended'), of(row, 'now-unknown')] }] : []
  ))]);
  const { cells, byColumn } = readTable(table, hidden);
  return { ...shownRun(line), counts: countsOf(byColumn), services: all.map((one, row) => shownService(one, cells[row] ?? [], { isBefore: !hidden.has(from + 2 * row), isAfter: !hidden.has(from + 2 * row + 1) })) };
}

function shownService({ service, subject, counts, grants, beforeFen, movedFen, decided, clauses }: RunServiceDetail, row: readonly (number | null)[], { isBefore, isAfter }: { readonly isBefore: boolean; readonly isAfter: boolean }): ShownRunService {
  const side = (isShown: boolean, count: number, fen: number): ShownSide => (isShown ? { grants: count, fen } : { grants: null, fen: null });
  const small = decided ? smallCounties(decided.counties) : new Set<string | undefined>();
  return {
    service, subject, cycle: decided?.cycle ?? null, counts: countsOf(row),
    before: side(isBefore, grants, beforeFen), after: decided ? side(isAfter, decided.yes, decided.amountFen ?? 0) : null, movedFen: row.includes(null) ? null : movedFen,
    payers: (decided?.payers ?? []).map(({ level, county, amountFen }) => ({ level, county: county ?? null, fen: !isAfter || (level === 'county' && small.has(county)) ? null : amountFen })),
    unstatedFen: isAfter ? decided?.unstatedFen ?? 0 : null, clauses: shownClauses(clauses, counts, row),
  };
}

function smallCounties(counties: readonly { readonly county: string | undefined; readonly yes: number }[]): ReadonlySet<string | undefined> {
  const hidden = hiddenPlaces(counties.map(({ yes }) => yes));
  return new Set(counties.filter((_, at) => hidden.has(at)).map(({ county }) => county));
}

/** The clauses of a kind are together its changes: where those are hidden all of them are. */
function shownClauses(clauses: readonly ClauseChanges[], counts: RunServiceDetail['counts'], row: readonly (number | null)[]): ShownRunService['clauses'] {
  return CHANGES.flatMap((kind, column) => {
    const own = clauses.filter((one) => one.kind === kind);
    const hidden = row[column] === null && counts[kind] > 0 ? new Set(own.keys()) : hiddenPlaces(own.map(({ count }) => count));
    return own.map(({ clause, count }, at) => ({ kind, clause: clause ?? null, count: hidden.has(at) ? null : count }));
  });
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
  const few = (count: number): boolean => real && isFew(count);
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
  const few = (count: number): boolean => real && isFew(count);
  const hidden = few(numerator) || few(denominator) || few(denominator - numerator);
  return { indicator, month, formula, services: of.map(({ service }) => service), run, people: people ?? null, value: hidden || !value ? null : printDecimal(value), numerator: hidden ? null : numerator, denominator: few(denominator) ? null : denominator };
}

/** 202612 as 2026-12. */
export function printMonth(month: Month): string {
  return `${Math.floor(month / 100)}-${String(month % 100).padStart(2, '0')}`;
}
