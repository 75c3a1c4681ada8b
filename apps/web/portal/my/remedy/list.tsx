import type { ReactNode } from 'react';
import type { Route } from './+types/list.ts';
import { Head, usePage } from '../../../page.tsx';
import { Crumbs, Title } from '../../parts/blocks.tsx';
import { applicant } from './here.ts';
import { applicationView } from './view.ts';

/** Everything that somebody has applied for, drafts too, the newest first. */
export async function loader(args: Route.LoaderArgs) {
  const { city, visitor, remedies, locale, query } = applicant(args);
  return { dropped: query.get('done') === 'dropped', applications: (await remedies.own(visitor.principal)).map((one) => applicationView(city, one, locale)) };
}

export default function Applications({ loaderData: { applications, dropped } }: Route.ComponentProps): ReactNode {
  const { t, href } = usePage();
  return (
    <>
      <Head title={t('remedy.title')} />
      <Crumbs to={[['/my', t('my.title')]]} />
      {dropped ? <p role="status">{t('remedy.dropped')}</p> : null}
      <Title lead={t('remedy.list.lead')}>{t('remedy.title')}</Title>
      {applications.length === 0 ? <p>{t('remedy.list.none')}</p> : (
        <ul className="rows mine">
          {applications.map(({ number, path, service, state, next }) => (
            <li key={number}><p className="what"><a href={href(path)}>{service}</a><span className="tag">{state}</span></p>{next === undefined ? null : <p>{next}</p>}</li>
          ))}
        </ul>
      )}
    </>
  );
}
