import type { ReactNode } from 'react';
import type { Route } from './+types/one.ts';
import { Head, usePage } from '../../../page.tsx';
import { Answer, Crumbs, Note, Title } from '../../parts/blocks.tsx';
import { ownSent } from './here.ts';
import { Papers } from '../parts/papers.tsx';
import { applicationView } from './view.ts';

const DONE = ['sent', 'completed', 'withdrawn', 'withdrawal-asked'] as const;

/** One application: how far it is, what comes next by when, and what they can do. */
export async function loader(args: Route.LoaderArgs) {
  const { city, one, locale, query } = await ownSent(args);
  return { view: applicationView(city, one, locale), done: DONE.find((each) => each === query.get('done')), phone: city.pack.plan.hotline.phone };
}

export default function Application({ loaderData: { view, done, phone } }: Route.ComponentProps): ReactNode {
  const { t, href } = usePage();
  const { path, number, service, stage, state, next, steps, papers } = view;
  const title = t('remedy.one.title', { service });
  return (
    <>
      <Head title={title} />
      <Crumbs to={[['/my', t('my.title')], ['/my/reconsideration', t('remedy.title')]]} />
      {done === undefined ? null : <div role="status"><Note title={t(`remedy.done.${done}`)} tone="plain"><p>{t(`remedy.done.${done}-says`)}</p></Note></div>}
      <Title lead={t('remedy.one.number', { number })}>{title}</Title>
      <Answer><p className="sum words">{state}</p>{next === undefined ? null : <p>{next}</p>}</Answer>
      {stage === 'to-complete' ? <p className="buttons"><a className="button" href={href(`${path}/complete`)}>{t('remedy.complete.go')}</a></p> : null}
      <section><h2>{t('voice.progress')}</h2><Line steps={steps} /></section>
      <section>
        <h2>{t('voice.you-said')}</h2>
        <dl className="check">
          <div><dt>{t('remedy.check.what')}</dt><dd>{view.challenged}</dd></div>
          <div><dt>{t('remedy.check.asks')}</dt><dd>{view.asks}</dd></div>
          {view.late === undefined ? null : <div><dt>{t('remedy.check.late')}</dt><dd className="said">{view.late}</dd></div>}
          <div><dt>{t('remedy.check.why')}</dt><dd className="said">{view.why}</dd></div>
          <div><dt>{t('record.dispute.evidence')}</dt><dd>{papers.length === 0 ? t('record.dispute.no-evidence') : <Papers papers={papers} href={(paper) => href(`${path}/papers/${paper}`)} />}</dd></div>
          <div><dt>{t('remedy.check.file')}</dt><dd><a href={href(`${path}/file`)}>{t('remedy.file.go')}</a></dd></div>
        </dl>
      </section>
      {view.mayWithdraw ? <p><a href={href(`${path}/withdraw`)}>{t('remedy.withdraw.go')}</a></p> : null}
      <p className="muted">{t('remedy.otherwise', { phone })}</p>
    </>
  );
}

/** What happened, one below the other. */
function Line({ steps }: { readonly steps: Route.ComponentProps['loaderData']['view']['steps'] }): ReactNode {
  return (
    <ol className="line">
      {/* oxlint-disable-next-line react/no-array-index-key -- nothing of it ever moves */}
      {steps.map(({ title, on, says }, at) => <li key={at} className="past"><b>{title}</b> <span className="muted">{on}</span>{says === undefined ? null : <p className="said">{says}</p>}</li>)}
    </ol>
  );
}
