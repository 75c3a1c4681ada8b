import type { ReactNode } from 'react';
import { data, redirect } from 'react-router';
import type { Route } from './+types/bank.ts';
import { isCardNumber, MOST_BANK, readAccount } from '#engine/mine/index.ts';
import type { TypedAccount } from '#engine/mine/index.ts';
import { foundOrThrow, signedInForSelf } from '../../../context.ts';
import { Head, usePage } from '../../../page.tsx';
import { hrefIn } from '../../../view.ts';
import { Crumbs, Title } from '../../parts/blocks.tsx';
import { accountTypedBefore, toProveForAccount, typedAccount } from './typed.ts';

/** An account at a bank of their own; only for whoever has just proved who they are. */
export async function loader(args: Route.LoaderArgs) {
  const { city, visitor } = signedInForSelf(args);
  const typed = accountTypedBefore(args, visitor.principal.id);
  // Before anything is typed, so that nobody types it twice.
  if (!foundOrThrow(city.mine).mayPayTo(visitor.provenAt)) throw toProveForAccount(args, typed, visitor.principal.id);
  return { typed };
}

/** First what was typed is shown once more, then it holds. Sent twice it holds once. */
export async function action(args: Route.ActionArgs) {
  const { city, visitor, typed, isOwn, isSure, ...view } = await typedAccount(args);
  const read = readAccount(typed);
  if (typeof read === 'string') return data({ mistake: read, typed, account: undefined }, { status: 422 });
  if (!isSure) return data({ mistake: undefined, typed: { ...typed, ...read }, account: read });
  if (!isOwn) return data({ mistake: 'not-own' as const, typed: { ...typed, ...read }, account: read }, { status: 422 });
  const refused = await foundOrThrow(city.mine).payTo(visitor.principal, { kind: 'bank-account', ...read }, visitor.provenAt);
  if (refused) throw toProveForAccount(args, typed, visitor.principal.id);
  throw redirect(hrefIn(view, '/my/account', { done: 'changed' }), 303);
}

export default function BankOf({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const { t } = usePage();
  const { mistake, account, typed = loaderData.typed } = actionData ?? {};
  const title = t(account ? 'my.account.check' : 'my.account.ask');
  const field = mistake === 'not-own' ? 'own' : mistake?.startsWith('bank') === true ? 'bank' : 'number';
  return (
    <>
      <Head title={`${mistake === undefined ? '' : t('entitled.mistake-title')}${title}`} />
      <Crumbs to={[['/my', t('my.title')], ['/my/account', t('my.account.title')]]} />
      {mistake === undefined ? null : <div className="mistake" role="alert" id="mistake"><b>{t('entitled.mistake')}</b><a href={`#${field}`}>{t(`my.account.mistake.${mistake}`, { most: MOST_BANK })}</a></div>}
      <Title lead={account ? undefined : t('my.account.ask-lead')}>{title}</Title>
      {account ? <Check account={typed} isWrong={mistake !== undefined} /> : <Form typed={typed} wrong={mistake === undefined ? undefined : field} asksPassbook={mistake === 'number-mistyped' || typed.isPassbook} />}
    </>
  );
}

/** Whether it is a passbook is asked only of whoever has typed what is no card's number. */
function Form({ typed, wrong, asksPassbook }: { readonly typed: TypedAccount; readonly wrong: string | undefined; readonly asksPassbook: boolean }): ReactNode {
  const { t, href } = usePage();
  const field = (name: 'bank' | 'number', more: { readonly inputMode?: 'numeric' }): ReactNode => (
    <div className="asked">
      <label htmlFor={name}>{t(`my.account.${name}`)}</label>
      <p className="muted" id={`${name}-hint`}>{t(`my.account.${name}-hint`)}</p>
      <input id={name} name={name} autoComplete="off" maxLength={60} defaultValue={typed[name]} aria-describedby={wrong === name ? `mistake ${name}-hint` : `${name}-hint`} aria-invalid={wrong === name ? true : undefined} {...more} />
    </div>
  );
  return (
    <form method="post" action={href('/my/account/bank')}>
      {field('bank', {})}
      {field('number', { inputMode: 'numeric' })}
      {asksPassbook ? <label className="opt"><input type="checkbox" name="passbook" value="yes" defaultChecked={typed.isPassbook} /><span>{t('my.account.is-passbook')}</span></label> : null}
      <p className="buttons"><button className="button" type="submit">{t('entitled.continue')}</button> <a className="later" href={href('/my/account')}>{t('my.not-now')}</a></p>
    </form>
  );
}

/** What will hold, once more, and that the account is their own; the way back keeps what was typed. */
function Check({ account, isWrong }: { readonly account: TypedAccount; readonly isWrong: boolean }): ReactNode {
  const { t, href } = usePage();
  return (
    <>
      <dl className="told">
        <div><dt>{t('my.account.bank')}</dt><dd>{account.bank}</dd></div>
        <div><dt>{t('my.account.number')}</dt><dd>{account.number.replaceAll(/(\d{4})(?=\d)/g, '$1 ')}</dd></div>
      </dl>
      {isCardNumber(account.number) ? null : <p><b>{t('my.account.passbook')}</b></p>}
      <p>{t('my.account.check-says')}</p>
      <form method="post" action={href('/my/account/bank')}>
        <input type="hidden" name="bank" value={account.bank} />
        <input type="hidden" name="number" value={account.number} />
        {account.isPassbook ? <input type="hidden" name="passbook" value="yes" /> : null}
        <section className="commitment">
          <h2>{t('my.account.commitment')}</h2>
          <p>{t('my.account.commitment-says')}</p>
        </section>
        <label className="opt"><input id="own" type="checkbox" name="own" value="yes" aria-describedby={isWrong ? 'mistake' : undefined} aria-invalid={isWrong ? true : undefined} /><span>{t('my.account.own')}</span></label>
        <p className="buttons"><button className="button" type="submit" name="sure" value="yes">{t('my.account.send')}</button></p>
      </form>
      <details><summary>{t('my.say-change')}</summary><Form typed={account} wrong={undefined} asksPassbook={account.isPassbook} /></details>
    </>
  );
}
