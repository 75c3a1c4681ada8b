import type { ReactNode } from 'react';
import type { Route } from './+types/matters.ts';
import { asked } from '../context.ts';
import { usePage } from '../page.tsx';
import { Choice } from './parts/choice.tsx';
import { EventList } from './parts/lists.tsx';
import { lineOf } from './shape.ts';

/** What one can get done: life events, then the services that are no money and no supervision. */
const KINDS = ['in-kind', 'fee-waiver', 'insurance', 'facility'] as const;

export function loader(args: Route.LoaderArgs) {
  const { city } = asked(args);
  const services = city.pack.plan.domains.flatMap(({ id }) => city.servicesOf(id));
  return {
    events: [...city.pack.events.values()].map(({ id, name }) => ({ id, name })),
    groups: KINDS.map((kind) => ({ kind, services: services.filter((service) => service.kind === kind).map(lineOf) })),
  };
}

export default function Matters({ loaderData: { events, groups } }: Route.ComponentProps): ReactNode {
  const { t } = usePage();
  return (
    <Choice title={t('large.matters')} lead={t('matters.lead')} groups={groups.map(({ kind, services }) => ({ name: t(`kind.${kind}`), services }))}>
      <section><h2>{t('home.events')}</h2><EventList events={events} /></section>
    </Choice>
  );
}
