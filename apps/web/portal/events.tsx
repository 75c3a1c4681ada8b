import type { ReactNode } from 'react';
import type { Route } from './+types/events.ts';
import { asked } from '../context.ts';
import { Head, Text, usePage } from '../page.tsx';
import { Crumbs, Tag, Title } from './parts/blocks.tsx';

export function loader(args: Route.LoaderArgs) {
  const { events } = asked(args).city.pack;
  return { events: [...events.values()].map(({ id, name, says, services, state }) => ({ id, name, says, services: services.length, state })) };
}

export default function Events({ loaderData: { events } }: Route.ComponentProps): ReactNode {
  const { t, href } = usePage();
  return (
    <>
      <Head title={t('events.title')} description={t('events.lead')} />
      <Crumbs to={[]} />
      <Title lead={t('events.lead')}>{t('events.title')}</Title>
      <ul className="rows">
        {events.map(({ id, name, says, services, state }) => (
          <li key={id}>
            <a href={href(`/events/${id}`)}><Text of={name} /></a> <Tag kind={state} />
            <p><Text of={says} /></p>
            <p className="muted">{services === 0 ? t('events.no-services') : t('events.services', { count: services })}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
