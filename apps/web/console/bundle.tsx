import type { ReactNode } from 'react';
import { data, redirect } from 'react-router';
import { nameOfNoticeKind } from '#engine/casework/index.ts';
import { describeLettersRefusal, SHORT_WORKING_DAYS } from '#engine/console/index.ts';
import type { BundleCommand } from '#engine/console/index.ts';
import type { Route } from './+types/bundle.ts';
import { foundOrThrow, onDuty } from '../context.ts';
import { Scroll } from '../desk/scroll.tsx';
import { day } from '../format.ts';
import { hrefIn } from '../view.ts';
import { Problem } from './parts.tsx';
import { typed } from './sign-in/step.ts';
import { areaName, serviceName } from './view.ts';
import { useConsole } from './words.ts';

const COMMANDS = ['post', 'give-back'] as const satisfies readonly BundleCommand[];

/** One bundle of letters: what is in it without whom it is to, to print, to post or to give back. */
export async function loader(args: Route.LoaderArgs) {
  const { city, console, visitor, query, locale } = onDuty(args);
  const { lines, ...bundle } = foundOrThrow(await console.letters.bundle(visitor.principal, args.params.id));
  return {
    ...bundle, today: city.today, did: query.get('did') === 'post', short: lines.filter(({ daysLeft }) => daysLeft !== undefined && daysLeft < SHORT_WORKING_DAYS).length,
    lines: lines.map(({ kind, service, area, respondBy, daysLeft }, at) => ({ at: at + 1, kind: nameOfNoticeKind(kind, locale), service: serviceName(city, service, locale), area: area === '' ? undefined : areaName(city, area, locale), by: respondBy === null ? '' : day(respondBy, locale), daysLeft })),
  };
}

export async function action(args: Route.ActionArgs) {
  const { console, visitor, locale, ...view } = onDuty(args);
  const what = typed(await args.request.formData(), 'do');
  const command = foundOrThrow(COMMANDS.find((one) => one === what));
  const refusal = await console.letters.act(visitor.principal, args.params.id, command);
  if (refusal?.kind === 'bundle-unknown') foundOrThrow(undefined);
  if (refusal) return data({ says: describeLettersRefusal(refusal, locale) }, { status: 422 });
  throw redirect(hrefIn({ ...view, locale }, command === 'post' ? `/console/letters/${args.params.id}` : '/console/letters', { did: command }), 303);
}

export default function BundlePage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const { t, locale, href } = useConsole();
  const { id, letters, takenBy, takenOn, postedOn, lines, today, did, short } = loaderData;
  const title = t('letters.bundle', { id });
  return (
    <>
      <title>{`${actionData ? t('problem') : ''}${title}`}</title>
      <p><a href={href('/console/letters')}>{t('letters.back')}</a></p>
      <h1>{title}</h1>
      {actionData ? <Problem>{actionData.says}</Problem> : did ? <p className="con-done" role="status">{t('letters.did-post')}</p> : null}
      <p>{postedOn === undefined ? t('letters.taken', { count: letters, name: takenBy, day: day(takenOn, locale) }) : t('letters.posted-on', { count: letters, day: day(postedOn, locale) })}</p>
      {postedOn !== undefined ? null : <OpenBundle id={id} letters={letters} today={today} short={short} />}
      <section>
        <h2>{t('letters.inside')}</h2>
        {lines.length === 0 ? <p className="desk-lead">{t('letters.empty')}</p> : (
          <Scroll label={t('letters.inside')}><table className="desk-table">
            <caption className="desk-hidden">{t('letters.inside')}</caption>
            <thead><tr><th scope="col" className="desk-num">{t('letters.sheet')}</th><th scope="col">{t('column.area')}</th><th scope="col">{t('letters.kind')}</th><th scope="col">{t('column.service')}</th><th scope="col">{t('letters.answer-by')}</th></tr></thead>
            <tbody>{lines.map((line) => (
              <tr key={line.at}>
                <td className="desk-num">{line.at}</td><td>{line.area ?? t('letters.area-unknown')}</td><td>{line.kind}</td><td>{line.service}</td>
                <td>{line.by}{line.daysLeft !== undefined && line.daysLeft < SHORT_WORKING_DAYS ? <span className="con-late"> ▼ {line.daysLeft < 0 ? t('letters.too-late') : t('letters.days-left', { days: line.daysLeft })}</span> : null}</td>
              </tr>
            ))}</tbody>
          </table></Scroll>
        )}
      </section>
    </>
  );
}

/** What is done with a bundle that nobody has posted: print it, once or again, then say so, or let its letters wait again. */
function OpenBundle({ id, letters, today, short }: Pick<Route.ComponentProps['loaderData'], 'id' | 'letters' | 'today' | 'short'>): ReactNode {
  const { t, locale, href } = useConsole();
  const act = (what: BundleCommand, label: string, plain = false): ReactNode => <form method="post" className="con-narrow"><button className={plain ? 'con-plain' : 'con-button'} name="do" value={what}>{label}</button></form>;
  return (
    <>
      {short === 0 ? null : <p className="con-late" role="note">▼ {t('letters.short', { count: short, days: SHORT_WORKING_DAYS })}</p>}
      <p className="desk-lead">{t('letters.how')}</p>
      {letters === 0 ? null : <p><a className="con-button" href={href(`/console/letters/${id}/letters.pdf`)}>{t('letters.print')}</a></p>}
      {letters === 0 ? null : act('post', t('letters.post', { day: day(today, locale) }))}
      {act('give-back', t('letters.give-back'), true)}
    </>
  );
}
