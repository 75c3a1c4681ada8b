import type { City } from '#engine/city.ts';
import { amountWords, decidable, NOTHING_TOLD, standardOn } from '#engine/entitlement/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import type { Service } from '#engine/pack/index.ts';
import { quantity } from '../format.ts';

/** The executable standard of a service as its page shows it; undefined where it has none today. */
export function standardView(city: City, service: Service, locale: Locale) {
  const lawOn = Number(city.today.replaceAll('-', ''));
  const found = standardOn(city.rules, service, lawOn);
  const { units, divisions, sources } = city.pack;
  return found && {
    askable: city.questions.size > 0 && !decidable(city.rules, lawOn, NOTHING_TOLD).beyond.includes(service.id),
    conditions: found.conditions, amount: found.amount, amountSays: found.amount === undefined ? undefined : amountWords(city.pack, found.amount, locale), per: found.per,
    parameters: found.parameters.map(({ parameter: { id, label, unit }, values, demo }) => ({
      id, label,
      // What stands for a value that is none of a demonstration: the documents it was read in.
      by: demo ? undefined : [...new Set(values.map(({ source }) => sources.get(source)?.title ?? source))].join(' · '),
      values: values.map(({ area, value, from }) => ({ area: divisions.get(area)?.name, value: quantity(value, units.get(unit)?.dimension === 'none' ? undefined : units.get(unit), locale), from })),
    })),
  };
}
