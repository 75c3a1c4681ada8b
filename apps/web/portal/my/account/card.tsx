import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import type { Route } from './+types/card.ts';
import { foundOrThrow, signedInForSelf } from '../../../context.ts';
import { Head, usePage } from '../../../page.tsx';
import { hrefIn } from '../../../view.ts';
import { Crumbs, Title } from '../../parts/blocks.tsx';
import { NOTHING_TYPED, toProveForAccount } from './typed.ts';

/** Back to the social security card, to be looked at once more; only for whoever has just proved who they are. */
export async function loader(args: Route.LoaderArgs) {
  const { city, visitor } = signedInForSelf(args);
  if (!foundOrThrow(city.mine).mayPayTo(visitor.provenAt)) throw toProveForAccount(args, NOTHING_TYPED, visitor.principal.id);
  return null;
}

/** Does it; done twice it is done once. */
export async function action(args: Route.ActionArgs) {
  const { city, visitor, ...view } = signedInForSelf(args);
  const refused = await foundOrThrow(city.mine).payTo(visitor.principal, { kind: 'social-security-card' }, visitor.provenAt);
  if (refused) throw toProveForAccount(args, NOTHING_TYPED, visitor.principal.id);
  throw redirect(hrefIn(view, '/my/account', { done: 'changed' }), 303);
}

export default function BackToCard(): ReactNode {
  const { t, href } = usePage();
  return (
    <>
      <Head title={t('my.account.check-card')} />
      <Crumbs to={[['/my', t('my.title')], ['/my/account', t('my.account.title')]]} />
      <Title>{t('my.account.check-card')}</Title>
      <p>{t('my.account.check-says')}</p>
      <p>{t('my.account.card-says')}</p>
      <form method="post" action={href('/my/account/card')} className="buttons">
        <button className="button" type="submit">{t('my.account.go-card')}</button> <a className="later" href={href('/my/account')}>{t('my.not-now')}</a>
      </form>
    </>
  );
}
