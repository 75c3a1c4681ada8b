import type { ReactNode } from 'react';
import type { Route } from './+types/plan-indicators.ts';
import { asked } from '../context.ts';
import { Head, usePage } from '../page.tsx';
import { Cite, Crumbs, Jump, Title } from './parts/blocks.tsx';
import { IndicatorTable } from './parts/indicator.tsx';
import { citedIn, indicatorView } from './shape.ts';

export function loader(args: Route.LoaderArgs) {
  const { city, locale } = asked(args);
  const { document } = city.pack.plan;
  return { tables: document.tables.toReversed().map((table) => ({ no: table.no, id: table.id, base: table.base, target: table.target, cited: citedIn(city, { kind: 'table', table: table.no }), indicators: city.indicatorsOf(table.id).map((one) => indicatorView(city, one, locale)) })) };
}

export default function PlanIndicators({ loaderData: { tables } }: Route.ComponentProps): ReactNode {
  const { t } = usePage();
  return (
    <>
      <Head title={t('plan-indicators.title')} description={t('plan-indicators.lead')} />
      <Crumbs to={[['/plan', t('plan.title')]]} />
      <Title lead={t('plan-indicators.lead')}>{t('plan-indicators.title')}</Title>
      <Jump to={tables.map(({ id, base, target, indicators }) => [`table-${id}`, t('plan-indicators.years', { base, target }), indicators.length])} />
      {tables.map(({ id, base, target, cited, indicators }) => (
        <section key={id}>
          <h2 id={`table-${id}`}>{t('plan-indicators.years', { base, target })}</h2>
          <IndicatorTable indicators={indicators} caption={t('plan-indicators.caption', { count: indicators.length })} />
          <p className="muted">{t('printed.at')}<Cite of={cited} /></p>
        </section>
      ))}
    </>
  );
}
