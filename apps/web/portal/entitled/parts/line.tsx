import type { ReactNode } from 'react';
import { Text, usePage } from '../../../page.tsx';
import type { MessageId } from '../../../words.ts';
import { Tag } from '../../parts/blocks.tsx';
import type { ResultLine } from '../shape.ts';

/** One service of the result: what it comes to, why, who pays, and what would change it. */
export function Line({ line }: { readonly line: ResultLine }): ReactNode {
  const { t, href, say } = usePage();
  const { id, name, gives, group, amount, per, demo, reasons, missing, nearly, change, payers, payerUnknown } = line;
  const [first] = reasons;
  return (
    <li>
      <a href={href(`/services/${id}`)}><Text of={name} /></a>
      {amount === undefined ? null : <p className="sum small">{t('entitled.amount', { amount })}{per === undefined ? '' : t(PER[per] ?? 'entitled.per-once')} {demo ? <Tag kind="demo" /> : null}</p>}
      {group === 'yours' && amount === undefined ? <p><Text of={gives} /></p> : null}
      {group === 'not-now' && first ? <p><b className="no">{t('entitled.kind-no')}</b> {first.asks === undefined ? first.says : t('entitled.asks', { asks: first.asks })}{first.asks === undefined ? null : <span className="muted">{t('entitled.because', { says: first.says })}</span>}</p> : null}
      {missing.length > 0 ? <ul className="plain">{missing.map((one) => <li key={one}>{one}</li>)}</ul> : null}
      {change === undefined ? null : <p><b>{t('entitled.will-change')}</b>{change}</p>}
      {nearly.length > 0 ? <p><b>{t('entitled.would-change')}</b>{nearly.join(t('entitled.list'))}</p> : null}
      {group === 'not-now' || reasons.length === 0 ? null : (
        <details {...(group === 'yours' ? {} : { open: false })}>
          <summary>{t(group === 'yours' ? 'entitled.why-yours' : 'entitled.why-open')}<span className="away">{t('colon')}{say(name)}</span></summary>
          <ul className="plain">{reasons.map(({ held, asks, says }) => <li key={`${asks ?? ''}${says}`}><b className={held}>{t(`entitled.held-${held}`)}</b> {asks ?? ''} <span className="muted">{says}</span></li>)}</ul>
        </details>
      )}
      {payers.length > 0 ? <p className="muted">{t('entitled.pays')}{payers.map((one) => t('entitled.pays-part', { payer: t(`payer.${one.level}`), amount: one.amount })).join(t('entitled.list'))} {payers.some((one) => one.demo) ? <Tag kind="demo" /> : null}</p> : null}
      {payerUnknown ? <p className="muted">{t('entitled.payer-unknown')}</p> : null}
    </li>
  );
}

const PER: Readonly<Record<string, MessageId>> = { once: 'entitled.per-once', day: 'entitled.per-day', month: 'entitled.per-month', year: 'entitled.per-year', use: 'entitled.per-use' };
