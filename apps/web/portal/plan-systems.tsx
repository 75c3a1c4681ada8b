import type { ReactNode } from 'react';
import type { Citation, System } from '#engine/pack/index.ts';
import type { City } from '#engine/city.ts';
import type { Route } from './+types/plan-systems.ts';
import { asked } from '../context.ts';
import { Head, Text, usePage } from '../page.tsx';
import { Cite, Crumbs, Jump, Tag, Title } from './parts/blocks.tsx';
import { citedIn } from './shape.ts';

const STATES = ['running', 'in-pack', 'not-yet'] as const;

/** The applications of a box that is mostly about applications come first, under its title; then all others by domain. */
export function loader(args: Route.LoaderArgs) {
  const { city } = asked(args);
  const { plan, systems, services, projects } = city.pack;
  const all = [...systems.values()];
  const others = [...services.values(), ...projects.values()].map(({ cite }) => boxOf(cite));
  const boxed = [...Map.groupBy(all, ({ cite }) => boxOf(cite))].filter(([box, list]) => box !== undefined && list.length > others.filter((other) => other === box).length);
  const rest = all.filter((system) => !boxed.some(([, list]) => list.includes(system)));
  return {
    total: all.length,
    states: STATES.map((state) => ({ state, count: all.filter((system) => system.state === state).length })),
    groups: [
      ...boxed.map(([, list], index) => ({ id: `box-${index + 1}`, name: { zh: list.flatMap(({ cite }) => city.cited(cite)?.box?.title ?? [])[0] ?? '' }, printed: true, systems: list.map((one) => view(city, one)) })),
      ...plan.domains.map(({ id, name }) => ({ id, name, printed: false, systems: rest.filter(({ domain }) => domain === id).map((one) => view(city, one)) })),
    ].filter((group) => group.systems.length > 0),
  };
}

/** The section of the box that a citation points into. */
function boxOf(cite: Citation): string | undefined {
  return cite.kind === 'item' || cite.kind === 'box' ? cite.section : undefined;
}

function view(city: City, { id, name, kind, does, state, at, by, cite, printedState }: System) {
  return { id, name, kind, does, state, at, by, printedState, cited: citedIn(city, cite) };
}

export default function PlanSystems({ loaderData: { total, states, groups } }: Route.ComponentProps): ReactNode {
  const { t, say, href } = usePage();
  return (
    <>
      <Head title={t('plan-systems.title')} description={t('plan-systems.lead', { count: total })} />
      <Crumbs to={[['/plan', t('plan.title')]]} />
      <Title lead={t('plan-systems.lead', { count: total })}>{t('plan-systems.title')}</Title>
      <dl className="legend">{states.map(({ state, count }) => <div key={state}><dt><Tag kind={state} /> {count}</dt><dd>{t(`state.${state}`)}</dd></div>)}</dl>
      <Jump to={groups.map(({ id, name, systems }) => [id, say(name), systems.length])} />
      {groups.map(({ id, name, printed, systems }) => (
        <section key={id}>
          <h2 id={id} {...(printed ? { 'data-printed': '' } : {})}><Text of={name} /></h2>
          <ul className="rows">
            {systems.map((system) => (
              <li key={system.id} id={system.id}>
                <h3><Text of={system.name} /></h3> <Tag kind={system.state} />
                <p lang="zh-CN">{system.does.join('；')}</p>
                {system.by ? <p><Text of={system.by} />{system.at === undefined ? null : <> <a href={href(system.at)}>{t('system.open')}</a></>}</p> : null}
                <p className="muted">{t(`system.${system.kind}`)} · {t('system.printed-state')}<span lang="zh-CN" data-printed="">{system.printedState}</span> · <Cite of={system.cited} /></p>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
