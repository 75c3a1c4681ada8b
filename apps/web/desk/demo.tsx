import type { ReactNode } from 'react';
import type { City } from '#engine/city.ts';
import { isDemoStandard } from '#engine/entitlement/index.ts';
import { hrefIn } from '../view.ts';
import { useDesk } from './words.ts';

/** How many of the services whose figures a page shows rest on what is for demonstration: by their standard, and by who pays. */
export interface DemoShare {
  readonly of: number;
  readonly standards: number;
  readonly payers: number;
}

/** Of services that are decided; an id of another one counts for nothing. */
export function demoShare(city: Pick<City, 'demoServices'>, services: Iterable<string> = city.demoServices().keys()): DemoShare {
  const found = [...new Set(services)].flatMap((id) => city.demoServices().get(id) ?? []);
  return { of: found.length, standards: found.filter(isDemoStandard).length, payers: found.filter(({ payers }) => payers).length };
}

/** Whether money of all these services together rests on some that is for demonstration. */
export const hasDemo = ({ standards, payers }: DemoShare): boolean => standards + payers > 0;

/** The mark beside a figure that rests on what is for demonstration. */
export function Demo({ is }: { readonly is: boolean }): ReactNode {
  const { t } = useDesk();
  return is ? <> <span className="desk-demo">{t('demo.tag')}</span></> : null;
}

/** What a page says once: how many of its services are marked, why, and where it is mended. `money`: it also shows who pays. */
export function DemoNote({ share: { of, standards, payers }, money = false }: { readonly share: DemoShare; readonly money?: boolean }): ReactNode {
  const { t, locale } = useDesk();
  if (standards === 0 && (!money || payers === 0)) return null;
  return <p className="desk-muted" data-of="demo"><span className="desk-demo">{t('demo.tag')}</span> {t('demo.standards', { of, count: standards })}{money ? t('demo.payers', { count: payers }) : null} <a href={hrefIn({ locale, size: 'normal', place: '' }, '/desk/verify')}>{t('demo.verify')}</a></p>;
}
