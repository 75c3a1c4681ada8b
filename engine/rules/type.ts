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
  | { readonly kind: 'text' };

/**
 * What is known of an expression before any person is looked at.
 *
 * `unknowable`: its value may be unknown (nobody told us). `nonable`: it may be none (known to be absent). Where
 * both are false no execution spends a test on it.
 */
export interface Known {
  readonly type: ValueType;
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
