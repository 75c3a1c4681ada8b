import type { City } from '#engine/city.ts';
import { householdOf } from '#engine/population/index.ts';

/** The key of the household that somebody lives in; null where they live in none that has a key. */
export function householdKeyOf({ population }: Pick<City, 'population'>, key: string): string | null {
  const [keys, row] = [population?.keys, population?.keys?.rowOf(key)?.row];
  return population && keys && row !== undefined ? householdOf({ snapshot: population.snapshot, keys }, row) : null;
}
