/** A number measured, beside a peer or limit measured in the same run and the bar it has to hold. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it is compared with, in the same unit. */
  readonly against: { readonly name: string; readonly value: number } | null;
  readonly bar: Bar | null;
  /** Null where no bar is set. */
  readonly holds: boolean | null;
}

export interface Bar {
  readonly op: '<=' | '>=';
  readonly value: number;
}

/** What a benchmark is told. */
export interface BenchOptions {
  /** How many people, for benchmarks of whole cities. */
  readonly people: number;
  /** Says what is passed over, and why. */
  readonly say: (line: string) => void;
}

/** Measures something; what it needs it starts, and ends again. */
export type Bench = (options: BenchOptions) => Promise<readonly Figure[]>;

/** A figure rounded to three digits behind the point; a bar is judged on the number as measured. */
export function figure(name: string, value: number, unit: string, { bar = null, against = null }: Partial<Pick<Figure, 'bar' | 'against'>> = {}): Figure {
  const holds = bar === null ? null : bar.op === '<=' ? value <= bar.value : value >= bar.value;
  return { name, value: round(value), unit, against: against && { name: against.name, value: round(against.value) }, bar, holds };
}

/** How many times one measured number another is. */
export function times(name: string, one: number, other: number, bar: Bar | null): Figure {
  return figure(name, one / other, 'x', { bar });
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** The value that half of the values do not exceed. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The smallest value that a share of the values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}
