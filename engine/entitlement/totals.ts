import type { Pack, Service } from '#engine/pack/index.ts';
import { dayText, REASON } from '#engine/rules/index.ts';
import type { Column } from '#engine/rules/index.ts';
import { addAt, basisOf, NOWHERE } from './place.ts';
import type { Basis, Places } from './place.ts';
import { clauseOf, eachGrant } from './run.ts';
import type { Run, ServiceAnswers } from './run.ts';
import { payersOn, split } from './split.ts';
import type { Payer } from './split.ts';

export type Level = Payer['level'];
/** How often an amount is paid; undefined where the standard does not say. */
export type Cycle = NonNullable<NonNullable<Service['standard']>[number]['per']>;

export interface ClauseCount {
  readonly clause: string;
  readonly count: number;
}

/** What one payer pays in all. A county pays for its own; every other payer is one. */
export interface PayerTotal {
  readonly level: Level;
  readonly of: Basis;
  /** The county that pays; undefined for other levels, and where the county is not known. */
  readonly county: string | undefined;
  readonly amountFen: number;
}

export interface CountyTotal {
  /** Undefined: it is not known in which county. */
  readonly county: string | undefined;
  readonly yes: number;
  readonly amountFen: number;
}

/** What a run says of one service, counted. Money is the sum of its lines, each split among its payers (contract 8). */
export interface ServiceTotals {
  readonly service: string;
  readonly subject: string;
  /** How many there are of the subject. */
  readonly rows: number;
  readonly yes: number;
  /** By the clause that says so, in textual order; those that say so to nobody are left out. */
  readonly no: readonly ClauseCount[];
  readonly unknown: readonly ClauseCount[];
  /** Undefined where the service pays no money. */
  readonly amountFen: number | undefined;
  readonly cycle: Cycle | undefined;
  readonly payers: readonly PayerTotal[];
  /** The money of which the pack does not say who pays it. */
  readonly unstatedFen: number;
  readonly counties: readonly CountyTotal[];
}

/** Counts a run, service after service. `pack` is where payers and cycles are read, on the day of the run. */
export function totalsOf(pack: Pack, run: Run, places: Places): readonly ServiceTotals[] {
  const day = dayText(run.program.lawOn);
  return [...run.answers.values()].flatMap((answers) => {
    const service = pack.services.get(answers.decision.service);
    return service ? [totalOf(service, answers, day, places)] : [];
  });
}

/** Counts the answers of one service on a day (`YYYY-MM-DD`). */
export function totalOf(service: Service, answers: ServiceAnswers, day: string, places: Places): ServiceTotals {
  const { decision, reasons, amounts } = answers;
  const counts = new Uint32Array(256);
  for (let row = 0; row < reasons.length; row++) {
    const reason = reasons[row] ?? 0;
    counts[reason] = (counts[reason] ?? 0) + 1;
  }
  const clauses = (from: number, to: number): readonly ClauseCount[] => [...counts.subarray(from, to)].flatMap((count, at) => (count === 0 ? [] : [{ clause: clauseOf(decision, from + at) ?? '', count }]));
  const shares = payersOn(service, day);
  const amountFen = amounts && sumOf(amounts);
  return {
    service: service.id,
    subject: decision.subject,
    rows: reasons.length,
    yes: counts[REASON.yes] ?? 0,
    no: clauses(REASON.no, REASON.unknown),
    unknown: clauses(REASON.unknown, counts.length),
    amountFen,
    cycle: service.standard?.find(({ from, until }) => from <= day && (until === undefined || day <= until))?.per,
    payers: amounts && shares ? payerTotals(shares, answers, places) : [],
    unstatedFen: shares ? 0 : (amountFen ?? 0),
    counties: countyTotals(answers, places.of(decision.subject, basisOf(service)), places.counties),
  };
}

function sumOf(amounts: Column): number {
  let sum = 0;
  for (let at = 0; at < amounts.length; at++) sum += amounts[at] ?? 0;
  return sum;
}

function payerTotals(shares: readonly Payer[], answers: ServiceAnswers, places: Places): readonly PayerTotal[] {
  // The last place of each payer is for a county that is not known, and for levels that are one payer.
  const payers = shares.map(({ level, of }, number) => ({ number, sums: new Float64Array(places.counties.length + 1), where: level === 'county' ? places.of(answers.decision.subject, of) : undefined }));
  const known = new Map<number, readonly number[]>();
  // Neighbours often get the same: the split of the last amount is at hand.
  let [last, parts]: [number, readonly number[]] = [NaN, []];
  eachGrant(answers, (row, fen) => {
    if (fen !== last) {
      parts = known.get(fen) ?? split(fen, shares).map(({ amountFen }) => amountFen);
      known.set(fen, parts);
      last = fen;
    }
    for (const { number, sums, where } of payers) addAt(sums, where?.[row] ?? NOWHERE, parts[number] ?? 0);
  });
  return shares.flatMap(({ level, of }, payer) => [...(payers[payer]?.sums ?? [])].flatMap((amountFen, at): readonly PayerTotal[] => (
    amountFen > 0 || (level !== 'county' && at === places.counties.length) ? [{ level, of, county: places.counties[at], amountFen }] : []
  )));
}

function countyTotals(answers: ServiceAnswers, where: Int32Array, counties: readonly string[]): readonly CountyTotal[] {
  const yes = new Float64Array(counties.length + 1);
  const money = new Float64Array(counties.length + 1);
  eachGrant(answers, (row, fen) => {
    const at = where[row] ?? NOWHERE;
    addAt(yes, at, 1);
    addAt(money, at, fen);
  });
  return [...yes].flatMap((count, at) => (at < counties.length || count > 0 ? [{ county: counties[at], yes: count, amountFen: money[at] ?? 0 }] : []));
}
