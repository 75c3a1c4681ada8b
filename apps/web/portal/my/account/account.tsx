import type { ReactNode } from 'react';
import type { Route } from './+types/account.ts';
import { foundOrThrow, signedInForSelf } from '../../../context.ts';
import { Head, usePage } from '../../../page.tsx';
import { Crumbs, Note, Title } from '../../parts/blocks.tsx';
import { ownAffairs } from '../own.ts';
import { accountView } from './view.ts';

/** To where their own money goes. Whoever looks for another is led to where they go back: it is nobody else's business. */
export async function loader(args: Route.LoaderArgs) {
  const { query } = signedInForSelf(args);
  const { city, affairs, locale } = await ownAffairs(args);
  return { ...accountView(city, affairs, foundOrThrow(affairs.payTo), locale), isDone: query.get('done') === 'changed', phone: city.pack.plan.hotline.phone };
}

export default function Account({ loaderData: { kind, to, since, going, held, before, isDone, phone } }: Route.ComponentProps): ReactNode {
  const { t, href } = usePage();
  return (
    <>
      <Head title={t('my.account.title')} />
      <Crumbs to={[['/my', t('my.title')]]} />
      {isDone ? <div role="status"><Note title={t('my.account.did')} tone="plain"><p>{t('my.account.did-says', { to, phone })}</p></Note></div> : null}
      <Title lead={t('my.account.lead')}>{t('my.account.title')}</Title>
      {held.length === 0 ? null : <Note title={t('my.account.held')}><p>{held.map(({ id, name }, at) => <span key={id}>{at === 0 ? '' : t('list.comma')}{name}</span>)}{t('colon')}{t('my.account.held-says', { phone })}</p></Note>}
      <dl className="told">
        <div><dt>{t('my.account.now')}</dt><dd><b>{to}</b></dd></div>
        {since === undefined ? null : <div><dt>{t('my.account.since')}</dt><dd>{since}</dd></div>}
      </dl>
      {kind === 'social-security-card' ? <p>{t('my.account.card-says')}</p> : null}
      <p className="buttons">
        <a className="button" href={href('/my/account/bank')}>{t(kind === 'bank-account' ? 'my.account.go-other' : 'my.account.go-bank')}</a>
        {kind === 'bank-account' ? <a className="button plain" href={href('/my/account/card')}>{t('my.account.go-card')}</a> : null}
      </p>
      {going.length === 0 ? null : (
        <section>
          <h2>{t('my.account.going')}</h2>
          <ul className="plain">{going.map(({ at, service, amount, to: where }) => <li key={at}>{t('my.account.going-one', { service, amount, to: where })}</li>)}</ul>
        </section>
      )}
      <p className="muted read">{t('my.account.shared')}</p>
      {before.length === 0 ? null : (
        <section>
          <h2>{t('my.account.before')}</h2>
          <ul className="plain">{before.map(({ number, to: where, on }) => <li key={number}>{t('my.account.before-one', { to: where, day: on })}</li>)}</ul>
        </section>
      )}
    </>
  );
}
