import type { CalendarDate } from '#engine/kernel/index.ts';
import type { OwnChoice } from '#engine/mine/index.ts';
import type { Principal } from '#engine/ports.ts';
import type { Dispute } from './dispute.ts';
import type { EvidenceRefusal } from './evidence.ts';
import type { HeldFact } from './held.ts';
import type { Stated } from './stated.ts';

/** A resident, who sees what is their own. */
export type Person = Extract<Principal, { kind: 'person' }>;

/** Who looked at somebody's data. `family`: somebody whose own answers rest on them; `staff`: of a department that was not noted. */
export type Looker = { readonly kind: 'self' | 'machine' | 'family' | 'staff' } | { readonly kind: 'department'; readonly id: string };

/** One look at a person's data, as they are told of it. */
export interface OwnAccess {
  readonly on: CalendarDate;
  /** In the city's time, HH:MM. */
  readonly time: string;
  readonly by: Looker;
  /** Codes as they were noted. */
  readonly purpose: string;
  readonly through: string;
  /** Whether it was one of everybody's data. */
  readonly everybody: boolean;
  /** Whether it is about one of their groups and not about themselves. */
  readonly group: boolean;
  /** What was read, by the ids of facts and links; none where it was refused. */
  readonly facts: readonly string[];
}

/** Which looks are wanted: those of others or all, of one department or `machine`, and which page of them, from 1. */
export interface AccessOrder {
  readonly page: number;
  readonly own: boolean;
  readonly by?: string | undefined;
}

export interface AccessPage {
  /** The newest first. */
  readonly accesses: readonly OwnAccess[];
  readonly page: number;
  readonly pages: number;
  /** All that were asked for, and those of the person alone. */
  readonly count: number;
  readonly own: number;
  /** How many there are by each department, and by the machine (`machine`). */
  readonly by: ReadonlyMap<string, number>;
}

/** Which facts are wanted, and what the opening of them is logged under. */
export interface FactsWanted {
  readonly purpose: string;
  readonly through: string;
  /** Which sensitive facts are opened too: those that a department holds (none named: an empty text), one, or all. */
  readonly open?: { readonly holder: string } | { readonly fact: string } | 'all' | undefined;
  /** Only this one. */
  readonly only?: string | undefined;
}

export interface OwnFacts {
  readonly facts: readonly HeldFact[];
  readonly disputes: readonly Dispute[];
}

/** A fact of a person, as pages name it. */
export interface FactName {
  readonly fact: string;
  readonly no: number | null;
}

/** One step of saying that a fact is wrong. */
export type DisputeStep = { readonly do: 'state'; readonly value: Stated } | { readonly do: 'reason'; readonly why: string } | { readonly do: 'send' } | { readonly do: 'drop' };

/** Why a step does nothing: there is no such fact, no department that could answer, one is under way, or something has not been said yet. */
export type DisputeRefusal = 'fact-unknown' | 'no-department' | 'under-way' | 'not-said' | 'same-value';

/** Why a declaration does nothing; `refuted-before`: a department has found something that they declared not to be so, and they show papers from then on. */
export type DeclarationRefusal = 'fact-unknown' | 'held' | 'value-wrong' | 'refuted-before';

/** A file as it came. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Where somebody is signed in. */
export interface OwnSession {
  readonly openedOn: CalendarDate;
  readonly openedTime: string;
  readonly seenOn: CalendarDate;
  readonly seenTime: string;
  /** Whether it is the one that asks. */
  readonly here: boolean;
}

/** An entry of a case of somebody, with what it says; undefined where it was erased. */
export interface OwnEntry {
  readonly stream: string;
  readonly sequence: number;
  readonly kind: string;
  readonly at: string;
  readonly by: 'self' | 'system' | 'staff';
  readonly payload: unknown;
}

/** What was paid to somebody, or asked back. */
export interface OwnMoney {
  readonly service: string;
  /** A month, a year, or 0 for what is paid once. */
  readonly period: number;
  readonly kind: string;
  readonly amountFen: number;
  readonly bookedAt: string;
}

/** Everything that the city holds of somebody in its store; the facts come from `facts`. */
export interface OwnHoldings {
  readonly entries: readonly OwnEntry[];
  readonly money: readonly OwnMoney[];
  readonly accesses: readonly OwnAccess[];
  /** To where they have had their money paid, the newest first; of numbers the end alone. */
  readonly accounts: readonly OwnChoice[];
}

/** What a resident can see and do about the data that the city holds of them. All of it happens under the rights of the person alone. */
export interface OwnRecord {
  readonly accesses: (person: Person, order: AccessOrder) => Promise<AccessPage>;
  /** Undefined where nobody's facts are loaded, or not this person's. */
  readonly facts: (person: Person, wanted: FactsWanted) => Promise<OwnFacts | undefined>;
  /** The disputes of a person, drafts too, the newest first. */
  readonly disputes: (person: Person) => Promise<readonly Dispute[]>;
  /** Goes one step on with the dispute of a fact, or begins it. The same step again changes nothing. */
  readonly dispute: (person: Person, name: FactName, step: DisputeStep) => Promise<DisputeRefusal | undefined>;
  /** Keeps a file for the dispute of a fact at once; the same file again is kept once. */
  readonly keepEvidence: (person: Person, name: FactName, file: GivenFile) => Promise<EvidenceRefusal | DisputeRefusal | undefined>;
  /** States a fact that no department knows; it stands until one does. */
  readonly declare: (person: Person, name: FactName, value: Stated) => Promise<DeclarationRefusal | undefined>;
  readonly holdings: (person: Person) => Promise<OwnHoldings>;
  readonly sessions: (person: Person, here: string) => Promise<readonly OwnSession[]>;
  /** Ends all sessions of a person but one; gives how many. */
  readonly endOthers: (person: Person, here: string) => Promise<number>;
  /** Whether somebody has proved within the last quarter of an hour, at an instant, who they are. */
  readonly provedLately: (provenAt: string) => boolean;
}

/** For how long having proved who one is lets everything be taken along. */
export const PROVED_LATELY_MINUTES = 15;
