import type { City } from '#engine/city.ts';
import { say } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import type { DeskWords } from './words.ts';

/**
 * The reporting units in which nobody is counted: the facts of whoever lives there say the county above. None where nobody
 * is loaded. A table leaves them out, rather than show them as places where nothing happens.
 */
export function countedElsewhere(city: Pick<City, 'pack' | 'baseline'>): ReadonlySet<string> {
  const { divisions, plan } = city.pack;
  const places = city.baseline()?.places;
  if (!places) return new Set();
  const lived = new Set(places.of(plan.interview?.subject ?? 'person', 'resident'));
  return new Set(places.counties.filter((id, at) => divisions.get(id)?.kind === 'reporting-unit' && !lived.has(at)));
}

/** Where those who live there are counted, a sentence each. */
export function elsewhereWords(city: Pick<City, 'pack' | 'baseline'>, locale: Locale, t: DeskWords): readonly string[] {
  const { divisions } = city.pack;
  return [...countedElsewhere(city)].flatMap((id) => {
    const unit = divisions.get(id);
    const above = divisions.get(unit?.parent ?? '');
    return unit && above ? [t('people.elsewhere', { unit: say(unit.name, locale), county: say(above.name, locale) })] : [];
  });
}
