import type { Service } from '#engine/pack/index.ts';
import { dayText } from '#engine/rules/index.ts';
import type { Basis } from '../place.ts';
import { payersOn, split } from '../split.ts';
import type { Cycle, Level } from '../totals.ts';
import { isPausedIn, rightIn, sinceOf } from './grant.ts';
import type { GrantPause, Right, Step } from './grant.ts';
import { duePeriods, firstDayOf } from './month.ts';
import type { Month, Period } from './month.ts';

/**
 * Who pays a line, as one text: the level, and for a county which one (`county:330702`). `county:` without one where the
 * county is not known, `unstated` where the pack does not say who pays.
 */
export type PayerKey = string;

export const UNSTATED: PayerKey = 'unstated';

export function payerKey(level: Level, county: string | undefined): PayerKey {
  return level === 'county' ? `county:${county ?? ''}` : level;
}

/** The level of a payer; undefined where nobody has entered who pays. */
export function levelOf(payer: PayerKey): string | undefined {
  return payer === UNSTATED ? undefined : (payer.split(':')[0] ?? payer);
}

/** One grant: a service and the subject that has it. */
export interface GrantKey {
  readonly service: string;
  /** An opaque id of the person, household …, never a row. */
  readonly subject: string;
}

/**
 * Why a line is booked. `due`: a period came to this much more, or less, than was booked. `paid`: it left with a batch.
 * `returned`: the bank gave it back. `settled`: between payers, adding up to nothing. `repaid`: the person paid a debt
 * back. `waived`: a debt that is not asked for.
 */
export const LINE_KINDS = ['due', 'paid', 'returned', 'settled', 'repaid', 'waived'] as const;
export type LineKind = (typeof LINE_KINDS)[number];

/**
 * A line of the ledger; lines are only ever added. What a payer still owes of a period is the sum of its lines: above
 * zero it is to be paid, below zero it was paid without being due.
 */
export interface Line extends GrantKey {
  readonly period: Period;
  readonly payer: PayerKey;
  readonly kind: LineKind;
  /** With its sign: `due` and `returned` add to what is owed to the person, `paid` takes from it. */
  readonly amountFen: number;
}

/** Fen by payer of one period. */
export type PayerParts = ReadonlyMap<PayerKey, number>;

/** What a right comes to for each payer on the first day of a month. The parts add up to the amount. */
export function partsOf(service: Service, { amountFen, areas }: Right, month: Month): PayerParts {
  const shares = payersOn(service, dayText(firstDayOf(month)));
  const parts = new Map<PayerKey, number>();
  if (amountFen === 0) return parts;
  const add = (payer: PayerKey, fen: number): unknown => parts.set(payer, (parts.get(payer) ?? 0) + fen);
  if (!shares) add(UNSTATED, amountFen);
  else for (const { payer, amountFen: fen } of split(amountFen, shares)) add(payerKey(payer.level, areas[payer.of]), fen);
  return parts;
}

/** By which basis it is not known which county pays a part of a right on the first day of a month: that part could never be paid. Undefined where all of it can. */
export function payerMissing(service: Service, { amountFen, areas }: Right, month: Month): Basis | undefined {
  if (amountFen === 0) return undefined;
  return payersOn(service, dayText(firstDayOf(month)))?.find(({ level, of, shareBp }) => level === 'county' && shareBp > 0 && areas[of] === undefined)?.of;
}

/**
 * How often a service is paid in a month: as its standard of the first day says, or the last one before where it has
 * none any more. Undefined where it was never decided by rule, or brings no money.
 */
export function cycleOn({ standard }: Pick<Service, 'standard'>, month: Month): Cycle | undefined {
  const day = dayText(firstDayOf(month));
  const begun = (standard ?? []).filter(({ from }) => from <= day).sort((a, b) => (a.from < b.from ? -1 : 1));
  return begun.at(-1)?.per ?? standard?.[0]?.per;
}

/** The steps of a grant, how often it is paid, and the months that its subject does without. */
export interface Paid {
  readonly service: Service;
  readonly cycle: Cycle;
  readonly steps: readonly Step[];
  readonly pauses: readonly GrantPause[];
}

/** What every period through a month comes to, by payer; periods that come to nothing are given too, without parts. */
export function comesTo({ service, cycle, steps, pauses }: Paid, through: Month): ReadonlyMap<Period, PayerParts> {
  const since = sinceOf(steps);
  if (since === undefined) return new Map();
  return new Map(duePeriods(cycle, since, through).map(({ period, month }) => {
    const right = isPausedIn(pauses, month) ? undefined : rightIn(steps, month);
    return [period, right ? partsOf(service, right, month) : new Map()];
  }));
}

/**
 * The lines that bring what is booked as due to what the periods come to: first bookings, arrears and reversals alike.
 *
 * `booked` is the sum of the `due` lines by period and payer. Where both agree there is no line: booking twice books once.
 */
export function book(key: GrantKey, paid: Paid, through: Month, booked: ReadonlyMap<Period, PayerParts>): readonly Line[] {
  const target = comesTo(paid, through);
  const periods = [...new Set([...target.keys(), ...booked.keys()])].sort((a, b) => a - b);
  return periods.flatMap((period) => {
    const [is, was] = [target.get(period) ?? new Map<PayerKey, number>(), booked.get(period) ?? new Map<PayerKey, number>()];
    return [...new Set([...is.keys(), ...was.keys()])].sort().flatMap((payer): readonly Line[] => {
      const amountFen = (is.get(payer) ?? 0) - (was.get(payer) ?? 0);
      return amountFen === 0 ? [] : [{ ...key, period, payer, kind: 'due', amountFen }];
    });
  });
}

/** Sums of lines by period and payer; a sum of nothing is left out. */
export function sumLines(lines: Iterable<Line>): ReadonlyMap<Period, PayerParts> {
  const sums = new Map<Period, Map<PayerKey, number>>();
  for (const { period, payer, amountFen } of lines) {
    const parts = sums.get(period) ?? new Map<PayerKey, number>();
    sums.set(period, parts);
    const sum = (parts.get(payer) ?? 0) + amountFen;
    if (sum === 0) parts.delete(payer);
    else parts.set(payer, sum);
  }
  for (const [period, parts] of sums) if (parts.size === 0) sums.delete(period);
  return sums;
}

/** What stands between a grant and its payment, by period. */
export interface Balance {
  /** To be paid to the person, by payer and period. */
  readonly owed: readonly { readonly period: Period; readonly payer: PayerKey; readonly amountFen: number }[];
  /** Paid without being due: owed by the person. */
  readonly debt: readonly { readonly period: Period; readonly payer: PayerKey; readonly amountFen: number }[];
  /** Between payers of the same period: one has paid what another has to pay. Each period adds up to nothing. */
  readonly settlements: readonly Line[];
}

/**
 * What is to be paid, what is owed by the person, and what payers owe one another.
 *
 * Within one period a payer that has paid too much is made good by one that has not paid yet, since the person got the
 * money. Between periods nothing is set off: a debt never lessens what is due (`balances` is the sum of all lines).
 */
export function balanceOf(key: GrantKey, balances: ReadonlyMap<Period, PayerParts>): Balance {
  const [owed, debt, settlements]: [Balance['owed'][number][], Balance['debt'][number][], Line[]] = [[], [], []];
  for (const [period, parts] of [...balances].sort(([a], [b]) => a - b)) {
    const sorted = [...parts].sort(([a], [b]) => (a < b ? -1 : 1));
    const plus = sorted.filter(([, fen]) => fen > 0).reduce((sum, [, fen]) => sum + fen, 0);
    const minus = -sorted.filter(([, fen]) => fen < 0).reduce((sum, [, fen]) => sum + fen, 0);
    // What has already reached the person in this period, from whomever.
    const [cover, made] = [{ left: Math.min(plus, minus) }, { left: Math.min(plus, minus) }];
    for (const [payer, fen] of sorted) {
      const pool = fen > 0 ? cover : made;
      const settled = Math.min(pool.left, Math.abs(fen));
      pool.left -= settled;
      if (settled > 0) settlements.push({ ...key, period, payer, kind: 'settled', amountFen: fen > 0 ? -settled : settled });
      const rest = Math.abs(fen) - settled;
      if (rest > 0) (fen > 0 ? owed : debt).push({ period, payer, amountFen: rest });
    }
  }
  return { owed, debt, settlements };
}
