import type { Layout, Population, Schema } from '#engine/rules/index.ts';
import type { Fault } from './encode.ts';

/** A value or a link that was set aside; it reads as unknown (a group that is not there: as no group). */
export interface Quarantined {
  readonly entity: string;
  /** The fact or link. */
  readonly of: string;
  /** The place among the things that came in, from 0. */
  readonly row: number;
  readonly fault: Fault;
}

/** Everything that was set aside: all of it counted, the first of it listed. No value is kept here: it may be personal. */
export interface Quarantine {
  readonly count: number;
  readonly counts: ReadonlyMap<string, number>;
  readonly listed: readonly Quarantined[];
}

/**
 * A population in columns, in memory.
 *
 * People lie sorted by the primary grouping, those in no group last; spells lie in the order of their owners. `order`
 * leads each row back to the place at which it came in; where it is missing, rows lie as they came.
 */
export interface Snapshot extends Population {
  readonly schema: Schema;
  readonly layout: Layout;
  readonly order: ReadonlyMap<string, Int32Array>;
  readonly quarantine: Quarantine;
}

/** So many quarantined values are listed; the rest is counted. */
export const MOST_LISTED = 1_000;

/** Collects what is set aside. */
export class QuarantineList {
  readonly listed: Quarantined[] = [];
  readonly counts = new Map<string, number>();
  count = 0;

  add(one: Quarantined): void {
    this.count += 1;
    const key = `${one.of} ${one.fault}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    if (this.listed.length < MOST_LISTED) this.listed.push(one);
  }
}
