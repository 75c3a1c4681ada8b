import type { ReactNode } from 'react';
import type { Route } from './+types/plan-targets.ts';
import { asked } from '../context.ts';
import { Head, Text, usePage } from '../page.tsx';
import { Crumbs, Jump, Title } from './parts/blocks.tsx';
import { TargetList } from './parts/target.tsx';
import { targetView } from './target-view.ts';

export function loader(args: Route.LoaderArgs) {
  const { city, locale } = asked(args);
  const { plan, targets } = city.pack;
  return { total: targets.size, groups: plan.domains.map(({ id, name }) => ({ id, name, targets: [...targets.values()].filter(({ domain }) => domain === id).map((one) => targetView(city, one, locale)) })).filter((group) => group.targets.length > 0) };
}

export default function PlanTargets({ loaderData: { total, groups } }: Route.ComponentProps): ReactNode {
  const { t, say } = usePage();
  return (
    <>
      <Head title={t('plan-targets.title')} description={t('plan-targets.lead', { count: total })} />
      <Crumbs to={[['/plan', t('plan.title')]]} />
      <Title lead={t('plan-targets.lead', { count: total })}>{t('plan-targets.title')}</Title>
      <Jump to={groups.map(({ id, name, targets }) => [id, say(name), targets.length])} />
      {groups.map(({ id, name, targets }) => <section key={id}><h2 id={id}><Text of={name} /></h2><TargetList targets={targets} /></section>)}
    </>
  );
}
