import type { City } from '#engine/city.ts';
import { areasOf, Places } from '#engine/entitlement/index.ts';

/** The county in which a subject lives, or is registered; empty where it is not known. Where everybody is, is worked out once for a release. */
export function areasIn(): (city: City, subject: string) => string {
  let known: { readonly of: City['population']; readonly places: Places } | undefined;
  return ({ rules, population }, subject) => {
    const place = population?.keys?.rowOf(subject);
    if (!population || !place) return '';
    if (known?.of !== population) known = { of: population, places: new Places(rules, population.snapshot) };
    const { resident, registered } = areasOf(known, place.entity, place.row);
    return resident ?? registered ?? '';
  };
}
