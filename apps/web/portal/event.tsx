import type { ReactNode } from 'react';
import type { Route } from './+types/event.ts';
import { asked, foundOrThrow } from '../context.ts';
import { Head, Text, usePage } from '../page.tsx';
import { Crumbs, Fact, Note, Printed, Side, Tag, Title } from './parts/blocks.tsx';
import { ServiceList } from './parts/lists.tsx';
import { citedIn, lineOf } from './shape.ts';

export function loader(args: Route.LoaderArgs) {
  const { city } = asked(args);
  const { events, services, systems, plan } = city.pack;
  const event = foundOrThrow(events.get(args.params.id));
  const system = event.system === undefined ? undefined : systems.get(event.system);
  return {
    name: event.name, says: event.says, state: event.state, by: event.by, at: event.at, hotline: plan.hotline,
    services: event.services.flatMap((id) => services.get(id) ?? []).map(lineOf),
    cited: event.cite && citedIn(city, event.cite),
    system: system && { id: system.id, name: system.name },
  };
}

export default function Event({ loaderData }: Route.ComponentProps): ReactNode {
  const { name, says, state, by, at, services, cited, system, hotline } = loaderData;
  const { t, say, href } = usePage();
  return (
    <>
      <Head title={say(name)} description={say(says)} />
      <Crumbs to={[['/events', t('events.title')]]} />
      <div className="page">
        <div>
          <Title lead={<Text of={says} />}><Text of={name} /></Title>
          {state === 'running' && at !== undefined ? <p><a className="button" href={href(at)}>{t('event.start')}</a></p>
            : <Note title={t(`event.${state}.title`)} tone="plain"><p>{by ? <Text of={by} /> : t(`event.${state}.says`, { phone: hotline.phone })}</p></Note>}
          <section>
            <h2>{t('event.services')}</h2>
            {services.length === 0 ? <p>{t('event.no-services')}</p> : <ServiceList services={services} />}
          </section>
          {cited ? <section><h2>{t('printed.title')}</h2><Printed of={cited} /></section> : null}
        </div>
        <Side>
          <Fact title={t('side.state')}><Tag kind={state} /></Fact>
          {system ? <Fact title={t('event.system')}><a href={href(`/plan/systems#${system.id}`)}><Text of={system.name} /></a></Fact> : null}
          <Fact title={t('side.near')}><a href={href('/near')}>{t('side.near-link')}</a></Fact>
          <Fact title={t('side.ask')}><a href={`tel:${hotline.phone}`}>{hotline.phone}</a> {say(hotline.name)}</Fact>
        </Side>
      </div>
    </>
  );
}
