import type { ReactNode } from 'react';
import { compareDecimal, say } from '#engine/kernel/index.ts';
import type { Decimal } from '#engine/kernel/index.ts';
import { gapOf, valuePairs } from '#engine/indicator/index.ts';
import { printCitation } from '#engine/pack/index.ts';
import type { Indicator } from '#engine/pack/index.ts';
import type { Route } from './+types/indicators.ts';
import { asked } from '../context.ts';
import { cell, quantity } from '../format.ts';
import { observationLines } from '../observed.ts';
import type { ObservationLine } from '../observed.ts';
import { countText, grouped } from './books-view.tsx';
import { DeskTable, State } from './table.tsx';
import type { DeskColumn, DeskRow } from './table.tsx';
import { deskWords, useDesk } from './words.ts';
import type { DeskWords } from './words.ts';

interface Row extends DeskRow {
  readonly name: string;
  readonly id: string;
  readonly domain: string;
  readonly years: string;
  /** Base and target as people read them; empty where neither is printed. */
  readonly path: string;
  readonly baseAt: number | null;
  readonly targetAt: number | null;
  readonly gap: string;
  readonly kind: string;
  readonly tone: string;
  readonly direction: string;
  readonly attribute: string | null;
  readonly owner: string | null;
  readonly cite: string;
  readonly current: string;
  /** What this system has measured last: value, month and whose numbers; empty where it never did. */
  readonly observed: string | null;
  readonly findings: number;
}

export async function loader(args: Route.LoaderArgs): Promise<{ readonly rows: readonly Row[] }> {
  const { city, locale } = asked(args);
  const t = deskWords(locale);
  const domains = new Map(city.pack.plan.domains.map((domain) => [domain.id, say(domain.name, locale)]));
  const observed = new Map(observationLines(city, (await city.books?.observations()) ?? [], locale).map((line) => [line.indicator, observedText(line, t)]));
  const rows = city.pack.plan.document.tables.toReversed().flatMap((table) => city.indicatorsOf(table.id).flatMap((indicator) => valuePairs(indicator).map((pair): Row => {
    const unit = city.pack.units.get(indicator.unit);
    const gap = gapOf(pair, indicator.direction);
    const [base, target] = [cell(pair.base, unit, locale), cell(pair.target, unit, locale)];
    const owner = indicator.owner === 'unfilled' ? undefined : city.pack.departments.get(indicator.owner);
    return {
      key: pair.id, id: indicator.id, name: pair.id === indicator.id ? say(indicator.name, locale) : `${say(indicator.name, locale)} · ${say(pair.name, locale)}`,
      domain: domains.get(indicator.domain) ?? indicator.domain, years: t('table.year', { base: table.base, target: table.target }),
      path: `${base ?? '—'} → ${target ?? '—'}`, ...positions(pair),
      kind: t(`gap-kind.${gap.kind}`), gap: t(`gap.${gap.kind}`, 'by' in gap ? { by: quantity(gap.by, unit, locale) } : {}), tone: gap.kind === 'looser' ? 'warn' : gap.kind === 'rise' || gap.kind === 'fall' ? 'ok' : 'quiet',
      direction: t(`direction.${indicator.direction}`), attribute: indicator.attribute === 'unfilled' ? null : t(`attribute.${indicator.attribute}`),
      owner: owner ? say(owner.name, locale) : null, cite: printCitation(indicator.cite), current: cell(pair.actual, unit, locale) ?? t('current.unfilled'), observed: observed.get(pair.id) ?? null, findings: city.findingsOf(indicator.id).length,
    };
  })));
  return { rows };
}

function observedText({ month, value, numerator, denominator, people }: ObservationLine, t: DeskWords): string {
  const whose = people === null ? t('observed.gone') : t(people.synthetic ? 'observed.synthetic' : 'observed.real', { count: grouped(people.count) });
  return t('observed.cell', { value: value ?? t('observed.no-value'), month, numerator: countText(numerator, t), denominator: countText(denominator, t), whose });
}

/** Where base and target stand on a line whose ends are the smaller and the larger of the two; null where there is no line. */
function positions({ base, target }: Pick<Indicator, 'base' | 'target'>): { readonly baseAt: number | null; readonly targetAt: number | null } {
  const number = (value: Indicator['base']): Decimal | undefined => (value === undefined || value === 'none-printed' || 'reference' in value ? undefined : value.value);
  const [from, to] = [number(base), number(target)];
  if (!to) return { baseAt: from ? 8 : null, targetAt: null };
  if (!from) return { baseAt: null, targetAt: 92 };
  const order = compareDecimal(from, to);
  return order === 0 ? { baseAt: 50, targetAt: 50 } : order < 0 ? { baseAt: 8, targetAt: 92 } : { baseAt: 92, targetAt: 8 };
}

const COLUMNS: readonly DeskColumn<Row>[] = [
  { key: 'name', title: 'column.indicator', kind: 'text', width: 330, draw: (row) => <><a href={`/indicators/${row.id}`}>{row.name}</a>{row.findings > 0 ? <><br /><a className="desk-state warn" href={`/desk/findings#${row.id}`}>◆ {row.findings}</a></> : null}</> },
  { key: 'domain', title: 'column.domain', kind: 'choice' },
  { key: 'years', title: 'column.table', kind: 'choice', draw: (row) => <span style={{ whiteSpace: 'nowrap' }}>{row.years}</span> },
  { key: 'path', title: 'column.path', kind: 'text', width: 190, draw: (row) => <><Track row={row} />{row.path}</> },
  { key: 'current', title: 'column.current', kind: 'choice' },
  { key: 'observed', title: 'column.observed', kind: 'text', empty: 'observed.never' },
  { key: 'kind', title: 'column.gap', kind: 'choice', draw: (row) => <State tone={row.tone === 'warn' ? 'warn' : row.tone === 'ok' ? 'ok' : 'quiet'}>{row.gap}</State> },
  { key: 'direction', title: 'column.direction', kind: 'choice' },
  { key: 'attribute', title: 'column.attribute', kind: 'choice', empty: 'empty.printed' },
  { key: 'owner', title: 'column.owner', kind: 'choice' },
  { key: 'cite', title: 'column.cite', kind: 'text', draw: (row) => <span className="desk-cite">{row.cite}</span> },
];

function Track({ row }: { readonly row: Row }): ReactNode {
  if (row.baseAt === null && row.targetAt === null) return null;
  return <div className="desk-track" aria-hidden="true">{row.baseAt === null ? null : <i style={{ insetInlineStart: `${row.baseAt}%` }} />}{row.targetAt === null ? null : <u style={{ insetInlineStart: `${row.targetAt}%` }} />}</div>;
}

export default function Indicators({ loaderData: { rows } }: Route.ComponentProps): ReactNode {
  const { t } = useDesk();
  return (
    <>
      <title>{t('indicators.title')}</title>
      <h1>{t('indicators.title')}</h1>
      <p className="desk-lead">{t('indicators.lead')}</p>
      <DeskTable rows={rows} columns={COLUMNS} set="indicators" caption={t('indicators.title')} />
    </>
  );
}
