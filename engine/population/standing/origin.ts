/** Days by row, as yyyymmdd: one for all rows, or one for each, 0 where the feed says nothing about the row. */
export type Days = number | Int32Array;

/** When what one feed told was seen to be so, and from when it holds. */
export interface FeedDays {
  readonly feed: string;
  readonly department: string;
  readonly entity: string;
  readonly observedOn: Days;
  readonly validFrom: Days;
}

/** Which feeds give a fact. */
export interface Givers {
  /** Places in `feeds`: the holder's own first, then in the order of the pack. */
  readonly feeds: readonly number[];
  /**
   * Of a fact that several give, by row, whose value stands: a place in `feeds` above, `NOBODY`, or that place plus
   * `CONFLICT` where another of them told another value. Undefined where there is one giver.
   */
  readonly by: Int8Array | undefined;
}

/** No giver knew the value. */
export const NOBODY = -1;
/** Added to the giver whose value stands where another told another value. */
export const CONFLICT = 64;

/**
 * Where the values of a release come from, in columns: two days a row and feed, and one byte a row for a fact that more
 * than one feed gives. A value that no feed gave has no origin.
 */
export interface Origins {
  readonly feeds: readonly FeedDays[];
  /** By fact. */
  readonly givers: ReadonlyMap<string, Givers>;
}

/** A release that was made before origins were kept, or a snapshot that never had any. */
export const NO_ORIGINS: Origins = { feeds: [], givers: new Map() };

/** Where one value comes from. */
export interface CellOrigin {
  readonly feed: string;
  readonly department: string;
  /** The day on which the department saw it to be so, and from which it holds; yyyymmdd. */
  readonly observedOn: number;
  readonly validFrom: number;
}

/** Where the value of a fact in a row comes from; undefined where no feed told it. */
export function provenanceOf(origins: Origins, fact: string, row: number): CellOrigin | undefined {
  const given = origins.givers.get(fact);
  const feed = given && giverOf(given, row);
  const days = feed === undefined ? undefined : origins.feeds[feed];
  const observedOn = days && dayIn(days.observedOn, row);
  return days && observedOn !== undefined && observedOn > 0 ? { feed: days.feed, department: days.department, observedOn, validFrom: dayIn(days.validFrom, row) } : undefined;
}

/** Whether two feeds told different values of a fact in a row. */
export function inConflict({ givers }: Origins, fact: string, row: number): boolean {
  return (givers.get(fact)?.by?.[row] ?? NOBODY) >= CONFLICT;
}

/** The place in `feeds` of whoever gave the value that stands in a row. */
function giverOf({ feeds, by }: Givers, row: number): number | undefined {
  const said = by ? (by[row] ?? NOBODY) : 0;
  return said === NOBODY ? undefined : feeds[said >= CONFLICT ? said - CONFLICT : said];
}

export const dayIn = (days: Days, row: number): number => (typeof days === 'number' ? days : (days[row] ?? 0));
