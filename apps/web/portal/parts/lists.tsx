import type { ReactNode } from 'react';
import type { Domain, LifeEvent } from '#engine/pack/index.ts';
import { Text, usePage } from '../../page.tsx';
import type { ServiceLine } from '../shape.ts';

/** The stages of life, each by one character and its words. */
export function LifeStages({ domains }: { readonly domains: readonly Pick<Domain, 'id' | 'mark' | 'life' | 'hint'>[] }): ReactNode {
  const { t, href } = usePage();
  return (
    <nav className="life" aria-label={t('life.label')}>
      {domains.map(({ id, mark, life, hint }) => life && (
        <a key={id} href={href(`/life/${id}`)}>
          <i aria-hidden="true" lang="zh-CN">{mark}</i>
          <b><Text of={life} /></b>
          {hint ? <span><Text of={hint} /></span> : null}
        </a>
      ))}
    </nav>
  );
}

/** Services one below the other: the name, whom it is for, what it is. */
export function ServiceList({ services }: { readonly services: readonly ServiceLine[] }): ReactNode {
  const { t, href } = usePage();
  return (
    <ul className="rows">
      {services.map((service) => (
        <li key={service.id}>
          <a href={href(`/services/${service.id}`)}><Text of={service.name} /></a>
          <span className="kind">{service.kinds.map((kind) => t(`kind.${kind}`)).join(t('list.and'))}</span>
          {service.gives.zh === service.name.zh ? null : <p><Text of={service.gives} /></p>}
          <p className="muted">{t('service.for')}<Text of={service.for} /></p>
        </li>
      ))}
    </ul>
  );
}

/** Life events as short links. */
export function EventList({ events }: { readonly events: readonly Pick<LifeEvent, 'id' | 'name'>[] }): ReactNode {
  const { href } = usePage();
  return <ul className="events">{events.map(({ id, name }) => <li key={id}><a href={href(`/events/${id}`)}><Text of={name} /></a></li>)}</ul>;
}
