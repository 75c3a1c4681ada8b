import type { Clock, Moment } from './form/value.ts';
import type { Constant } from './op.ts';

/** What a known value of any expression is: a constant, or what only forms and questions compute with. */
export type Datum = Constant | Composite;
export type Composite = Clock | Moment | ListDatum | ContextDatum;

/** Things in a row; undefined where one is none. */
export interface ListDatum {
  readonly kind: 'list';
  readonly items: readonly (Datum | undefined)[];
}

export interface ContextDatum {
  readonly kind: 'context';
  readonly entries: ReadonlyMap<string, Datum | undefined>;
}

/** A value of a fact or of an expression of a rule in one of its three states. */
export type Value<D = Constant> = { readonly kind: 'known'; readonly value: D } | { readonly kind: 'none' } | { readonly kind: 'unknown' };
/** A value of any expression. */
export type Found = Value<Datum>;

export const NONE: Value<never> = { kind: 'none' };
export const UNKNOWN: Value<never> = { kind: 'unknown' };
export const known = (value: Constant): Value => ({ kind: 'known', value });
export const found = (value: Datum): Found => ({ kind: 'known', value });

/** Where a value was found and how old it is; dates as yyyymmdd. */
export interface Provenance {
  /** The feed, form or file it came from. */
  readonly source?: string | undefined;
  /** The department whose record it is. */
  readonly holder?: string | undefined;
  readonly observedOn?: number | undefined;
  readonly validFrom?: number | undefined;
  /** Nobody has signed that it may be read for this service, so that it reads as unknown, whether or not it is known. */
  readonly withheld?: boolean | undefined;
}

/** One thing of a situation. A fact that is not there is unknown; a link that is not there is unknown too, but a grouping is always known: one that is not there leads nowhere. */
export interface Thing {
  readonly facts: ReadonlyMap<string, Value>;
  /** By link id, the places of the linked things in the list of their entity; empty: known to lead to nothing. */
  readonly links: ReadonlyMap<string, readonly number[]>;
  /** By fact or link id. It changes no answer. */
  readonly provenance?: ReadonlyMap<string, Provenance> | undefined;
}

/**
 * A small world: everything about the things whose entitlement is asked, by entity.
 *
 * A grouping is stored on the member (`links` of the member has one place); members of a group are those that name it.
 */
export type Situation = ReadonlyMap<string, readonly Thing[]>;

/**
 * The answer to one (service, subject, period) by contract 3.
 *
 * No: the first clause in textual order that is false, even behind an unknown one. Unknown: the first unknown
 * clause, or `amount`. How it was computed never shows.
 */
export type Verdict =
  | { readonly kind: 'yes'; readonly amountFen?: number | undefined }
  | { readonly kind: 'no'; readonly clause: string }
  | { readonly kind: 'unknown'; readonly clause: string };

/** The constant that a value of a fact or of a rule of a service is; anything else means that the checker let a wide type pass. */
export function constantOf(value: Datum): Constant {
  if (typeof value === 'object') throw new TypeError('a constant was expected');
  return value;
}
