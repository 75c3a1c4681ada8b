import type { ActKind, BatchState, ChangeCounts, ChangeKind, Cycle, Month, PayerKey, RunService, RunSummary, ServiceTotals } from '#engine/entitlement/index.ts';
import type { Observation } from '#engine/indicator/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';

/** What the city has done: runs of everybody, and the money that followed. Counts and sums only; it names nobody. */
export interface Books {
  /** Every run in the folder, the newest day first. */
  runs(): Promise<RunList>;
  /** A finished run; undefined where there is none of this id. */
  run(id: string): Promise<RunDetail | undefined>;
  money(): Promise<Money>;
  /** What was measured of indicators, the oldest first. */
  observations(): Promise<readonly KeptObservation[]>;
}

export interface RunList {
  readonly finished: readonly RunLine[];
  /** Runs that were cut off: they go on where they were when the same is asked for again. */
  readonly cutOff: readonly { readonly id: string; readonly asOf: CalendarDate }[];
}

/** A finished run in one line. */
export interface RunLine extends Pick<RunSummary, 'counts' | 'grants' | 'beforeFen' | 'movedFen' | 'cycles' | 'stops' | 'limits'> {
  readonly id: string;
  /** The day of the law and of the facts. */
  readonly asOf: CalendarDate;
  /** Whose answers they are. */
  readonly people: RunPeople;
  readonly against: RunAgainst;
  readonly acts: RunActs;
  readonly acted: ActedState;
}

/** The people of a run: of which release, how many, and whether they exist. */
export interface RunPeople {
  readonly release: string;
  readonly count: number;
  readonly synthetic: boolean;
}

/** What a run is compared with. Only a run against the grants in force can be acted on. */
export type RunAgainst =
  | { readonly kind: 'nothing' | 'grants' }
  | { readonly kind: 'run'; readonly id: string };

/** How many changes each act was done for, and the fen a period of them: more less less. Only `byCycle` has sums of one kind: fen by how often it is paid, cycles without any left out. */
export type RunActs = Readonly<Record<ActKind, { readonly count: number; readonly fen: number; readonly byCycle?: FenByCycle | undefined }>>;

export type FenByCycle = Readonly<Partial<Record<Cycle, number>>>;

export const NO_ACTS: RunActs = { set: { count: 0, fen: 0 }, ask: { count: 0, fen: 0 }, invite: { count: 0, fen: 0 }, 'request-data': { count: 0, fen: 0 }, review: { count: 0, fen: 0 }, leave: { count: 0, fen: 0 } };

/** How far a run was acted on. `nothing`: it changes nothing. */
export type ActedState = 'nothing' | 'not' | 'part' | 'whole';

/** A run by service. */
export interface RunDetail {
  readonly line: RunLine;
  readonly services: readonly RunServiceDetail[];
}

export interface RunServiceDetail extends Pick<RunService, 'service' | 'subject' | 'counts' | 'grants' | 'beforeFen' | 'movedFen'> {
  /** What the run decides of everybody; undefined where the law of the day no longer decides the service. */
  readonly decided: ServiceTotals | undefined;
  readonly clauses: readonly ClauseChanges[];
}

/** How many changes of a kind one clause stands behind; `clause` is as in `Change`. */
export interface ClauseChanges {
  readonly kind: ChangeKind;
  readonly clause: string | undefined;
  readonly count: number;
}

/** All that was decided, booked and paid. */
export interface Money {
  /** Months that were booked, or for which batches were made, the oldest first. */
  readonly months: readonly MonthMoney[];
  readonly batches: readonly BatchLine[];
  /** The last month that was booked, with the books of each payer through it; undefined where nothing was booked yet. */
  readonly reconciled: { readonly through: Month; readonly payers: readonly PayerBooks[] } | undefined;
  readonly recoveries: OpenRecoveries;
}

export const NO_MONEY: Money = { months: [], batches: [], reconciled: undefined, recoveries: { count: 0, openFen: 0, objections: 0 } };

/** One month's booking and payments, by payer in the order of their keys. */
export interface MonthMoney {
  readonly month: Month;
  readonly payers: readonly PayerMonth[];
}

/** What one payer did with one month; every figure in fen. */
export interface PayerMonth {
  readonly payer: PayerKey;
  /** By how much what the grants come to has grown with this booking, worked out from the grants as they are now. */
  readonly decidedFen: number;
  readonly bookedFen: number;
  /** In batches of the month that were not taken back; those that have left are among them. */
  readonly preparedFen: number;
  readonly paidFen: number;
  /** Of what was paid, what the bank gave back. */
  readonly returnedFen: number;
}

/** A batch as a list shows it. */
export interface BatchLine {
  readonly id: string;
  readonly payer: PayerKey;
  readonly month: Month;
  readonly items: number;
  readonly totalFen: number;
  readonly stage: BatchState['stage'];
  readonly preparedBy: string;
  readonly approvedBy: string | null;
  readonly releasedBy: string | null;
}

/** What one payer's books say of all periods through a month; every figure in fen. */
export interface PayerBooks {
  readonly payer: PayerKey;
  /** What the grants come to, worked out from them anew. */
  readonly decidedFen: number;
  /** What the ledger has booked as due. */
  readonly bookedFen: number;
  readonly paidFen: number;
  readonly returnedFen: number;
  /** What other payers have made good, less what this one has. */
  readonly settledFen: number;
  readonly repaidFen: number;
  readonly waivedFen: number;
  /** What is still to be paid, and what residents owe. */
  readonly owedFen: number;
  readonly debtFen: number;
  /** Whether decisions, ledger and payments agree to the fen. */
  readonly holds: boolean;
}

/** Money that residents have to pay back: in how many cases, how much, in how many an objection waits. */
export interface OpenRecoveries {
  readonly count: number;
  readonly openFen: number;
  readonly objections: number;
}

/** An observation with the run that says who is entitled, and whose numbers they are; undefined where that run is gone. */
export interface KeptObservation extends Observation {
  readonly run: string;
  readonly observedAt: string;
  readonly people: RunPeople | undefined;
}

/** How far a run was acted on, by the changes it has and those that were acted on. */
export function actedState(counts: ChangeCounts, acts: RunActs): ActedState {
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
  const [changes, done] = [sum(Object.values(counts)), sum(Object.values(acts).map(({ count }) => count))];
  if (changes === 0) return 'nothing';
  return done === 0 ? 'not' : done < changes ? 'part' : 'whole';
}

/** What `before` of a summary says. */
export function againstOf(before: string): RunAgainst {
  const [kind = '', id = ''] = before.split(' ');
  return kind === 'grants' ? { kind } : kind === 'run' ? { kind, id } : { kind: 'nothing' };
}
