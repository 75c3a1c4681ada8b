import type { City } from '#engine/city.ts';
import type { Letterhead } from '#engine/contact/index.ts';
import { say } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';

/** Who writes to residents, in a language. */
export function letterheadOf({ pack }: Pick<City, 'pack'>, locale: Locale, origin: string): Letterhead {
  const { plan, services } = pack;
  return {
    locale, site: say(plan.site, locale), phone: plan.hotline.phone, url: `${origin}/my`,
    service: (id) => { const found = services.get(id); return found ? say(found.name, locale) : id; },
  };
}
