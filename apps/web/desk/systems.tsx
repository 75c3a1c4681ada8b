import type { ReactNode } from 'react';
import { say } from '#engine/kernel/index.ts';
import { printCitation } from '#engine/pack/index.ts';
import type { Route } from './+types/systems.ts';
import { asked } from '../context.ts';
import { carriedColumns, carriedOf } from './carried.tsx';
import type { CarriedRow } from './carried.tsx';
import { DeskTable } from './table.tsx';
import type { DeskColumn } from './table.tsx';
import { deskWords, useDesk } from './words.ts';

interface Row extends CarriedRow {
  readonly name: string;
  readonly domain: string;
  readonly kind: string;
  readonly printed: string;
  readonly does: readonly string[];
  readonly cite: string;
}

export function loader(args: Route.LoaderArgs): { readonly rows: readonly Row[] } {
  const { city, locale } = asked(args);
  const t = deskWords(locale);
  const domains = new Map(city.pack.plan.domains.map((domain) => [domain.id, say(domain.name, locale)]));
  return { rows: [...city.pack.systems.values()].map((one): Row => ({ key: one.id, name: say(one.name, locale), domain: domains.get(one.domain) ?? one.domain, kind: t(`system-kind.${one.kind}`), printed: one.printedState, does: one.does, cite: printCitation(one.cite), ...carriedOf(one, locale) })) };
}

const COLUMNS: readonly DeskColumn<Row>[] = [
  { key: 'name', title: 'column.name', kind: 'text', width: 240 },
  { key: 'domain', title: 'column.domain', kind: 'choice' },
  { key: 'kind', title: 'column.kind', kind: 'choice' },
  { key: 'does', title: 'column.says', kind: 'text', width: 320, draw: (row) => <ul className="desk-places">{row.does.map((one) => <li key={one}>{one}</li>)}</ul> },
  { key: 'printed', title: 'column.printed-state', kind: 'choice' },
  ...carriedColumns<Row>(),
  { key: 'cite', title: 'column.cite', kind: 'text', draw: (row) => <span className="desk-cite">{row.cite}</span> },
];

export default function Systems({ loaderData: { rows } }: Route.ComponentProps): ReactNode {
  const { t } = useDesk();
  return (
    <>
      <title>{t('systems.title')}</title>
      <h1>{t('systems.title')}</h1>
      <p className="desk-lead">{t('systems.lead')}</p>
      <DeskTable rows={rows} columns={COLUMNS} set="systems" caption={t('systems.title')} />
    </>
  );
}
