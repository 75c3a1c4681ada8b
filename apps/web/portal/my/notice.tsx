import type { ReactNode } from 'react';
import { data } from 'react-router';
import { DECISION_NOTICES, remedyFor } from '#engine/remedy/index.ts';
import type { Route } from './+types/notice.ts';
import { day } from '../../format.ts';
import { Head, Text, usePage } from '../../page.tsx';
import { Crumbs, Note, Tag, Title } from '../parts/blocks.tsx';
import { noticeAt, noticeView } from './notice-view.ts';
import type { NoticeView } from './notice-view.ts';
import { ownAffairs } from './own.ts';
import { Unknown } from './parts/unknown.tsx';

/** One notice. One that is not theirs is as unknown as one that is not there. */
export async function loader(args: Route.LoaderArgs) {
  const { city, affairs, locale, query } = await ownAffairs(args);
  const found = noticeAt(affairs, args.params.service, args.params.number);
  if (!found) return data({ kind: 'unknown' as const }, { status: 404 });
  const done = found.reply !== null && query.get('done') === found.reply.kind;
  return { kind: 'notice' as const, notice: noticeView(city, found, locale), service: city.pack.services.get(args.params.service)?.name, done, mayApply: city.remedies !== undefined && remedyFor(city.pack, city.pack.services.get(args.params.service), city.today) !== undefined && DECISION_NOTICES.has(found.kind), hotline: city.pack.plan.hotline };
}

export default function Notice({ loaderData }: Route.ComponentProps): ReactNode {
  return loaderData.kind === 'unknown' ? <Unknown /> : <Found {...loaderData} />;
}

type Loaded = Extract<Route.ComponentProps['loaderData'], { kind: 'notice' }>;

function Found({ notice, service, done, mayApply, hotline }: Loaded): ReactNode {
  const { t, locale } = usePage();
  const { path, kind, says, given, respondBy, state, reply, demo } = notice;
  return (
    <>
      <Head title={kind} />
      <Crumbs to={[['/my', t('my.title')], ['/my/notices', t('my.notices')]]} />
      {done ? <div role="status"><Note title={t(reply === 'confirmed' ? 'my.done-confirmed' : 'my.done-refused')} tone="plain"><p>{t(reply === 'confirmed' ? 'my.done-confirmed-says' : 'my.done-refused-says')}</p></Note></div> : null}
      <Title lead={says}>{kind}</Title>
      <DemoAmount is={demo} />
      <p className="muted">{t('my.given', { day: given })}{respondBy === undefined ? null : <> {t(state === 'late' ? 'my.was-due' : 'my.respond-by', { day: day(respondBy, locale) })}</>}</p>
      {state === 'answered' && !done ? <p>{t(reply === 'confirmed' ? 'my.state-confirmed' : 'my.state-refused')}</p> : null}
      {state === 'late' ? <p>{t('my.late-says', { phone: hotline.phone })}</p> : null}
      <Acts of={notice} />
      <p><a href={`${path}/letter.pdf${locale === 'en' ? '?lang=en' : ''}`} download="letter.pdf">{t('letter.get')}</a></p>
      <Further notice={notice} service={service} mayApply={mayApply} />
    </>
  );
}

/** Where it leads to: the service, a person, and whoever looks at a decision once more. */
function Further({ notice: { service: id, number }, service, mayApply }: Pick<Loaded, 'notice' | 'service' | 'mayApply'>): ReactNode {
  const { t, href } = usePage();
  return (
    <>
      {service ? <p><a href={href(`/my/services/${id}`)}>{t('my.see-service')}<span className="away">{t('colon')}<Text of={service} /></span></a></p> : null}
      <p><a href={href(`/my/services/${id}/say/person`)}>{t('my.go-person')}</a></p>
      {mayApply ? <p><a href={href(`/my/reconsideration/new/${id}`, { notice: String(number) })}>{t('remedy.apply.go')}</a></p> : null}
    </>
  );
}

/** What can be done about it now. */
function Acts({ of: { path, respondBy, replies, wantsAccount } }: { readonly of: NoticeView }): ReactNode {
  const { t, href, locale } = usePage();
  return (
    <>
      {wantsAccount ? <p className="buttons"><a className="button" href={href('/my/account')}>{t('my.account.go-right')}</a></p> : null}
      {replies.length === 0 ? null : <p className="buttons">{replies.map((one) => <a key={one} className={one === 'confirmed' ? 'button' : 'button plain'} href={href(`${path}/${one}`)}>{t(one === 'confirmed' ? 'my.go-confirm' : 'my.go-refuse')}</a>)}</p>}
      {replies.length === 0 || respondBy === undefined ? null : <p><a href={`${path}/calendar.ics${locale === 'en' ? '?lang=en' : ''}`} download="notice.ics">{t('my.to-calendar')}</a></p>}
    </>
  );
}

/** Of an amount that rests on what is for demonstration. */
function DemoAmount({ is }: { readonly is: boolean }): ReactNode {
  const { t } = usePage();
  return is ? <p><Tag kind="parameter" /> {t('my.notice-demo')}</p> : null;
}
