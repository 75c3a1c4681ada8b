import type { ReactNode } from 'react';
import { data, redirect } from 'react-router';
import { describeLettersRefusal } from '#engine/console/index.ts';
import { LETTERS_AT_ONCE } from '#engine/contact/index.ts';
import type { Route } from './+types/letters.ts';
import { onDuty } from '../context.ts';
import { day } from '../format.ts';
import { hrefIn } from '../view.ts';
import { Problem } from './parts.tsx';
import { useConsole } from './words.ts';

/** Letters that wait to be printed in the area of whoever looks, and the bundles that were taken. */
export async function loader(args: Route.LoaderArgs) {
  const { console, visitor, query } = onDuty(args);
  const desk = await console.letters.list(visitor.principal);
  if (!desk) throw data(null, { status: 403 });
  return { ...desk, gaveBack: query.get('did') === 'give-back' };
}

/** Takes those that have waited the longest. */
export async function action(args: Route.ActionArgs) {
  const { console, visitor, locale, ...view } = onDuty(args);
  const taken = await console.letters.take(visitor.principal);
  if (typeof taken === 'string') throw redirect(hrefIn({ ...view, locale }, `/console/letters/${taken}`), 303);
  if (taken.kind === 'not-allowed') throw data(null, { status: 403 });
  return data({ says: describeLettersRefusal(taken, locale) }, { status: 422 });
}

export default function LettersPage({ loaderData: { waiting, since, bundles, gaveBack }, actionData }: Route.ComponentProps): ReactNode {
  const { t, locale, href } = useConsole();
  const title = t('letters.title');
  const [open, posted] = [bundles.filter(({ postedOn }) => postedOn === undefined), bundles.flatMap((one) => (one.postedOn === undefined ? [] : [{ ...one, postedOn: one.postedOn }]))];
  return (
    <>
      <title>{`${actionData ? t('problem') : ''}${title}`}</title>
      <h1>{title}</h1>
      {actionData ? <Problem>{actionData.says}</Problem> : gaveBack ? <p className="con-done" role="status">{t('letters.did-give-back')}</p> : null}
      <p className="desk-lead">{t('letters.lead')}</p>
      <p>{waiting === 0 || since === undefined ? t('letters.none') : t('letters.waiting', { count: waiting, day: day(since, locale) })}</p>
      {waiting === 0 ? null : <form method="post"><button className="con-button">{waiting > LETTERS_AT_ONCE ? t('letters.take', { count: LETTERS_AT_ONCE }) : t('letters.take-all', { count: waiting })}</button></form>}
      {open.length === 0 ? null : (
        <section>
          <h2>{t('letters.open')}</h2>
          <p className="desk-lead">{t('letters.open-says')}</p>
          <ul className="con-list">{open.map(({ id, letters, takenBy, takenOn }) => <li key={id}><a href={href(`/console/letters/${id}`)}>{t('letters.bundle', { id })}</a> <span className="desk-muted">{t('letters.taken', { count: letters, name: takenBy, day: day(takenOn, locale) })}</span></li>)}</ul>
        </section>
      )}
      {posted.length === 0 ? null : (
        <section>
          <h2>{t('letters.posted')}</h2>
          <ul className="con-list">{posted.map(({ id, letters, postedOn }) => <li key={id}><a href={href(`/console/letters/${id}`)}>{t('letters.bundle', { id })}</a> <span className="desk-muted">{t('letters.posted-on', { count: letters, day: day(postedOn, locale) })}</span></li>)}</ul>
        </section>
      )}
    </>
  );
}
