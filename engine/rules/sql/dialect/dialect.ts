/**
 * What differs between databases, as far as the emitter needs it. Everything else in the generated text is the
 * common part of SQL: BIGINT arithmetic, CASE, joins, grouping, one window function.
 */
export interface Dialect {
  readonly id: DialectId;
  /** A name from outside, quoted; the caller has made sure that it fits (`edgeNames`). */
  readonly quote: (name: string) => string;
  /** A text literal. */
  readonly text: (value: string) => string;
  /** An integer literal that is a BIGINT whatever its size, so that products with it do not overflow INTEGER. */
  readonly big: (value: bigint) => string;
  /** The operator of integer division, truncating toward zero. */
  readonly division: string;
  readonly textType: string;
  /** A stage: a table that is computed once and gone with the session. */
  readonly stage: (name: string, select: string) => string;
  /** Other names for the columns of a table; computes nothing. */
  readonly view: (name: string, select: string) => string;
  /** Takes away what `stage` or `view` made, where it is there. */
  readonly drop: (name: string, made: 'stage' | 'view') => string;
}

export const DIALECTS = ['duckdb', 'postgres', 'spark'] as const;
export type DialectId = (typeof DIALECTS)[number];

/** Doubles the quotation mark and puts it around. */
export function quotedWith(mark: string, text: string): string {
  return `${mark}${text.replaceAll(mark, mark + mark)}${mark}`;
}

/** Digits, in brackets where negative, so that a sign never meets another sign. */
export function digits(value: bigint): string {
  return value < 0n ? `(${String(value)})` : String(value);
}
