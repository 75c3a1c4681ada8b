import type { ReactNode } from 'react';
import type { Route } from './+types/plan.ts';
import { asked } from '../context.ts';
import { day } from '../format.ts';
import { Head, Text, usePage } from '../page.tsx';
import { Cite, Crumbs, Scroll, Title } from './parts/blocks.tsx';
import { citedIn } from './shape.ts';

export function loader(args: Route.LoaderArgs) {
  const { city } = asked(args);
  const { plan, indicators, targets, projects, systems, services } = city.pack;
  const latest = plan.document.tables.at(-1)?.id;
  const count = (records: Iterable<{ readonly domain: string }>, domain: string): number => [...records].filter((record) => record.domain === domain).length;
  return {
    name: plan.name, authority: plan.authority, period: plan.period, issuedOn: plan.issuedOn, indexNo: plan.indexNo,
    goals: plan.goals.map(({ name, says, cite }) => ({ name, says, cited: citedIn(city, cite) })),
    domains: plan.domains.map((domain) => ({
      id: domain.id, mark: domain.mark, name: domain.name, life: domain.life !== undefined, cited: citedIn(city, domain.cite),
      services: count(services.values(), domain.id), indicators: count([...indicators.values()].filter(({ table }) => table === latest), domain.id),
      targets: count(targets.values(), domain.id), projects: count(projects.values(), domain.id), systems: count(systems.values(), domain.id),
    })),
    sizes: { services: services.size, indicators: indicators.size, targets: targets.size, projects: projects.size, systems: systems.size, findings: city.findings.length },
  };
}

const COLUMNS = ['services', 'indicators', 'targets', 'projects', 'systems'] as const;

export default function Plan({ loaderData }: Route.ComponentProps): ReactNode {
  const { name, authority, period, issuedOn, indexNo, goals, domains, sizes } = loaderData;
  const { t, say, href, locale } = usePage();
  return (
    <>
      <Head title={t('plan.title')} description={t('plan.lead', { plan: say(name), authority: say(authority) })} />
      <Crumbs to={[]} />
      <Title lead={t('plan.lead', { plan: say(name), authority: say(authority) })}>{t('plan.title')}</Title>
      <p className="muted">{t('plan.dates', { from: day(period.from, locale), to: day(period.to, locale), issued: day(issuedOn, locale) })}{indexNo === undefined ? null : t('plan.index-no', { no: indexNo })}</p>
      <ul className="ways">
        <li><a href={href('/plan/indicators')}>{t('plan-indicators.title')}</a><span>{t('plan.indicators-says', { count: sizes.indicators })}</span></li>
        <li><a href={href('/plan/targets')}>{t('plan-targets.title')}</a><span>{t('plan.targets-says', { count: sizes.targets })}</span></li>
        <li><a href={href('/plan/projects')}>{t('plan-projects.title')}</a><span>{t('plan.projects-says', { count: sizes.projects })}</span></li>
        <li><a href={href('/plan/systems')}>{t('plan-systems.title')}</a><span>{t('plan.systems-says', { count: sizes.systems })}</span></li>
        <li><a href={href('/plan/findings')}>{t('plan-findings.title')}</a><span>{t('plan.findings-says', { count: sizes.findings })}</span></li>
        <li><a href={href('/plan/source')}>{t('plan-source.title')}</a><span>{t('plan.source-says')}</span></li>
      </ul>
      <section>
        <h2>{t('plan.goals')}</h2>
        <ol className="goals">{goals.map(({ name: goal, says, cited }) => <li key={goal.zh}><h3><Text of={goal} /></h3><p><Text of={says} /> <Cite of={cited} /></p></li>)}</ol>
      </section>
      <section>
        <h2>{t('plan.domains')}</h2>
        <Scroll label={t('plan.domains')}>
          <table>
            <thead><tr><th scope="col">{t('table.domain')}</th>{COLUMNS.map((column) => <th key={column} scope="col" className="n">{t(`table.${column}`)}</th>)}<th scope="col">{t('side.cite')}</th></tr></thead>
            <tbody>{domains.map((domain) => <tr key={domain.id}><th scope="row"><i className="mark small" aria-hidden="true" lang="zh-CN">{domain.mark}</i>{domain.life ? <a href={href(`/life/${domain.id}`)}><Text of={domain.name} /></a> : <Text of={domain.name} />}</th>{COLUMNS.map((column) => <td key={column} className="n">{domain[column]}</td>)}<td><Cite of={domain.cited} /></td></tr>)}</tbody>
          </table>
        </Scroll>
      </section>
      <p className="downloads">{t('download.plan')}{(['indicators', 'targets', 'projects', 'systems', 'findings'] as const).map((set, index) => <span key={set}>{index > 0 ? t('list.comma') : ''}<a href={`/api/v1/data/${set}.csv`}>{t(`table.${set}`)} CSV</a></span>)}</p>
    </>
  );
}
