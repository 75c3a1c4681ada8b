import { addAt, hiddenPlaces, NOWHERE } from '#engine/entitlement/index.ts';
import type { Places } from '#engine/entitlement/index.ts';
import { DUE_KINDS, dueList, itemsOf } from './due.ts';
import type { DueKind, DueList, Followed, ScheduleItem } from './due.ts';
import type { FollowedRows } from './followed.ts';
import type { LinkedSchedule } from './link.ts';

/** How many stand how. `late` are those of `unrecorded` whose last day in time is past. */
export type DueCounts = Readonly<Record<DueKind | 'late', number>>;

export interface ItemCount {
  readonly item: ScheduleItem;
  readonly counts: DueCounts;
  /** By county where people live; undefined: it is not known where. */
  readonly counties: readonly { readonly county: string | undefined; readonly counts: DueCounts }[];
}

/** A schedule counted over everybody, on one day. */
export interface ScheduleCount {
  readonly linked: LinkedSchedule;
  readonly followed: number;
  /** Of so many it is not known whether they are followed. */
  readonly unknown: number;
  /** So many have no day to count from, or one that nobody told us. */
  readonly undated: number;
  /** Whether any record of what was done was given to us. */
  readonly recorded: boolean;
  /** In the order of the schedule; items that are nobody's are there with zeros. */
  readonly items: readonly ItemCount[];
  /** How many have items of which nothing is promised, because no edition was read for the day on which they fall due. */
  readonly unpromised: number;
}

const COLUMNS = [...DUE_KINDS, 'late'] as const;

/** Counts what is due for everybody a schedule follows, on a day (yyyymmdd). */
export function countDue({ linked, rows, unknown, recorded, of }: FollowedRows, places: Places, day: number): ScheduleCount {
  const { schedule } = linked;
  const items = itemsOf(schedule).map(({ item }) => item);
  const placeOf = new Map(items.map(({ id }, at) => [id, at]));
  const where = places.of(schedule.subject, 'resident');
  const width = places.counties.length + 1;
  const sums = items.map(() => COLUMNS.map(() => new Float64Array(width)));
  const list = remembered(linked, day);
  let [undated, unpromised] = [0, 0];
  for (const row of rows) {
    const followed = of(row);
    const found = list(followed);
    if (typeof followed.anchor !== 'number') undated += 1;
    if (found.unpromised.length > 0) unpromised += 1;
    for (const { item, kind, daysLate } of found.items) {
      const sum = sums[placeOf.get(item.id) ?? -1];
      const county = where[row] ?? NOWHERE;
      addAt(sum?.[COLUMNS.indexOf(kind)], county, 1);
      if (kind === 'unrecorded' && daysLate > 0) addAt(sum?.[COLUMNS.indexOf('late')], county, 1);
    }
  }
  const at = (sum: readonly Float64Array[], county: number): DueCounts => countsOf((column) => sum[column]?.[county] ?? 0);
  return {
    linked, followed: rows.length, unknown, undated, recorded, unpromised,
    items: sums.flatMap((sum, index): readonly ItemCount[] => {
      const item = items[index];
      if (!item) return [];
      const counties = [...places.counties, undefined].map((county, place) => ({ county, counts: at(sum, place) }));
      return [{ item, counts: countsOf((column) => sum[column]?.reduce((total, one) => total + one, 0) ?? 0), counties: counties.filter(({ county, counts }) => county !== undefined || wholeOf(counts) > 0) }];
    }),
  };
}

function countsOf(count: (column: number) => number): DueCounts {
  return { done: count(0), upcoming: count(1), due: count(2), overdue: count(3), closed: count(4), unrecorded: count(5), undated: count(6), unsettled: count(7), late: count(8) };
}

function wholeOf(counts: DueCounts): number {
  return DUE_KINDS.reduce((sum, kind) => sum + counts[kind], 0);
}

/** Many are born on one day: the same dates without records give the same list. */
function remembered({ schedule }: LinkedSchedule, day: number): (followed: Followed) => DueList {
  const known = new Map<string, DueList>();
  return (followed) => {
    if (followed.done) return dueList(schedule, followed, day);
    const key = JSON.stringify([followed.anchor, [...followed.counted.values()], [...followed.holds.values()].map((one) => one ?? null)]);
    const found = known.get(key) ?? dueList(schedule, followed, day);
    known.set(key, found);
    return found;
  };
}

/**
 * The counties of an item that must not be shown: those where some count is small, and one more where they would be
 * one alone. A county is hidden whole, because its counts add up to those of the other items.
 */
export function hiddenCounties({ counties }: ItemCount): ReadonlySet<string | undefined> {
  // What nobody recorded is shown apart by whether its last day is past, so both parts count.
  const parts = (counts: DueCounts): readonly number[] => [...DUE_KINDS.map((kind) => counts[kind]), counts.late, counts.unrecorded - counts.late];
  const smallest = counties.map(({ counts }) => Math.min(...parts(counts).filter((count) => count > 0)));
  const hidden = hiddenPlaces(smallest.map((count) => (Number.isFinite(count) ? count : 0)));
  return new Set(counties.flatMap(({ county }, at) => (hidden.has(at) ? [county] : [])));
}
