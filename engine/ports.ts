import type { CalendarDate } from '#engine/kernel/index.ts';

/** Where time comes from. Nothing else in the product reads a clock. */
export interface Clock {
  /** The present instant in ISO 8601 with milliseconds, UTC. */
  now(): string;
  /** The day it is in a time zone; a fixed day where one was set for a demonstration. */
  today(zone: string): CalendarDate;
}

/** Where randomness comes from: so many bytes that nobody can foresee. */
export type Random = (bytes: number) => Uint8Array;

/**
 * Who acts: the id under which an act is logged, and what decides what they may see. Keys and codes hold no control
 * characters.
 */
export type Principal =
  /** A resident, who sees what is about their own subjects: the key of their person and of their households; of another, where they act for one. `only`: they may look and change nothing. */
  | { readonly kind: 'person'; readonly id: string; readonly subjects: readonly string[]; readonly only?: 'look' }
  /** A member of a department; `areas` are codes of divisions that cover what begins with them, none: the whole city. */
  | { readonly kind: 'staff'; readonly id: string; readonly department: string; readonly areas: readonly string[]; readonly roles: readonly string[] };

/** Whose affairs a resident looks after just now: their own, or of the one for whom they act; the first of the subjects is always that person. */
export function aboutOf({ id, subjects }: Extract<Principal, { kind: 'person' }>): string {
  return subjects[0] ?? id;
}

/**
 * The store does not answer just now, or takes nothing: no connection to it, no room on its disk. What was asked was not
 * done, or is done and nobody heard of it; asked again, nothing is done twice.
 */
export class StoreUnreachable extends Error {
  override readonly name = 'StoreUnreachable';
}

/** Whether a fault is that one; by its name, for the pages bring a copy of the class of their own. */
export function isStoreUnreachable(error: unknown): boolean {
  return error instanceof Error && error.name === 'StoreUnreachable';
}

/** Somebody whom an identity provider vouches for. */
export interface Identity {
  readonly issuer: string;
  /** What the provider knows them by, never that of anybody else: the surrogate id of the departments' feeds, or an account of its own. */
  readonly subject: string;
  readonly name: string;
  /** When they proved who they are, in seconds from the beginning of 1970; undefined where the provider does not say: it may have known them for days. */
  readonly provenAtSeconds: number | undefined;
}

/** Proves who somebody is, as the single sign-on of a city does. */
export interface IdentityProvider {
  /**
   * Where somebody has to go to prove who they are, and what has to be kept secretly until they are back. `hint`: who they
   * claim to be. `again`: they prove it once more, also where the provider knows them still.
   */
  readonly start: (asked?: { readonly hint?: string | undefined; readonly again?: boolean | undefined }) => Promise<{ readonly url: string; readonly pending: string }>;
  /** Who came back at an address; undefined where nothing was proved: they declined, it was another's answer, or a used one. */
  readonly finish: (returned: URL, pending: string) => Promise<Identity | undefined>;
}

/** Who looks at a page. */
export type Visitor =
  /** `lapsed`: whose session it was until it was not used for too long. Nothing of theirs is shown; what they were just typing is kept for them. */
  | { readonly kind: 'nobody'; readonly lapsed?: Extract<Principal, { kind: 'person' }> | undefined }
  | {
    readonly kind: 'resident';
    readonly principal: Extract<Principal, { kind: 'person' }>;
    /** Whose page it is: their own key, or of the one they act for. */
    readonly about: string;
    /** By what right they act for another; undefined: it is their own page. */
    readonly acting: { readonly by: 'guardian' | 'mandate'; readonly name: string | undefined } | undefined;
    /** What they themselves are called. */
    readonly name: string;
    /** Names their session; of no use to anybody who reads it. */
    readonly session: string;
    /** When they last proved who they are, as an instant. */
    readonly provenAt: string;
  }
  | {
    readonly kind: 'staff';
    readonly principal: Extract<Principal, { kind: 'staff' }>;
    readonly name: string;
    readonly session: string;
    readonly provenAt: string;
    /** Of a demonstration: proves by one click. */
    readonly isTest: boolean;
  };

export const NOBODY: Visitor = { kind: 'nobody' };
