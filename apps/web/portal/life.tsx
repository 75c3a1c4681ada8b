import type { ReactNode } from 'react';
import type { Route } from './+types/life.ts';
import { asked, foundOrThrow } from '../context.ts';
import { Head, Text, usePage } from '../page.tsx';
import { Crumbs, Title } from './parts/blocks.tsx';
import { IndicatorTable } from './parts/indicator.tsx';
import { EventList, ServiceList } from './parts/lists.tsx';
import { indicatorView, lineOf } from './shape.ts';

export function loader(args: Route.LoaderArgs) {
  const { city, locale } = asked(args);
  const { plan, events } = city.pack;
  const domain = foundOrThrow(plan.domains.find(({ id, life }) => id === args.params.domain && life !== undefined));
  const services = city.servicesOf(domain.id);
  const ids = new Set(services.map(({ id }) => id));
  const latest = plan.document.tables.at(-1)?.id ?? '';
  return {
    domain, services: services.map(lineOf),
    events: [...events.values()].filter((event) => event.services.some((id) => ids.has(id))).map(({ id, name }) => ({ id, name })),
    indicators: city.indicatorsOf(latest).filter((indicator) => indicator.domain === domain.id).map((indicator) => indicatorView(city, indicator, locale)),
  };
}

export default function Life({ loaderData }: Route.ComponentProps): ReactNode {
  const { domain, services, events, indicators } = loaderData;
  const { t, say, href } = usePage();
  const name = say(domain.life ?? domain.name);
  return (
    <>
      <Head title={name} description={domain.hint && say(domain.hint)} />
      <Crumbs to={[['/services', t('services.title')]]} />
      <Title lead={domain.hint ? <Text of={domain.hint} /> : undefined}><i className="mark" aria-hidden="true" lang="zh-CN">{domain.mark}</i>{name}</Title>
      {events.length > 0 ? <section><h2>{t('life.events')}</h2><EventList events={events} /></section> : null}
      <section>
        <h2>{t('life.services', { count: services.length })}</h2>
        <ServiceList services={services} />
      </section>
      {indicators.length > 0 ? (
        <section>
          <h2>{t('life.indicators')}</h2>
          <p>{t('life.indicators-says')}<a href={href('/plan/indicators')}>{t('life.indicators-all')}</a></p>
          <IndicatorTable indicators={indicators} caption={t('table.caption-domain', { domain: say(domain.name) })} />
        </section>
      ) : null}
    </>
  );
}
