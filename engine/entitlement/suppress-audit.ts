import { SMALLEST_SHOWN } from './suppress.ts';
import type { Equality, Figure } from './suppress.ts';

/** A large prime: ranks are counted in the numbers below it, so nothing is rounded. */
const PRIME = 2_147_483_647n;

/**
 * The places of few that whoever reads a page can reckon from what it shows; none where it was hidden well.
 *
 * Told in another way than `hiddenFigures` does: a figure is known where it adds nothing to the rank of what is shown and
 * of the equalities.
 */
export function audit(figures: readonly Figure[], equalities: readonly Equality[], hidden: ReadonlySet<number>): readonly number[] {
  const unit = (place: number): bigint[] => figures.map((_, at) => (at === place ? 1n : 0n));
  const known = [
    ...equalities.map(({ left, right }) => figures.map((_, at) => BigInt(left.filter((one) => one === at).length - right.filter((one) => one === at).length))),
    ...[...figures.keys()].filter((place) => !hidden.has(place)).map(unit),
  ];
  const reduced = reduce(known);
  return [...figures.keys()].filter((place) => {
    const count = figures[place]?.count ?? 0;
    return count > 0 && count < SMALLEST_SHOWN && remainder(unit(place), reduced).every((one) => one === 0n);
  });
}

interface Reduced {
  readonly pivot: number;
  readonly row: readonly bigint[];
}

function reduce(rows: readonly (readonly bigint[])[]): readonly Reduced[] {
  const found: Reduced[] = [];
  for (const row of rows) {
    const left = remainder(row, found);
    const pivot = left.findIndex((one) => one !== 0n);
    if (pivot === -1) continue;
    const by = inverse(left[pivot] ?? 1n);
    found.push({ pivot, row: left.map((one) => (one * by) % PRIME) });
  }
  return found;
}

function remainder(row: readonly bigint[], reduced: readonly Reduced[]): readonly bigint[] {
  return reduced.reduce<readonly bigint[]>((left, { pivot, row: one }) => {
    const times = left[pivot] ?? 0n;
    return times === 0n ? left : left.map((value, at) => modulo(value - times * (one[at] ?? 0n)));
  }, row.map(modulo));
}

const modulo = (value: bigint): bigint => ((value % PRIME) + PRIME) % PRIME;

/** By Fermat: the power of two less than the prime. */
function inverse(value: bigint): bigint {
  let [result, base, power] = [1n, modulo(value), PRIME - 2n];
  while (power > 0n) {
    if ((power & 1n) === 1n) result = (result * base) % PRIME;
    base = (base * base) % PRIME;
    power >>= 1n;
  }
  return result;
}
