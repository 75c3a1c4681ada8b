import { printMonth, shownObservation } from '#engine/books/index.ts';
import type { KeptObservation, ShownObservation } from '#engine/books/index.ts';
import type { City } from '#engine/city.ts';
import { parseDecimal, say } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { quantity } from './format.ts';

/** An observation of an indicator in words, ready to be shown. */
export interface ObservationLine extends Pick<ShownObservation, 'indicator' | 'numerator' | 'denominator' | 'run' | 'people'> {
  /** The name of the indicator. */
  readonly name: string;
  /** yyyy-mm. */
  readonly month: string;
  /** With its unit; null where it has none that may be shown. */
  readonly value: string | null;
  /** The services that it counts, by name. */
  readonly services: readonly string[];
}

export function observationLines({ pack }: Pick<City, 'pack'>, observations: readonly KeptObservation[], locale: Locale): readonly ObservationLine[] {
  return observations.map(shownObservation).map(({ indicator: id, month, value, numerator, denominator, services, run, people }) => {
    const indicator = pack.indicators.get(id);
    const decimal = value === null ? undefined : parseDecimal(value);
    const named = (service: string): string => {
      const record = pack.services.get(service);
      return record ? say(record.name, locale) : service;
    };
    return {
      indicator: id, name: indicator ? say(indicator.name, locale) : id, month: printMonth(month), value: decimal ? quantity(decimal, indicator && pack.units.get(indicator.unit), locale) : null,
      numerator, denominator, services: services.map(named), run, people,
    };
  });
}

/** The newest of an indicator; undefined where it was never observed. */
export async function newestObservation(city: Pick<City, 'pack' | 'books'>, indicator: string, locale: Locale): Promise<ObservationLine | undefined> {
  const all = (await city.books?.observations()) ?? [];
  return observationLines(city, all.filter((one) => one.indicator === indicator).slice(-1), locale)[0];
}
