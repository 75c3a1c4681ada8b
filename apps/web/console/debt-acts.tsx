import type { ReactNode } from 'react';
import type { DebtCommand } from '#engine/console/index.ts';
import { WAIVE_GROUNDS } from '#engine/entitlement/index.ts';
import type { ShownDebt, TypedAboutDebt } from './debt-view.ts';
import { Field, Reason } from './parts.tsx';
import { useConsole } from './words.ts';

/** Where a debt stands. */
export function DebtLines({ open, repaid, waived, objection, parts }: ShownDebt): ReactNode {
  const { t } = useConsole();
  return (
    <section aria-labelledby="debt">
      <h2 id="debt">{t('debt.title')}</h2>
      <dl className="con-facts">
        <dt>{t('debt.open')}</dt><dd><b>{open}</b></dd>
        {repaid === undefined ? null : <><dt>{t('debt.repaid')}</dt><dd>{repaid}</dd></>}
        {waived === undefined ? null : <><dt>{t('debt.waived')}</dt><dd>{waived}</dd></>}
        {objection === undefined ? null : <><dt>{t('debt.objection')}</dt><dd>{objection}</dd></>}
      </dl>
      {parts.length === 0 ? null : <><h3>{t('debt.parts', { count: parts.length })}</h3><ol className="con-log">{parts.map(({ dueOn, amount }) => <li key={dueOn}>{t('debt.part', { day: dueOn, amount })}</li>)}</ol></>}
    </section>
  );
}

interface DebtActsProps {
  readonly debt: ShownDebt;
  /** What was tried and refused: it stays as it was typed. */
  readonly tried: ({ readonly do: DebtCommand['do'] } & TypedAboutDebt) | undefined;
}

/** What can be decided about a debt, each as a form of its own. Where somebody has objected that is decided first. */
export function DebtActs({ debt: { objection, isOpen, mayDecide, openText, firstText }, tried }: DebtActsProps): ReactNode {
  const { t } = useConsole();
  if (!isOpen || !mayDecide) return null;
  const of = (what: DebtCommand['do']) => (tried?.do === what ? tried : undefined);
  return (
    <section aria-labelledby="debt-acts">
      <h2 id="debt-acts">{t('debt.acts')}</h2>
      {objection === undefined ? (
        <details className="con-act" open={of('instalments') !== undefined}>
          <summary>{t('debt.instalments')}</summary>
          <form method="post"><Parts what="instalments" tried={of('instalments')} firstText={firstText} /><button className="con-button" name="do" value="instalments">{t('debt.instalments-do')}</button></form>
        </details>
      ) : (
        <details className="con-act" open>
          <summary>{t('debt.decide')}</summary>
          <form method="post">
            <Field name="kept" label={t('debt.kept')} hint={t('debt.kept-says', { open: openText })} defaultValue={of('decide')?.kept} maxLength={14} />
            <Parts what="decide" tried={of('decide')} firstText={firstText} />
            <Reason id="reason-decide" value={of('decide')?.reason} />
            <button className="con-button" name="do" value="decide">{t('debt.decide-do')}</button>
          </form>
        </details>
      )}
      <details className="con-act" open={of('waive') !== undefined}>
        <summary>{t('debt.waive')}</summary>
        <form method="post">
          <Field name="amount" label={t('debt.amount')} hint={t('debt.amount-says', { open: openText })} defaultValue={of('waive')?.amount ?? openText} maxLength={14} />
          <fieldset><legend>{t('debt.ground')}</legend>{WAIVE_GROUNDS.map((ground) => <label key={ground} className="con-choice"><input type="radio" name="ground" value={ground} defaultChecked={of('waive')?.ground === ground} />{t(`ground.${ground}`)}</label>)}</fieldset>
          <Reason id="reason-waive" value={of('waive')?.reason} />
          <button className="con-button" name="do" value="waive">{t('debt.waive-do')}</button>
        </form>
      </details>
    </section>
  );
}

/** In how many parts it is paid, and from when on. */
function Parts({ what, tried, firstText }: Pick<ShownDebt, 'firstText'> & { readonly what: 'decide' | 'instalments'; readonly tried: TypedAboutDebt | undefined }): ReactNode {
  const { t } = useConsole();
  return (
    <>
      <Field name="count" label={t('debt.count')} hint={t(what === 'decide' ? 'debt.count-decide' : 'debt.count-says')} inputMode="numeric" maxLength={3} defaultValue={tried?.count ?? (what === 'decide' ? '1' : '')} />
      <Field name="first" type="date" label={t('debt.first')} hint={t('debt.first-says')} defaultValue={tried?.first ?? firstText} />
    </>
  );
}
