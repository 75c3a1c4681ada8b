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
