import type { ReactNode } from 'react';
import { data, redirect } from 'react-router';
import type { Route } from './+types/wish.ts';
import { monthOf, monthsLater } from '#engine/entitlement/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import { foundOrThrow, signedIn } from '../../context.ts';
import { Head, Text, usePage } from '../../page.tsx';
import { hrefIn } from '../../view.ts';
import type { MessageId } from '../../words.ts';
import { Crumbs, Title } from '../parts/blocks.tsx';
import { monthText } from './money-view.ts';
import { ownAffairs } from './own.ts';
import { holdingView } from './service-view.ts';

const WISHES = ['end', 'want', 'pause', 'resume'] as const;
type WishName = (typeof WISHES)[number];
const DID = { end: 'ended', want: 'wanted', pause: 'paused', resume: 'resumed' } as const satisfies Record<WishName, string>;
const CLOSED = { end: 'my.closed-nothing', want: 'my.closed-want', pause: 'my.closed-pause', resume: 'my.closed-resume' } as const satisfies Record<WishName, MessageId>;

/** What they no longer want, or want again, for good or for a while, to be looked at once more. */
export async function loader(args: Route.LoaderArgs) {
  const { city, affairs, locale } = await ownAffairs(args);
  const wish = foundOrThrow(WISHES.find((one) => one === args.params.wish));
  const service = foundOrThrow(city.pack.services.get(args.params.id));
  const { has, asked, refused, amount, since, mayPause, pausedFrom } = holdingView(city, affairs, service, locale);
  const open = { want: refused, end: !refused && (has || asked), pause: !refused && mayPause, resume: pausedFrom !== undefined }[wish];
  const next = monthText(monthsLater(monthOf(dayNumber(city.today)), 1), locale);
  return { wish, id: service.id, name: service.name, amount, since, open, refused, next };
}

/** Does it; done twice it is done once, and leads to the same page. */
export async function action(args: Route.ActionArgs) {
  const { city, visitor: { principal }, ...view } = signedIn(args);
  const mine = foundOrThrow(city.mine);
  const { id, wish } = args.params;
  const wanted = foundOrThrow(WISHES.find((one) => one === wish));
  const refused = await mine[wanted](principal, id);
  if (refused) return data({ refused: refused.kind }, { status: 409 });
  throw redirect(hrefIn(view, `/my/services/${id}`, { done: DID[wanted] }), 303);
}

export default function Wish({ loaderData: { wish, id, name, amount, since, open, refused, next } }: Route.ComponentProps): ReactNode {
  const { t, say, href } = usePage();
  const title = t(open ? `my.check-${wish}` : 'my.closed');
  return (
    <>
      <Head title={title} />
      <Crumbs to={[['/my', t('my.title')], [`/my/services/${id}`, say(name)]]} />
      <Title lead={open ? undefined : t(refused && wish !== 'want' ? 'my.closed-ended' : CLOSED[wish])}>{title}</Title>
      {open ? (
        <>
          <dl className="told">
            <div><dt>{t('my.check-service')}</dt><dd><Text of={name} /></dd></div>
            {amount === undefined ? null : <div><dt>{t('my.check-amount')}</dt><dd>{amount}</dd></div>}
            {since === undefined ? null : <div><dt>{t('my.check-since')}</dt><dd>{since}</dd></div>}
          </dl>
          <p>{t(`my.check-${wish}-says`, { next })}</p>
          <form method="post" action={href(`/my/services/${id}/${wish}`)} className="buttons">
            <button className="button" type="submit">{t(`my.${wish}`)}</button> <a className="later" href={href(`/my/services/${id}`)}>{t('my.not-now')}</a>
          </form>
        </>
      ) : <p className="buttons"><a className="button" href={href(`/my/services/${id}`)}>{t('my.see-service')}</a></p>}
    </>
  );
}
