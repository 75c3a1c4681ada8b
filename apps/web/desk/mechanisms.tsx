import type { ReactNode } from 'react';
import { say } from '#engine/kernel/index.ts';
import { printCitation } from '#engine/pack/index.ts';
import type { Route } from './+types/mechanisms.ts';
import { asked } from '../context.ts';
import { carriedColumns, carriedOf } from './carried.tsx';
import type { CarriedRow } from './carried.tsx';
import { DeskTable } from './table.tsx';
import type { DeskColumn } from './table.tsx';
import { deskWords, useDesk } from './words.ts';

interface Row extends CarriedRow {
  readonly name: string;
  readonly domain: string;
  readonly family: string;
  readonly says: string;
  readonly cite: string;
}

export function loader(args: Route.LoaderArgs): { readonly rows: readonly Row[] } {
  const { city, locale } = asked(args);
  const t = deskWords(locale);
  const domains = new Map(city.pack.plan.domains.map((domain) => [domain.id, say(domain.name, locale)]));
  return { rows: [...city.pack.mechanisms.values()].map((one): Row => ({ key: one.id, name: say(one.name, locale), domain: domains.get(one.domain) ?? one.domain, family: t(`family.${one.family}`), says: one.says, cite: one.cite.map(printCitation).join(' · '), ...carriedOf(one, locale) })) };
}

const COLUMNS: readonly DeskColumn<Row>[] = [
  { key: 'name', title: 'column.name', kind: 'text', width: 220 },
  { key: 'domain', title: 'column.domain', kind: 'choice' },
  { key: 'family', title: 'column.family', kind: 'choice' },
  { key: 'says', title: 'column.says', kind: 'text', width: 320 },
  ...carriedColumns<Row>(),
  { key: 'cite', title: 'column.cite', kind: 'text', draw: (row) => <span className="desk-cite">{row.cite}</span> },
];

export default function Mechanisms({ loaderData: { rows } }: Route.ComponentProps): ReactNode {
  const { t } = useDesk();
  return (
    <>
      <title>{t('mechanisms.title')}</title>
      <h1>{t('mechanisms.title')}</h1>
      <p className="desk-lead">{t('mechanisms.lead')}</p>
      <DeskTable rows={rows} columns={COLUMNS} set="mechanisms" caption={t('mechanisms.title')} />
    </>
  );
}
