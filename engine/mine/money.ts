import { cycleOn, duePeriods, isPausedIn, levelOf, monthsLater, rightIn, sinceOf } from '#engine/entitlement/index.ts';
import type { Cycle, GrantKey, Month, PayerKey, Period } from '#engine/entitlement/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Service } from '#engine/pack/index.ts';
import type { Affairs, OwnGrant, OwnPayment } from './mine.ts';

/**
 * How far money of one service is. `came`: it left. `approved`, `prepared`: it stands in a batch that has not left. `booked`:
 * it is due and goes into the next batch. `held`: it waits for an account to be put right. `returned`: the bank gave it back.
 * `without-payer`: nobody has entered who pays it, so it cannot leave.
 */
export const SUM_STAGES = ['came', 'approved', 'prepared', 'booked', 'held', 'returned', 'without-payer'] as const;
export type SumStage = (typeof SUM_STAGES)[number];

/** Money of one service that is equally far, as one sum. */
export interface OwnSum extends GrantKey {
  readonly stage: SumStage;
  /** The day on which it left; null as long as it has not. */
  readonly leftOn: CalendarDate | null;
  readonly amountFen: number;
  readonly parts: readonly { readonly payer: PayerKey; readonly amountFen: number }[];
  /** What it is for, ascending. */
  readonly periods: readonly Period[];
  /** To which choice of the person it went or goes; null: to the social security card; undefined: nobody here knows. */
  readonly account: number | null | undefined;
}

/** Money as its owner meets it: what a payment to one service came to, whoever paid its parts. What came last is first. */
export function sumsOfMine(affairs: Affairs): readonly OwnSum[] {
  const moved = Map.groupBy(affairs.payments.filter(({ stage }) => stage !== 'withdrawn'), (one) => [one.service, one.subject, stageOf(one), one.leftOn ?? one.month, one.account ?? ''].join('\n'));
  const sums = [...moved.values()].flatMap((of): readonly OwnSum[] => {
    const [first] = of;
    return first ? [{ service: first.service, subject: first.subject, stage: stageOf(first), leftOn: first.leftOn, account: isTheirs(affairs, first) ? first.account : undefined, ...added(of.flatMap(({ payer, periods }) => periods.map((one) => ({ ...one, payer })))) }] : [];
  });
  return [...sums, ...waiting(affairs)].sort((a, b) => (b.leftOn ?? '').localeCompare(a.leftOn ?? '') || SUM_STAGES.indexOf(a.stage) - SUM_STAGES.indexOf(b.stage) || (a.service < b.service ? -1 : 1));
}

/** Whether something is for the person alone: of money of a household the choice of one member says nothing. */
function isTheirs({ payTo }: Affairs, { subject }: GrantKey): boolean {
  return payTo?.subject === subject;
}

/** The choice in force; null: the social security card. */
export function accountInForce({ payTo }: Affairs): number | null {
  const [choice] = payTo?.choices ?? [];
  return choice?.kind === 'bank-account' ? choice.number : null;
}

function stageOf({ stage, returned }: OwnPayment): SumStage {
  if (stage !== 'released') return stage === 'approved' ? 'approved' : 'prepared';
  return returned === null ? 'came' : 'returned';
}

interface Part {
  readonly period: Period;
  readonly payer: PayerKey;
  readonly amountFen: number;
}

function added(all: readonly Part[]): Pick<OwnSum, 'amountFen' | 'parts' | 'periods'> {
  const parts = new Map<PayerKey, number>();
  for (const { payer, amountFen } of all) parts.set(payer, (parts.get(payer) ?? 0) + amountFen);
  return { amountFen: total(all), parts: [...parts].map(([payer, amountFen]) => ({ payer, amountFen })), periods: [...new Set(all.map(({ period }) => period))].sort((a, b) => a - b) };
}

/** What is due and in no batch that waits. */
function waiting(affairs: Affairs): readonly OwnSum[] {
  const { periods, payments, grants } = affairs;
  const onItsWay = payments.filter(({ stage }) => stage === 'prepared' || stage === 'approved');
  const open = periods.flatMap((one) => {
    const there = total(onItsWay.filter(({ service, subject, payer }) => service === one.service && subject === one.subject && payer === one.payer).flatMap((item) => item.periods.filter(({ period }) => period === one.period)));
    const amountFen = one.openFen - there;
    const held = grants.some(({ service, subject, grant }) => service === one.service && subject === one.subject && grant.held !== undefined);
    const stage: SumStage = levelOf(one.payer) === undefined || one.payer.endsWith(':') ? 'without-payer' : held ? 'held' : 'booked';
    return amountFen > 0 ? [{ ...one, amountFen, stage }] : [];
  });
  return [...Map.groupBy(open, ({ service, subject, stage }) => [service, subject, stage].join('\n')).values()].flatMap((of): readonly OwnSum[] => {
    const [first] = of;
    return first ? [{ service: first.service, subject: first.subject, stage: first.stage, leftOn: null, account: isTheirs(affairs, first) ? accountInForce(affairs) : undefined, ...added(of) }] : [];
  });
}

/** What a grant will come to the next time that it falls due. */
export interface NextDue {
  readonly month: Month;
  readonly amountFen: number;
  readonly cycle: Cycle;
}

/** The next month after one in which a grant falls due with money, looked for through a year; undefined where none does, and for what is paid once, for each use, or on bills that have not come. */
export function nextDueOf({ grant: { steps, pauses } }: Pick<OwnGrant, 'grant'>, service: Pick<Service, 'standard'>, after: Month): NextDue | undefined {
  const [cycle, since] = [cycleOn(service, after), sinceOf(steps)];
  if (cycle === undefined || since === undefined || (service.standard ?? []).some(({ onBills }) => onBills === true)) return undefined;
  const due = duePeriods(cycle, since, monthsLater(after, 12)).find(({ month }) => month > after && !isPausedIn(pauses, month));
  const amountFen = due && rightIn(steps, due.month)?.amountFen;
  return due && amountFen !== undefined && amountFen > 0 ? { month: due.month, amountFen, cycle } : undefined;
}

function total(all: readonly { readonly amountFen: number }[]): number {
  return all.reduce((sum, { amountFen }) => sum + amountFen, 0);
}
