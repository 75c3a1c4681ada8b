import { buildProgram, dayText } from '#engine/rules/index.ts';
import { NOWHERE } from './place.ts';
import { decideAll, fenByRow } from './run.ts';
import type { Run } from './run.ts';
import type { Baseline } from './simulate.ts';
import { payersOn, split } from './split.ts';
import type { Part, Payer } from './split.ts';
import type { Cycle } from './totals.ts';
import { screened } from './screening.ts';

/**
 * Money that follows people, of the services that are paid in one cycle.
 *
 * The rule: a service is given, and paid out, where somebody lives; the county that pays for them by the pack (where
 * they are registered, insured or work) hands its share over to the county where they live. Only the share of counties
 * moves. What a county pays for those who live in it does not.
 */
export interface Flows {
  readonly cycle: Cycle | undefined;
  /** The services whose money moves, in the order of the run. */
  readonly services: readonly string[];
  /** From the county that pays to that of residence, in fen; 0 on the diagonal. Counties as in `Places`. */
  readonly gross: readonly (readonly number[])[];
  /** For how many grants that is, alike. */
  readonly grants: readonly (readonly number[])[];
  /** By county of residence: due from a county outside the city, or one that is not known. Nobody here hands it over. */
  readonly fromOutside: readonly Sum[];
  /** By county that pays: due to people of whom it is not known that they live in a county of the city. */
  readonly toOutside: readonly Sum[];
}

/** Money and for how many grants it is. */
export interface Sum {
  readonly fen: number;
  readonly grants: number;
}

/** What each county hands over less what it gets from the same county: what is above 0 one way is below it the other. */
export function netOf({ gross }: Pick<Flows, 'gross'>): readonly (readonly number[])[] {
  return gross.map((row, from) => row.map((fen, to) => fen - (gross[to]?.[from] ?? 0)));
}

/** What each county gets in all less what it hands over; the counties together get exactly 0 fen. */
export function balancesOf({ gross }: Pick<Flows, 'gross'>): readonly number[] {
  return gross.map((row, county) => gross.reduce((sum, other) => sum + (other[county] ?? 0), 0) - row.reduce((sum, fen) => sum + fen, 0));
}

/** Everybody decided with no scope at all: every service is open to whoever lives in the city. Other conditions, and what excludes what, stay. */
export function openedRun({ book: plain, on, snapshot }: Baseline): Run {
  const book = screened(plain);
  const rules = book.rulesAt(on).map((rule) => ({ ...rule, clauses: rule.clauses.filter(({ id }) => id !== 'scope') }));
  return decideAll(buildProgram(book.vocabulary.schema, on, rules), snapshot);
}

/** The transfers between counties of a run over the people of a baseline, one matrix for each cycle. */
export function flowsOf(baseline: Baseline, run: Run = baseline.run): readonly Flows[] {
  const counties = baseline.places.counties.length;
  const sums = new Map<Cycle | undefined, Sums>();
  for (const [service, answers] of run.answers) {
    const shares = shareOfCounties(baseline, service);
    const fen = shares && fenByRow(answers);
    if (!fen) continue;
    const cycle = baseline.totals.find((one) => one.service === service)?.cycle;
    const to = sums.get(cycle) ?? new Sums(counties);
    sums.set(cycle, to);
    const moved = addService({ baseline, subject: answers.decision.subject, shares, fen, to });
    if (moved) to.services.push(service);
  }
  return [...sums].map(([cycle, { services, gross, grants, fromOutside, toOutside }]) => ({ cycle, services, gross: gross.map((row) => [...row]), grants: grants.map((row) => [...row]), fromOutside, toOutside }));
}

class Sums {
  readonly services: string[] = [];
  readonly gross: readonly Float64Array[];
  readonly grants: readonly Float64Array[];
  readonly fromOutside: { fen: number; grants: number }[];
  readonly toOutside: { fen: number; grants: number }[];

  constructor(counties: number) {
    this.gross = Array.from({ length: counties }, () => new Float64Array(counties));
    this.grants = this.gross.map(() => new Float64Array(counties));
    this.fromOutside = Array.from({ length: counties }, () => ({ fen: 0, grants: 0 }));
    this.toOutside = Array.from({ length: counties }, () => ({ fen: 0, grants: 0 }));
  }
}

/** The payers of a service where a county is among them. */
function shareOfCounties({ book, on }: Baseline, service: string): readonly Payer[] | undefined {
  const record = book.pack.services.get(service);
  const shares = record && payersOn(record, dayText(on));
  return shares?.some(({ level }) => level === 'county') === true ? shares : undefined;
}

/** Whether anything moved. */
function addService({ baseline: { places }, subject, shares, fen, to }: { readonly baseline: Baseline; readonly subject: string; readonly shares: readonly Payer[]; readonly fen: Float64Array; readonly to: Sums }): boolean {
  const home = places.of(subject, 'resident');
  const payers = shares.map(({ level, of }) => (level === 'county' ? places.of(subject, of) : undefined));
  const parts = new Map<number, readonly Part[]>();
  let moved = false;
  fen.forEach((amount, row) => {
    if (amount === 0) return;
    const lines = parts.get(amount) ?? split(amount, shares);
    parts.set(amount, lines);
    lines.forEach((line, at) => {
      const payer = payers[at]?.[row];
      const lives = home[row] ?? NOWHERE;
      if (payer === undefined || payer === lives) return;
      moved = true;
      add(to, payer, lives, line.amountFen);
    });
  });
  return moved;
}

function add({ gross, grants, fromOutside, toOutside }: Sums, from: number, to: number, fen: number): void {
  const outside = from === NOWHERE ? fromOutside[to] : to === NOWHERE ? toOutside[from] : undefined;
  if (outside) {
    outside.fen += fen;
    outside.grants += 1;
  }
  const [sums, counts] = [gross[from], grants[from]];
  if (!sums || !counts || to === NOWHERE) return;
  sums[to] = (sums[to] ?? 0) + fen;
  counts[to] = (counts[to] ?? 0) + 1;
}
