import type { ReactNode } from 'react';
import type { Route } from './+types/service.ts';
import { foundOrThrow } from '../../context.ts';
import { Head, Text, usePage } from '../../page.tsx';
import { Answer, Crumbs, Note, Title } from '../parts/blocks.tsx';
import { ownEntitlements } from './own.ts';
import { Holding, Remedies } from './parts/holding.tsx';
import { Facts, Reasons, Verdict } from './parts/verdict.tsx';
import { holdingView, remediesView, verdictView } from './service-view.ts';

const DONE = ['ended', 'wanted', 'paused', 'resumed', 'person', 'objected'] as const;

/** One service for whoever looks: what it comes to, why, on what, and what became of it. */
export async function loader(args: Route.LoaderArgs) {
  const { city, affairs, explained, locale, query } = await ownEntitlements(args);
  const service = foundOrThrow(city.pack.services.get(args.params.id));
  const found = explained?.find(({ one }) => one.service.id === service.id);
  return {
    id: service.id, name: service.name, gives: service.gives, done: DONE.find((one) => one === query.get('done')), hotline: city.pack.plan.hotline, today: city.today,
    verdict: found && verdictView(city, found, locale), holding: holdingView(city, affairs, service, locale), remedies: remediesView(city, affairs, service, locale),
  };
}

export default function MyService({ loaderData }: Route.ComponentProps): ReactNode {
  const { id, name, gives, done, verdict, holding, remedies, hotline, today } = loaderData;
  const { t, say, href } = usePage();
  return (
    <>
      <Head title={say(name)} />
      <Crumbs to={[['/my', t('my.title')]]} />
      {done === undefined ? null : <div role="status"><Note title={t(`my.did-${done}`)} tone="plain"><p>{t(`my.did-${done}-says`)}</p></Note></div>}
      <Title lead={<Text of={gives} />}><Text of={name} /></Title>
      {verdict ? <Verdict verdict={verdict} today={today} /> : <Undecided phone={hotline.phone} />}
      <Holding id={id} holding={holding} phone={hotline.phone} />
      {verdict ? <Reasons reasons={verdict.reasons} missing={verdict.missing} /> : null}
      {verdict ? <Facts facts={verdict.facts} /> : null}
      <section>
        <h2>{t('my.machine')}</h2>
        <p>{t('my.machine-says')}</p>
        {holding.tasks.some(({ isReview }) => isReview) ? <p>{t('my.person-asked')}</p> : <p className="buttons"><a className="button plain" href={href(`/my/services/${id}/say/person`)}>{t('my.go-person')}</a></p>}
      </section>
      <Remedies remedies={remedies} phone={hotline.phone} />
      <p className="no-print"><a href={href(`/services/${id}`)}>{t('my.general')}</a></p>
    </>
  );
}

/** Nobody has worked it out for this person: what that means. */
function Undecided({ phone }: { readonly phone: string }): ReactNode {
  const { t } = usePage();
  return <Answer><p className="sum words">{t('my.verdict-none')}</p><p>{t('my.verdict-none-says', { phone })}</p></Answer>;
}
