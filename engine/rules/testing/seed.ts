/** Numbers that look random and are the same for the same seed, on every machine. */
export interface Seeded {
  /** A whole number from 0 up to, not including, `n`; n from 1 to 2^31. */
  readonly below: (n: number) => number;
  /** True so often in a hundred. */
  readonly percent: (n: number) => boolean;
  readonly pick: <T>(of: readonly T[]) => T;
  /** A whole number from `min` to `max`, both included; often one of the ends or zero, where the mistakes are. */
  readonly between: (min: bigint, max: bigint) => bigint;
  /** The same things in another order. */
  readonly shuffled: <T>(of: readonly T[]) => readonly T[];
}

export function seeded(seed: number): Seeded {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 0;
  const next = (): number => {
    // Mulberry32: 32 bits of state, 32 bits out.
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (n: number): number => Math.floor((next() / 2 ** 32) * n);
  const pick = <T>(of: readonly T[]): T => {
    const found = of[below(of.length)];
    if (found === undefined) throw new RangeError('nothing to pick from');
    return found;
  };
  const uniform = (min: bigint, max: bigint): bigint => min + ((BigInt(next()) << 32n) + BigInt(next())) % (max - min + 1n);
  const between = (min: bigint, max: bigint): bigint => {
    const ends = [min, max, 0n, 1n, -1n].filter((value) => value >= min && value <= max);
    return below(100) < 15 ? pick(ends) : uniform(min, max);
  };
  const shuffled = <T>(of: readonly T[]): readonly T[] => {
    const left = [...of];
    return of.map(() => left.splice(below(left.length), 1)).flat();
  };
  return { below, percent: (n) => below(100) < n, pick, between, shuffled };
}
