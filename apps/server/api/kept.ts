import type { City } from '#engine/city.ts';

/** So many answers of one city are kept; whoever asks for more makes the oldest go. */
const MOST_KEPT = 128;

const answers = new WeakMap<City, Map<string, string>>();

/**
 * The answer of a city to a question, made once: nothing in a city changes, and a new release, a new day or a new
 * population is a new city. `key` holds all that the answer depends on: address, filters, language.
 */
export function keptAnswer(city: City, key: string, make: () => string): string {
  const known = answers.get(city) ?? new Map<string, string>();
  answers.set(city, known);
  const found = known.get(key) ?? make();
  known.delete(key);
  known.set(key, found);
  for (const oldest of known.keys()) if (known.size > MOST_KEPT) known.delete(oldest);
  return found;
}
