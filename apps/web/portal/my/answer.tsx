import type { ReactNode } from 'react';
import { data, redirect } from 'react-router';
import type { NoticeReply } from '#engine/casework/index.ts';
import { amountText } from './lines.ts';
import type { Route } from './+types/answer.ts';
import { foundOrThrow, signedIn } from '../../context.ts';
import { day } from '../../format.ts';
import { Head, Text, usePage } from '../../page.tsx';
import { hrefIn } from '../../view.ts';
import { Crumbs, Title } from '../parts/blocks.tsx';
import { monthText } from './money-view.ts';
import { noticeAt, noticeView } from './notice-view.ts';
import { ownAffairs } from './own.ts';
import { Unknown } from './parts/unknown.tsx';

const REPLIES: readonly NoticeReply[] = ['confirmed', 'refused'];

/** What is about to be answered, to be looked at once more. What was answered, or is past its day, says so. */
export async function loader(args: Route.LoaderArgs) {
  const { city, affairs, locale } = await ownAffairs(args);
  const reply = foundOrThrow(REPLIES.find((one) => one === args.params.reply));
  const found = noticeAt(affairs, args.params.service, args.params.number);
  if (!found) return data({ kind: 'unknown' as const }, { status: 404 });
  const notice = noticeView(city, found, locale);
  const service = city.pack.services.get(args.params.service);
  const proposal = affairs.grants.find((one) => one.service === found.service && one.subject === found.subjectKey)?.grant.proposal;
  const asked = proposal && { amount: proposal.right.amountFen === 0 ? undefined : amountText(proposal.right.amountFen, service?.standard?.at(-1)?.per, locale), from: monthText(proposal.from, locale) };
  return { kind: 'answer' as const, reply, notice, name: service?.name, asked, hotline: city.pack.plan.hotline };
}

/** Answers. The same answer again, also from a second window, changes nothing and leads to the same page. */
export async function action(args: Route.ActionArgs) {
  const { city, visitor, ...view } = signedIn(args);
  const { service, number } = args.params;
  const reply = foundOrThrow(REPLIES.find((one) => one === args.params.reply));
  const refused = await foundOrThrow(city.mine).answer(visitor.principal, { service, number: Number(number) }, reply);
  if (refused) return data({ refused: refused.kind }, { status: refused.kind === 'notice-unknown' ? 404 : 409 });
  throw redirect(hrefIn(view, `/my/notices/${service}/${number}`, { done: reply }), 303);
}

export default function Answer({ loaderData }: Route.ComponentProps): ReactNode {
  return loaderData.kind === 'unknown' ? <Unknown /> : <Check {...loaderData} />;
}

type Loaded = Extract<Route.ComponentProps['loaderData'], { kind: 'answer' }>;

function Check(loaded: Loaded): ReactNode {
  const { reply, notice, name, asked } = loaded;
  const { t, href, locale } = usePage();
  const title = t(reply === 'confirmed' ? 'my.check-confirm' : 'my.check-refuse');
  return (
    <>
      <Head title={title} />
      <Crumbs to={[['/my', t('my.title')], ['/my/notices', t('my.notices')], [notice.path, notice.kind]]} />
      {notice.replies.includes(reply) ? (
        <>
          <Title lead={notice.says}>{title}</Title>
          <dl className="told">
            {name ? <div><dt>{t('my.check-service')}</dt><dd><Text of={name} /></dd></div> : null}
            {asked?.amount === undefined ? null : <div><dt>{t('my.check-amount')}</dt><dd>{asked.amount}</dd></div>}
            {asked ? <div><dt>{t('my.check-from')}</dt><dd>{asked.from}</dd></div> : null}
            {notice.respondBy === undefined ? null : <div><dt>{t('my.check-until')}</dt><dd>{day(notice.respondBy, locale)}</dd></div>}
          </dl>
          <p>{t(reply === 'confirmed' ? 'my.check-confirm-says' : 'my.check-refuse-says')}</p>
          <form method="post" action={href(`${notice.path}/${reply}`)} className="buttons">
            <button className="button" type="submit">{t(reply === 'confirmed' ? 'my.confirm' : 'my.refuse')}</button> <a className="later" href={href(notice.path)}>{t('my.not-now')}</a>
          </form>
        </>
      ) : <Closed {...loaded} />}
    </>
  );
}

/** Why nothing can be answered any more, and what can still be done. */
function Closed({ notice: { state, reply, respondBy, path, service }, hotline }: Loaded): ReactNode {
  const { t, href, locale } = usePage();
  const because = state === 'answered' ? (reply === 'confirmed' ? 'my.closed-confirmed' : 'my.closed-refused') : state === 'late' ? 'my.closed-late' : 'my.closed-asks-nothing';
  return (
    <>
      <Title lead={t(because, { phone: hotline.phone, day: respondBy === undefined ? '' : day(respondBy, locale) })}>{t('my.closed')}</Title>
      <p className="buttons"><a className="button" href={href(path)}>{t('my.see-notice')}</a> <a className="button plain" href={href(`/my/services/${service}`)}>{t('my.see-service')}</a></p>
    </>
  );
}
