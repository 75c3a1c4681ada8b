import type { ReactNode } from 'react';
import { say } from '#engine/kernel/index.ts';
import { printCitation } from '#engine/pack/index.ts';
import type { Route } from './+types/services.ts';
import { asked } from '../context.ts';
import { DeskTable, State } from './table.tsx';
import type { DeskColumn, DeskRow } from './table.tsx';
import { deskWords, useDesk } from './words.ts';

interface Row extends DeskRow {
  readonly name: string;
  readonly domain: string;
  readonly audience: string;
  readonly standard: string;
  readonly printed: string | null;
  readonly given: string;
  readonly payer: string | null;
  readonly owner: string | null;
  readonly cite: string;
  readonly findings: number;
}

export function loader(args: Route.LoaderArgs): { readonly rows: readonly Row[] } {
  const { city, locale } = asked(args);
  const t = deskWords(locale);
  const rows = city.pack.plan.domains.flatMap((domain) => city.servicesOf(domain.id).map((service): Row => {
    const owner = service.owner === 'unfilled' ? undefined : city.pack.departments.get(service.owner);
    return {
      key: service.id, name: say(service.name, locale), domain: say(domain.name, locale), audience: say(service.for, locale),
      standard: t(`standard.${service.printed.standard}`), given: service.printed.standard, printed: service.printed.standardText ?? null,
      payer: service.printed.payer === 'unfilled' ? null : service.printed.payer, owner: owner ? say(owner.name, locale) : null, cite: printCitation(service.cite), findings: city.findingsOf(service.id).length,
    };
  }));
  return { rows };
}

const COLUMNS: readonly DeskColumn<Row>[] = [
  { key: 'name', title: 'column.name', kind: 'text', width: 240, draw: (row) => <a href={`/services/${row.key}`}>{row.name}</a> },
  { key: 'domain', title: 'column.domain', kind: 'choice' },
  { key: 'audience', title: 'column.for', kind: 'text', width: 260 },
  { key: 'standard', title: 'column.standard', kind: 'choice', width: 260, draw: (row) => <><State tone={row.given === 'given' ? 'ok' : 'warn'}>{row.standard}</State>{row.printed === null ? null : <><br />{row.printed}</>}</> },
  { key: 'payer', title: 'column.payer', kind: 'choice', empty: 'empty.printed' },
  { key: 'owner', title: 'column.owner', kind: 'choice' },
  { key: 'findings', title: 'column.findings', kind: 'number', draw: (row) => (row.findings === 0 ? '0' : <a href={`/desk/findings#${row.key}`}>{row.findings}</a>) },
  { key: 'cite', title: 'column.cite', kind: 'text', draw: (row) => <span className="desk-cite">{row.cite}</span> },
];

export default function Services({ loaderData: { rows } }: Route.ComponentProps): ReactNode {
  const { t } = useDesk();
  return (
    <>
      <title>{t('services.title')}</title>
      <h1>{t('services.title')}</h1>
      <p className="desk-lead">{t('services.lead')}</p>
      <DeskTable rows={rows} columns={COLUMNS} set="services" caption={t('services.title')} />
    </>
  );
}
