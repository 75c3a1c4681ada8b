import type { ReactNode } from 'react';
import type { Route } from './+types/money.ts';
import { asked } from '../context.ts';
import { usePage } from '../page.tsx';
import { Choice } from './parts/choice.tsx';
import { lifeStages, lineOf } from './shape.ts';

/** What one can receive: the services that pay money to a person or a household. */
export function loader(args: Route.LoaderArgs) {
  const { city } = asked(args);
  return { groups: lifeStages(city.pack.plan).map(({ name, life, id }) => ({ name: life ?? name, services: city.servicesOf(id).filter(({ kind, also, audience }) => (kind === 'cash' || also?.includes('cash') === true) && audience.units.some((unit) => unit === 'person' || unit === 'household')).map(lineOf) })) };
}

export default function Money({ loaderData: { groups } }: Route.ComponentProps): ReactNode {
  const { t, say, href } = usePage();
  return <Choice title={t('large.money')} lead={t('money.lead')} groups={groups.map(({ name, services }) => ({ name: say(name), services }))}><p className="buttons"><a className="button" href={href('/entitled')}>{t('entitled.title')}</a></p></Choice>;
}
