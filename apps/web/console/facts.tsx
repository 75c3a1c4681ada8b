import type { ReactNode } from 'react';
import { data, redirect } from 'react-router';
import type { Route } from './+types/facts.ts';
import { foundOrThrow, onDuty } from '../context.ts';
import { Scroll } from '../desk/scroll.tsx';
import { hrefIn } from '../view.ts';
import { keyOf } from './task.tsx';
import { lineOf, taskPath } from './view.ts';
import { useConsole } from './words.ts';

/** The facts that the service of a task reads. Opening this page is on record, and the resident sees it. */
export async function loader(args: Route.LoaderArgs) {
  const { city, console, visitor, locale, ...view } = onDuty(args);
  const key = keyOf(args.params);
  const found = foundOrThrow(await console.task(visitor.principal, key));
  const { pathname } = new URL(args.request.url);
  const facts = await console.facts(visitor.principal, key, { provenAt: visitor.provenAt, locale, through: '/console/facts' });
  if (facts.kind === 'prove-again') throw redirect(hrefIn({ ...view, locale }, '/staff/prove', { to: pathname }), 303);
  if (facts.kind === 'denied') throw data(null, { status: 403 });
  return { facts, line: lineOf(city, found, locale), back: taskPath(key) };
}

export default function Facts({ loaderData: { facts, line, back } }: Route.ComponentProps): ReactNode {
  const { t, href } = useConsole();
  const title = t('opened.title', { service: line.service });
  return (
    <>
      <title>{title}</title>
      <p><a href={href(back)}>{t('opened.back')}</a></p>
      <h1>{title}</h1>
      <p className="desk-note">{t('opened.logged', { subject: line.subject })}</p>
      {facts.kind === 'nothing-to-show' ? <p className="desk-lead">{t('opened.nothing')}</p> : (
        <>
          {facts.answer === undefined ? <p className="desk-lead">{t('opened.part')}</p> : <><h2>{t('opened.answer')}</h2><p>{facts.answer.says}</p><ul>{facts.answer.reasons.map((reason) => <li key={reason}>{reason}</li>)}</ul></>}
          <Scroll label={t('opened.caption')}><table className="desk-plain">
            <caption>{t('opened.caption')}</caption>
            <thead><tr>{(['name', 'value', 'holder', 'observed'] as const).map((column) => <th key={column} scope="col">{t(`opened.${column}`)}</th>)}</tr></thead>
            <tbody>{facts.facts.map(({ name, value, state, holder, observedOn }, at) => <tr key={`${name} ${at}`}><th scope="row">{name}</th><td>{value ?? <span className="desk-muted">{t(state === 'none' ? 'opened.none' : state === 'closed' ? 'opened.closed' : 'opened.unknown')}</span>}</td><td>{holder ?? (state === 'closed' ? '' : <span className="desk-muted">{t('opened.no-holder')}</span>)}</td><td>{observedOn ?? ''}</td></tr>)}</tbody>
          </table></Scroll>
        </>
      )}
    </>
  );
}
