import type { Notice, NoticeRefusal, NoticeReply, NoticeValues, Task } from '#engine/casework/index.ts';
import type { BatchState, Grant, GrantKey, Item, Month, PayerKey, Period, Recovery } from '#engine/entitlement/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Principal } from '#engine/ports.ts';

/** A resident who asks about their own affairs. */
export type Owner = Extract<Principal, { kind: 'person' }>;

/** What the pages of a resident ask of the store, and what a resident can do there; all of it under their own rights. */
export interface Mine {
  /** Everything that was done about them and the groups they are in. Given only after the access log says that it was read, and through what. */
  readonly affairs: (owner: Owner, through: string) => Promise<Affairs>;
  /** Confirms what a notice asks, or refuses what it grants or asks. The same answer again changes nothing. */
  readonly answer: (owner: Owner, notice: NoticeName, reply: NoticeReply) => Promise<MineRefusal | undefined>;
  /** They no longer want what is granted: it ends, and no run grants it again. Ended already: nothing changes. */
  readonly end: (owner: Owner, service: string) => Promise<MineRefusal | undefined>;
  /** They want again what they once did not: the next run may grant it. */
  readonly want: (owner: Owner, service: string) => Promise<MineRefusal | undefined>;
  /** They do without from the next month on: nothing is due for these months. Only what is paid month by month is paused. */
  readonly pause: (owner: Owner, service: string) => Promise<MineRefusal | undefined>;
  /** From the next month on they have it again. */
  readonly resume: (owner: Owner, service: string) => Promise<MineRefusal | undefined>;
  /** They want a person to look at what a machine has decided. While somebody has that task already, nothing is added. */
  readonly askForPerson: (owner: Owner, service: string, says: string) => Promise<MineRefusal | undefined>;
  /** They object to what is asked back of a service: until somebody has decided nothing is asked for. */
  readonly object: (owner: Owner, service: string, says: string) => Promise<MineRefusal | undefined>;
  /** What was typed, sealed so that it can stand in an address until somebody has signed in again; it opens only at the page it was typed on. */
  readonly keep: (typed: string, page: string) => string;
  /** What was kept; undefined where it is not from here, or of another page. */
  readonly kept: (sealed: string, page: string) => string | undefined;
}

/** Which notice, as its address says it. */
export interface NoticeName {
  readonly service: string;
  readonly number: number;
}

/** Why an act does nothing; somebody else's is as unknown as what is not there. */
export type MineRefusal =
  | NoticeRefusal
  | { readonly kind: 'notice-unknown' }
  | { readonly kind: 'nothing-granted' }
  | { readonly kind: 'nothing-asked-back' }
  /** They are in no group of the kind that the service is for. */
  | { readonly kind: 'not-about-you' };

/** What was done about one resident and the groups they are in. */
export interface Affairs {
  readonly grants: readonly OwnGrant[];
  /** What is booked and paid, by service, period and payer, in this order. */
  readonly periods: readonly OwnPeriod[];
  /** The newest first. */
  readonly payments: readonly OwnPayment[];
  /** The newest first. */
  readonly notices: readonly OwnNotice[];
  /** What a department has to do about them and has not done; the most urgent first. */
  readonly tasks: readonly Task[];
  readonly debts: readonly OwnDebt[];
}

export const NO_AFFAIRS: Affairs = { grants: [], periods: [], payments: [], notices: [], tasks: [], debts: [] };

export interface OwnGrant extends GrantKey {
  readonly grant: Grant;
}

/** The lines of one payer for one period, summed; every figure in fen. */
export interface OwnPeriod extends GrantKey {
  readonly period: Period;
  readonly payer: PayerKey;
  readonly bookedFen: number;
  readonly paidFen: number;
  readonly returnedFen: number;
  /** The sum of all lines: above 0 still to be paid, below 0 paid without being due. */
  readonly openFen: number;
}

/** An item of a batch. */
export interface OwnPayment extends Item {
  readonly payer: PayerKey;
  /** The month of the batch. */
  readonly month: Month;
  readonly stage: BatchState['stage'];
  /** The day on which it left, where the city is; null as long as it has not. */
  readonly leftOn: CalendarDate | null;
  /** Why the bank gave it back; null where it did not. */
  readonly returned: string | null;
}

/** A notice with what fills its words; undefined where that was erased. */
export interface OwnNotice extends Notice {
  /** The day on which it was given, where the city is. */
  readonly givenOn: CalendarDate;
  readonly values: NoticeValues | undefined;
}

export interface OwnDebt extends GrantKey {
  readonly recovery: Recovery;
}
