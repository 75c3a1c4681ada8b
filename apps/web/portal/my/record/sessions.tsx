import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import type { Route } from './+types/sessions.ts';
import { foundOrThrow, signedInForSelf } from '../../../context.ts';
import { day } from '../../../format.ts';
import { Head, usePage } from '../../../page.tsx';
import { hrefIn } from '../../../view.ts';
import { Crumbs, Note, Title } from '../../parts/blocks.tsx';

/** Where somebody is signed in. */
export async function loader(args: Route.LoaderArgs) {
  const { city, visitor, locale, query } = signedInForSelf(args);
  const sessions = await foundOrThrow(city.record).sessions(visitor.principal, visitor.session);
  const ended = /^\d{1,4}$/.exec(query.get('ended') ?? '')?.[0];
  return { ended: ended === undefined ? undefined : Number(ended), sessions: sessions.map(({ openedOn, openedTime, seenOn, seenTime, here }) => ({ opened: `${day(openedOn, locale)} ${openedTime}`, seen: `${day(seenOn, locale)} ${seenTime}`, here })) };
}

/** Ends all the others; the one that asks stays. */
export async function action(args: Route.ActionArgs) {
  const asking = signedInForSelf(args);
  const { city, visitor } = asking;
  const ended = await foundOrThrow(city.record).endOthers(visitor.principal, visitor.session);
  return redirect(hrefIn(asking, '/my/sessions', { ended: String(ended) }), 303);
}

export default function Sessions({ loaderData: { sessions, ended } }: Route.ComponentProps): ReactNode {
  const { t, href } = usePage();
  return (
    <>
      <Head title={t('record.sessions.title')} />
      <Crumbs to={[['/my', t('my.title')]]} />
      {ended === undefined ? null : <div role="status"><Note title={t('record.sessions.ended')} tone="plain"><p>{t('record.sessions.ended-says', { count: ended })}</p></Note></div>}
      <Title lead={t('record.sessions.lead')}>{t('record.sessions.title')}</Title>
      <ul className="rows">
        {sessions.map(({ opened, seen, here }) => (
          <li key={opened}><h3>{t(here ? 'record.sessions.here' : 'record.sessions.elsewhere')}</h3><p>{t('record.sessions.opened', { at: opened })}</p><p className="muted">{t('record.sessions.seen', { at: seen })}</p></li>
        ))}
      </ul>
      {sessions.some(({ here }) => !here) ? (
        <form method="post" action={href('/my/sessions')}>
          <p>{t('record.sessions.end-says')}</p>
          <p className="buttons"><button type="submit" className="button">{t('record.sessions.end')}</button></p>
        </form>
      ) : <p>{t('record.sessions.only')}</p>}
    </>
  );
}
