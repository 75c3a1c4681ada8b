/** A number of people below this, other than 0, is not shown in a breakdown: it may point at somebody. */
export const SMALLEST_SHOWN = 5;

/**
 * The places of a breakdown that must be hidden.
 *
 * Where just one is small, the smallest of the others that is not 0 is hidden too, because the total less what is
 * shown would give the small one away.
 */
export function hiddenPlaces(counts: readonly number[]): ReadonlySet<number> {
  const places = [...counts.keys()].filter((place) => (counts[place] ?? 0) > 0).sort((a, b) => (counts[a] ?? 0) - (counts[b] ?? 0));
  const small = places.filter((place) => (counts[place] ?? 0) < SMALLEST_SHOWN);
  return new Set(small.length === 1 ? places.slice(0, 2) : small);
}
