import type { ReactNode } from 'react';
import { Text, usePage } from '../../../page.tsx';
import type { MessageId, Say } from '../../../words.ts';
import { Tag } from '../../parts/blocks.tsx';
import type { ResultLine } from '../shape.ts';

/** One service of the result: what it comes to, why, who pays, and what would change it. `ask` leads to a question by its id. */
export function Line({ line, ask }: { readonly line: ResultLine; readonly ask: (question: string) => string }): ReactNode {
  const { t, href } = usePage();
  const { id, name, gives, group, amount, missing, nearly, change } = line;
  return (
    <li>
      <a href={href(`/services/${id}`)}><Text of={name} /></a>
      {amount === undefined ? null : <Sum line={line} />}
      {group === 'yours' && amount === undefined ? <p><Text of={gives} /></p> : null}
      {group === 'not-now' ? <Refusal line={line} /> : null}
      {missing.length > 0 ? <ul className="plain">{missing.map(({ says, question }) => <li key={says}>{says} {question === undefined ? null : <a href={ask(question)}>{t('entitled.answer-it')}<span className="away">{t('colon')}{says}</span></a>}</li>)}</ul> : null}
      {change === undefined ? null : <p><b>{t('entitled.will-change')}</b>{change}</p>}
      {nearly.length > 0 ? <p><b>{t('entitled.would-change')}</b>{nearly.join(t('entitled.list'))}</p> : null}
      {group === 'not-now' || line.reasons.length === 0 ? null : <Reasons line={line} />}
      <Payers line={line} />
    </li>
  );
}

function Sum({ line: { amount = '', per, demo } }: { readonly line: ResultLine }): ReactNode {
  const { t } = usePage();
  return <p className="sum small">{t('entitled.amount', { amount })}{perOf({ per }, t)} {demo ? <Tag kind="parameter" /> : null}</p>;
}

/** The clause that is not met, and how it stands. */
function Refusal({ line: { reasons: [first] } }: { readonly line: ResultLine }): ReactNode {
  const { t } = usePage();
  if (!first) return null;
  return first.asks === undefined ? <p>{first.says}</p> : <p>{t('entitled.asks', { asks: first.asks })}<span className="muted">{t('entitled.because', { says: first.says })}</span></p>;
}

function Reasons({ line: { group, name, reasons } }: { readonly line: ResultLine }): ReactNode {
  const { t, say } = usePage();
  return (
    <details>
      <summary>{t(group === 'yours' ? 'entitled.why-yours' : 'entitled.why-open')}<span className="away">{t('colon')}{say(name)}</span></summary>
      <ul className="plain">{reasons.map(({ held, asks, says }) => <li key={`${asks ?? ''}${says}`}><b className={held}>{t(`entitled.held-${held}`)}</b> {asks ?? ''} <span className="muted">{says}</span></li>)}</ul>
    </details>
  );
}

function Payers({ line: { payers, payerUnknown } }: { readonly line: ResultLine }): ReactNode {
  const { t } = usePage();
  if (payerUnknown) return <p className="muted">{t('entitled.payer-unknown')}</p>;
  if (payers.length === 0) return null;
  return <p className="muted">{t('entitled.pays')}{payers.map((one) => t('entitled.pays-part', { payer: one.name, amount: one.amount })).join(t('entitled.list'))} {payers.some((one) => one.demo) ? <Tag kind="demo" /> : null}</p>;
}

/** How often an amount comes, in words; nothing where the standard does not say. */
export function perOf({ per }: Pick<ResultLine, 'per'>, t: Say): string {
  return per === undefined ? '' : t(PER[per] ?? 'entitled.per-once');
}

const PER: Readonly<Record<string, MessageId>> = { once: 'entitled.per-once', day: 'entitled.per-day', month: 'entitled.per-month', year: 'entitled.per-year', use: 'entitled.per-use' };
