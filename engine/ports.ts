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
  /** A resident, who sees what is about their own subjects: the key of their person and of their households. */
  | { readonly kind: 'person'; readonly id: string; readonly subjects: readonly string[] }
  /** A member of a department; `areas` are codes of divisions that cover what begins with them, none: the whole city. */
  | { readonly kind: 'staff'; readonly id: string; readonly department: string; readonly areas: readonly string[]; readonly roles: readonly string[] };
