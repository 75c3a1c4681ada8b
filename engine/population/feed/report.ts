/** What is wrong with how many rows. */
export interface FeedFault {
  readonly column: string;
  /** `wrong-kind`, `out-of-range`, `bad-code`, `not-a-date`, `id-…`, `key-missing`, `duplicate`, `orphan`. */
  readonly reason: string;
  readonly rows: number;
}

/** A column of a feed as it was taken. */
export interface FeedColumnReport {
  readonly column: string;
  readonly fact: string;
  readonly known: number;
  readonly none: number;
  readonly unknown: number;
  /** Of known values, in units of the column. */
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** Percentage points by which the known share moved since the release that holds; undefined where there is none. */
  readonly drift: number | undefined;
}

/** The quality of one file. */
export interface FeedReport {
  readonly feed: string;
  readonly department: string;
  readonly synthetic: boolean;
  readonly rows: number;
  readonly taken: number;
  readonly quarantined: number;
  /** Percent of rows that are bad, and how many may be. */
  readonly damage: number;
  readonly damageLimit: number;
  readonly faults: readonly FeedFault[];
  /** Percent of the things of the register that the feed speaks of; undefined where there is no register yet. */
  readonly coverage: number | undefined;
  readonly columns: readonly FeedColumnReport[];
  /** Why the whole feed was refused. */
  readonly refused: FeedRefusal | undefined;
}

export type FeedRefusal =
  | { readonly kind: 'columns-missing'; readonly columns: readonly string[] }
  | { readonly kind: 'damage'; readonly damage: number; readonly limit: number }
  | { readonly kind: 'nothing-in-it' };

/** Why a feed is refused whole, judged by its rows. */
export function judged(rows: number, quarantined: number, limit: number): FeedRefusal | undefined {
  if (rows === 0) return { kind: 'nothing-in-it' };
  return quarantined / rows > limit ? { kind: 'damage', damage: (quarantined / rows) * 100, limit: limit * 100 } : undefined;
}
