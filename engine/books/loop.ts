import { levelOf, monthOf } from '#engine/entitlement/index.ts';
import type { Month, PayerKey, ScheduledReform } from '#engine/entitlement/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import type { KeptObservation, Money, MonthMoney, PayerMonth, RunLine } from './books.ts';

/** The loop once around: people are decided, granted, paid and observed; a reform comes into force; and the same again. */
export interface Loop {
  readonly before: Turn;
  /** The reform that holds last and was not taken back; undefined where none was scheduled. */
  readonly reform: ScheduledReform | undefined;
  readonly after: Turn;
}

/** Once from a run to what was observed; undefined is what has not happened yet. */
export interface Turn {
  readonly run: RunLine | undefined;
  /** The month of the run. */
  readonly month: Month | undefined;
  readonly money: MonthSums | undefined;
  /** What was observed with the run, one an indicator, the newest of each. */
  readonly observations: readonly KeptObservation[];
}

/** The sums of one month. Money that nobody can be asked to pay is told apart: it is decided and booked, and never leaves. */
export interface MonthSums extends Omit<PayerMonth, 'payer'> {
  readonly month: Month;
  readonly withoutPayerFen: number;
  /** Whether what is decided, booked and paid is the same to the fen, but for what has no payer. */
  readonly agrees: boolean;
}

export interface LoopInput {
  /** Finished runs. */
  readonly runs: readonly RunLine[];
  readonly money: Money;
  readonly observations: readonly KeptObservation[];
  /** As `reformsOf` gives them: the one that holds last first. */
  readonly reforms: readonly ScheduledReform[];
}

/**
 * Puts the loop together from what was really done.
 *
 * The turn before ends with the day before the reform, the turn after begins with its day. Of each the last run that was
 * acted on stands for it, or the last one against the grants in force where none was. Money is that of the month of the
 * run; observations are those made with the run.
 */
export function loopOf({ runs, money, observations, reforms }: LoopInput): Loop {
  const reform = reforms.find(({ state }) => state !== 'withdrawn');
  const on = reform?.entry.on;
  const usable = runs.filter(({ against }) => against.kind === 'grants');
  const turn = (found: RunLine | undefined): Turn => {
    const month = found && monthOf(dayNumber(found.asOf));
    const of = money.months.find((one) => one.month === month);
    return { run: found, month, money: of && sumsOf(of), observations: found ? newest(observations.filter(({ run }) => run === found.id)) : [] };
  };
  return {
    before: turn(standing(usable.filter(({ asOf }) => on === undefined || asOf < on))),
    reform,
    after: turn(on === undefined ? undefined : standing(usable.filter(({ asOf }) => asOf >= on))),
  };
}

function standing(runs: readonly RunLine[]): RunLine | undefined {
  const byDay = runs.toSorted((a, b) => (a.asOf < b.asOf ? -1 : a.asOf > b.asOf ? 1 : 0));
  return byDay.findLast(({ acted }) => acted === 'whole' || acted === 'part') ?? byDay.at(-1);
}

function newest(observations: readonly KeptObservation[]): readonly KeptObservation[] {
  return [...new Map(observations.map((one) => [one.indicator, one])).values()];
}

/** Whether there is somebody who can be asked to pay. */
export function isPayable(payer: PayerKey): boolean {
  return levelOf(payer) !== undefined && !payer.endsWith(':');
}

/** A month of all payers together. */
export function sumsOf({ month, payers }: MonthMoney): MonthSums {
  const sum = (of: (one: PayerMonth) => number, from = payers): number => from.reduce((total, one) => total + of(one), 0);
  const withoutPayerFen = sum(({ bookedFen }) => bookedFen, payers.filter(({ payer }) => !isPayable(payer)));
  const [decidedFen, bookedFen, preparedFen, paidFen, returnedFen] = [sum((one) => one.decidedFen), sum((one) => one.bookedFen), sum((one) => one.preparedFen), sum((one) => one.paidFen), sum((one) => one.returnedFen)];
  return { month, decidedFen, bookedFen, preparedFen, paidFen, returnedFen, withoutPayerFen, agrees: decidedFen === bookedFen && bookedFen - withoutPayerFen === paidFen && returnedFen === 0 };
}
