import type { City } from '#engine/city.ts';
import { areasOf, Places } from '#engine/entitlement/index.ts';

/** Where everybody of a release is: worked out once, for whoever asks. */
const PLACES = new WeakMap<NonNullable<City['population']>, Places>();

/** The county in which a subject lives, or is registered; empty where it is not known. */
export function areaOf({ rules, population }: Pick<City, 'rules' | 'population'>, subject: string): string {
  const place = population?.keys?.rowOf(subject);
  if (!population || !place) return '';
  const places = PLACES.get(population) ?? new Places(rules, population.snapshot);
  PLACES.set(population, places);
  const { resident, registered } = areasOf({ places }, place.entity, place.row);
  return resident ?? registered ?? '';
}
