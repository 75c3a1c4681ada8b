import type { ReactNode } from 'react';
import type { City } from '#engine/city.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { hrefIn } from '../view.ts';
import { elsewhereWords } from './elsewhere.ts';
import { deskWords, useDesk } from './words.ts';

/** Whose numbers a page shows. */
export interface AboutPeople {
  readonly count: number;
  readonly synthetic: boolean;
  /** For how many residents each of them stands. */
  readonly standsFor: number;
  /** Which places are counted in which others. */
  readonly elsewhere: readonly string[];
}

/** Who is loaded; null where nobody is. It asks for the baseline, which takes a moment the first time. */
export function aboutPeople(city: City, locale: Locale): AboutPeople | null {
  const { population } = city;
  return city.baseline() && population ? { count: population.people, synthetic: population.kind === 'synthetic', standsFor: population.standsFor, elsewhere: elsewhereWords(city, locale, deskWords(locale)) } : null;
}

/** The sentence above every number: synthetic or real, how many, and that nothing is scaled up. */
export function People({ about }: { readonly about: AboutPeople | null }): ReactNode {
  const { t, locale } = useDesk();
  if (about === null) return <p className="desk-note" role="status">{t('simulate.nobody')}</p>;
  return <p className="desk-note"><b>{t(about.synthetic ? 'simulate.synthetic' : 'simulate.real')}</b> {t('simulate.size', { count: about.count.toLocaleString('en'), scale: about.standsFor.toLocaleString('en') })} {about.elsewhere.join(' ')} {about.synthetic ? <>{t('people.drawn')} <a href={hrefIn({ locale, size: 'normal', place: '' }, '/desk/simulate#residuals')}>{t('people.residuals')}</a></> : null}</p>;
}
