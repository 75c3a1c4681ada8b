import type { ReactNode } from 'react';
import { Text, usePage } from '../../../page.tsx';
import { Tag } from '../../parts/blocks.tsx';
import type { OwnLine } from '../lines.ts';
import type { MoneyView } from '../money-view.ts';

/** What came and what is on its way, then service by service with the reason; what is asked back stands first of all. */
export function Money({ money: { rows, came, coming, debts }, reasons }: { readonly money: MoneyView; readonly reasons: readonly OwnLine[] }): ReactNode {
  const { t, href } = usePage();
  return (
    <>
      <Debts debts={debts} />
      {rows.length === 0 ? <p>{t('my.money-none')}</p> : <Sums came={came} coming={coming} />}
      <ul className="rows mine">
        {rows.map(({ id, name, shared, says, waits }) => (
          <li key={id}>
            <p className="what"><a href={href(`/my/services/${id}`)}><Text of={name} /></a>{shared ? <span className="tag">{t('my.shared')}</span> : null}</p>
            <ul className="plain">{says.map(({ stage, text, demo }) => <li key={text} className={stage}>{text}{demo ? <> <Tag kind="parameter" /></> : null}</li>)}</ul>
            {waits ? <p><a href={href('/my/account')}>{t('my.account.go-right')}</a></p> : null}
            {reasons.filter((one) => one.id === id).map((one) => <p key={one.id} className="muted">{one.says} {one.demo ? <Tag kind="parameter" /> : null}</p>)}
          </li>
        ))}
      </ul>
    </>
  );
}

/** This month in two figures. */
export function Sums({ came, coming }: Pick<MoneyView, 'came' | 'coming'>): ReactNode {
  const { t } = usePage();
  if (came === undefined && coming === undefined) return <p>{t('my.came-none')}</p>;
  return (
    <p className="sum small">
      {came === undefined ? t('my.came-none') : t('my.came', { amount: came })}
      {coming === undefined ? null : <><br /><small>{t('my.on-its-way', { amount: coming })}</small></>}
    </p>
  );
}

/** Money that is asked back, and what can be done about it. */
function Debts({ debts }: Pick<MoneyView, 'debts'>): ReactNode {
  const { t, say, href } = usePage();
  return debts.map(({ id, name, amount, objected }) => (
    <div className="note warn" key={id}>
      <b>{t('my.debt', { service: say(name), amount })}</b>
      <div><p>{t(objected ? 'my.debt-objected' : 'my.debt-says')}</p>{objected ? null : <p><a href={href(`/my/services/${id}/say/object`)}>{t('my.go-object')}</a></p>}</div>
    </div>
  ));
}
