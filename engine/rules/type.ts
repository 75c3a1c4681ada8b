/**
 * What a value of FEEL-S can be. Each number is a whole count of units of 10^-scale, so that no float ever stands for
 * an amount; each date is the integer yyyymmdd; each code is its place in its list.
 */
export type ValueType =
  | { readonly kind: 'boolean' }
  /** `min` and `max` are in units of the scale, both included; `unit` is a dimension of the pack (money, months …). */
  | { readonly kind: 'number'; readonly scale: number; readonly min: bigint; readonly max: bigint; readonly unit?: string | undefined }
  /** `min` and `max` as yyyymmdd, both included. */
  | { readonly kind: 'date'; readonly min: number; readonly max: number }
  /** `list` is the id of the code list; a value is an index into its `codes`. */
  | { readonly kind: 'code'; readonly list: string }
  /** `most` is how many characters it has at the most; LONGEST_TEXT where nothing is said. */
  | { readonly kind: 'text'; readonly most?: number | undefined };

/** What an expression can be: a fact and all that rules of services compute is of a `ValueType`. */
export type Type = ValueType | WideType;

/**
 * Values that forms and questions may have, and rules of services may not: no column holds them, no database counts
 * them. `most` of a duration is how far from zero it may be, in months and in nanoseconds.
 */
export type WideType =
  | { readonly kind: 'months'; readonly most: bigint }
  | { readonly kind: 'duration'; readonly most: bigint }
  /** A clock's time, and a day with a clock's time; each with a zone or without. */
  | { readonly kind: 'time' }
  | { readonly kind: 'moment' }
  /** Of one type; undefined where nothing can be in it. `nones`: something in it may be none. From `least` to `most` long, both included. */
  | { readonly kind: 'list'; readonly of: Type | undefined; readonly nones: boolean; readonly least: number; readonly most: number }
  /** Entries that are all known by name, in the order in which they were written. */
  | { readonly kind: 'context'; readonly entries: readonly Entry[] };

export interface Entry {
  readonly key: string;
  readonly type: Type;
  readonly nonable: boolean;
}

const WIDE: ReadonlySet<Type['kind']> = new Set(['months', 'duration', 'time', 'moment', 'list', 'context']);

/** Whether values of a type are only for forms and questions. */
export function isWide(type: Type): type is WideType {
  return WIDE.has(type.kind);
}

/** A text of a fact has at most so many characters; what is computed of texts at most LARGEST_TEXT. */
export const LONGEST_TEXT = 1_000;
export const LARGEST_TEXT = 100_000;
/** As many things a list may hold, all lists inside it counted. */
export const LARGEST_LIST = 1_000;
/** Two thousand million years, which is all of FEEL's calendar, in months and in nanoseconds. */
export const LONGEST_MONTHS = 24n * 10n ** 9n;
export const LONGEST_NANOS = 2n * 366n * 24n * 3_600n * 10n ** 18n;

/**
 * What is known of an expression before any person is looked at.
 *
 * `unknowable`: its value may be unknown (nobody told us). `nonable`: it may be none (known to be absent). Where
 * both are false no execution spends a test on it.
 */
export interface Known {
  readonly type: Type;
  readonly unknowable: boolean;
  readonly nonable: boolean;
}

/** Beyond this no double counts exactly, so no intermediate may get there; what might is refused or uses bigints. */
export const LARGEST_EXACT = 2n ** 53n - 1n;

export const FIRST_DATE = 10101;
export const LAST_DATE = 99991231;

/** How a quotient becomes a whole number of units. The law says which; FEEL-S has no other way to divide. */
export const ROUNDINGS = ['half-up', 'half-down', 'half-even', 'up', 'down', 'floor', 'ceiling'] as const;
/**
 * `half-up`, `half-down`: halves away from and toward zero. `half-even`: halves to the even unit. `up`, `down`:
 * always away from and toward zero. `floor`, `ceiling`: always toward minus and plus infinity.
 */
export type Rounding = (typeof ROUNDINGS)[number];
