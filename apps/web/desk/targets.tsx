import type { ReactNode } from 'react';
import { say, toNumber } from '#engine/kernel/index.ts';
import { printCitation } from '#engine/pack/index.ts';
import type { Target } from '#engine/pack/index.ts';
import type { Route } from './+types/targets.ts';
import { asked } from '../context.ts';
import { quantity } from '../format.ts';
import { DeskTable } from './table.tsx';
import type { DeskColumn, DeskRow } from './table.tsx';
import { useDesk } from './words.ts';

interface Row extends DeskRow {
  readonly name: string;
  readonly domain: string;
  readonly value: string | null;
  readonly size: number | null;
  readonly year: number | null;
  readonly scope: string;
  readonly quote: string;
  readonly cite: string;
  readonly indicator: string | null;
  readonly indicatorId: string | null;
}

export function loader(args: Route.LoaderArgs): { readonly rows: readonly Row[] } {
  const { city, locale } = asked(args);
  const { pack } = city;
  const domains = new Map(pack.plan.domains.map((domain) => [domain.id, say(domain.name, locale)]));
  const value = (target: Target): string | null => {
    const unit = pack.units.get(target.unit);
    const sign = target.op === undefined || target.op === '=' || target.op === 'range' ? '' : `${SIGNS[target.op]} `;
    if (target.value) return `${sign}${quantity(target.value, unit, locale)}`;
    return target.from && target.to ? `${quantity(target.from, unit, locale)}–${quantity(target.to, unit, locale)}` : null;
  };
  const rows = [...pack.targets.values()].map((target): Row => {
    const indicator = target.indicator === undefined ? undefined : pack.indicators.get(target.indicator);
    return {
      key: target.id, name: say(target.name, locale), domain: domains.get(target.domain) ?? target.domain, value: value(target), size: target.value ? toNumber(target.value) : null,
      year: target.by === 'unfilled' ? null : target.by, scope: target.scope, quote: target.quote, cite: printCitation(target.cite), indicator: indicator ? say(indicator.name, locale) : null, indicatorId: indicator?.id ?? null,
    };
  });
  return { rows };
}

const SIGNS = { '>=': '≥', '>': '>', '<=': '≤', '<': '<', '~': '≈' } as const;

const COLUMNS: readonly DeskColumn<Row>[] = [
  { key: 'name', title: 'column.name', kind: 'text', width: 260 },
  { key: 'domain', title: 'column.domain', kind: 'choice' },
  { key: 'value', title: 'column.target', kind: 'number', order: (row) => row.size },
  { key: 'year', title: 'column.year', kind: 'choice', empty: 'empty.printed' },
  { key: 'scope', title: 'column.scope', kind: 'choice' },
  { key: 'indicator', title: 'column.indicator', kind: 'text', draw: (row) => <a href={`/indicators/${row.indicatorId}`}>{row.indicator}</a>, empty: 'none' },
  { key: 'quote', title: 'column.quote', kind: 'text', width: 320, draw: (row) => <q>{row.quote}</q> },
  { key: 'cite', title: 'column.cite', kind: 'text', draw: (row) => <span className="desk-cite">{row.cite}</span> },
];

export default function Targets({ loaderData: { rows } }: Route.ComponentProps): ReactNode {
  const { t } = useDesk();
  return (
    <>
      <title>{t('targets.title')}</title>
      <h1>{t('targets.title')}</h1>
      <p className="desk-lead">{t('targets.lead')}</p>
      <DeskTable rows={rows} columns={COLUMNS} set="targets" caption={t('targets.title')} />
    </>
  );
}
