import type { ReactNode } from 'react';
import type { Route } from './+types/plan-projects.ts';
import { asked } from '../context.ts';
import { quantity } from '../format.ts';
import { Head, Text, usePage } from '../page.tsx';
import { Cite, Crumbs, Jump, Note, Title } from './parts/blocks.tsx';
import { citedIn } from './shape.ts';

export function loader(args: Route.LoaderArgs) {
  const { city, locale } = asked(args);
  const { plan, projects, units } = city.pack;
  const all = [...projects.values()].map((project) => ({
    id: project.id, domain: project.domain, name: project.name, kind: project.kind, content: project.content, quote: project.quote, places: project.places,
    year: project.year === 'unfilled' ? undefined : project.year, cited: citedIn(city, project.cite),
    quantities: project.quantities.flatMap(({ name, value, unit, text }) => value ? [{ name, value: quantity(value, units.get(unit), locale) }] : text === undefined ? [] : [{ name, value: text }]),
  }));
  return { total: projects.size, groups: plan.domains.map(({ id, name }) => ({ id, name, projects: all.filter(({ domain }) => domain === id) })).filter((group) => group.projects.length > 0) };
}

export default function PlanProjects({ loaderData: { total, groups } }: Route.ComponentProps): ReactNode {
  const { t, say } = usePage();
  return (
    <>
      <Head title={t('plan-projects.title')} description={t('plan-projects.lead', { count: total })} />
      <Crumbs to={[['/plan', t('plan.title')]]} />
      <Title lead={t('plan-projects.lead', { count: total })}>{t('plan-projects.title')}</Title>
      <Note title={t('plan-projects.unprinted')}>{t('plan-projects.unprinted-says')}</Note>
      <Jump to={groups.map(({ id, name, projects }) => [id, say(name), projects.length])} />
      {groups.map(({ id, name, projects }) => (
        <section key={id}>
          <h2 id={id}><Text of={name} /></h2>
          <ul className="rows">
            {projects.map((project) => (
              <li key={project.id} id={project.id}>
                <h3><Text of={project.name} /></h3> <span className="kind">{t(`project.${project.kind}`)}</span>
                <p lang="zh-CN">{project.content}</p>
                {project.quantities.length === 0 ? null : <p>{project.quantities.map(({ name: what, value }) => <span className="pairing" key={what}><span lang="zh-CN">{what}</span> <b>{value}</b></span>)}</p>}
                <p className="muted">{project.year === undefined ? t('target.no-year') : t('target.by', { year: project.year })} · <q lang="zh-CN" data-printed="">{project.quote}</q> <Cite of={project.cited} /></p>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
