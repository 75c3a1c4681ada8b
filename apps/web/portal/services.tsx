import type { ReactNode } from 'react';
import type { Route } from './+types/services.ts';
import { asked } from '../context.ts';
import { Head, Text, usePage } from '../page.tsx';
import { Crumbs, Jump, Title } from './parts/blocks.tsx';
import { ServiceList } from './parts/lists.tsx';
import { SearchForm } from './parts/search-form.tsx';
import { lineOf } from './shape.ts';

export function loader(args: Route.LoaderArgs) {
  const { city } = asked(args);
  const { plan, services } = city.pack;
  return { total: services.size, plan: plan.name, groups: plan.domains.map((domain) => ({ domain, services: city.servicesOf(domain.id).map(lineOf) })).filter((group) => group.services.length > 0) };
}

export default function Services({ loaderData }: Route.ComponentProps): ReactNode {
  const { total, plan, groups } = loaderData;
  const { t, say, href } = usePage();
  return (
    <>
      <Head title={t('services.title')} description={t('services.lead', { plan: say(plan), count: total })} />
      <Crumbs to={[]} />
      <Title lead={t('services.lead', { plan: say(plan), count: total })}>{t('services.title')}</Title>
      <SearchForm />
      <Jump to={groups.map(({ domain, services }) => [domain.id, say(domain.life ?? domain.name), services.length])} />
      {groups.map(({ domain, services }) => (
        <section key={domain.id}>
          <h2 id={domain.id}><a href={href(`/life/${domain.id}`)}><Text of={domain.life ?? domain.name} /></a></h2>
          <ServiceList services={services} />
        </section>
      ))}
      <p className="downloads">{t('download.services')}<a href={`/api/v1/data/services.csv`}>CSV</a>{t('list.comma')}<a href="/api/v1/data/services.xlsx">XLSX</a>{t('list.comma')}<a href="/api/v1/data/services.json">JSON</a></p>
    </>
  );
}
