import type { ReactNode } from 'react';
import { usePage } from '../../../../page.tsx';
import type { DisputeView } from '../fact-view.ts';

/** How far a dispute is: who answers by when, or what was answered. */
export function DisputeState({ dispute: { answer, department, dueOn, dueCounted, late, sentOn } }: { readonly dispute: DisputeView }): ReactNode {
  const { t } = usePage();
  if (answer) return <p><span className="tag">{t(`record.outcome.${answer.outcome}`)}</span> {t('record.dispute.answered-on', { day: answer.on, department: answer.department })}</p>;
  return (
    <p>
      <span className="tag">{t('record.standing.disputed')}</span> {t(late ? 'record.dispute.late' : 'record.dispute.waits', { department, day: dueOn, sent: sentOn })}
      {dueCounted === 'weekends' ? <span className="muted"> {t('record.dispute.weekends')}</span> : null}
    </p>
  );
}

/** What was answered, with what it changes, or what can be done about it. */
export function DisputeAnswer({ dispute: { answer, was, should } }: { readonly dispute: DisputeView }): ReactNode {
  const { t, href } = usePage();
  if (!answer) return null;
  return (
    <>
      <dl className="two-values">
        <dt>{t('record.dispute.held-then')}</dt><dd>{was}</dd>
        <dt>{t('record.dispute.should')}</dt><dd>{should}</dd>
        <dt>{t('record.dispute.is', { day: answer.from })}</dt><dd><b>{answer.is}</b></dd>
      </dl>
      <p>{t('record.dispute.because', { department: answer.department, because: answer.because })}</p>
      {answer.outcome === 'refused' ? <p>{t('record.dispute.remedy')} <a href={href('/help')}>{t('help.title')}</a></p> : <Changes changes={answer.changes} />}
    </>
  );
}

function Changes({ changes }: { readonly changes: NonNullable<DisputeView['answer']>['changes'] }): ReactNode {
  const { t, href } = usePage();
  if (changes.length === 0) return <p>{t('record.dispute.no-change')}</p>;
  const said = ({ kind, amountFen }: (typeof changes)[number]['was']): string => (kind === 'yes' && amountFen !== null ? t('record.outcome.yes-amount', { amount: yuan(amountFen) }) : t(`record.outcome.${kind}`));
  return (
    <>
      <p>{t('record.dispute.changes')}</p>
      <ul className="plain">{changes.map(({ service, name, was, is }) => <li key={service}><a href={href(`/services/${service}`)}>{name}</a>{t('record.dispute.change', { was: said(was), is: said(is) })}</li>)}</ul>
      <p className="muted">{t('record.dispute.next-run')}</p>
    </>
  );
}

function yuan(fen: number): string {
  return (fen / 100).toLocaleString('en', { minimumFractionDigits: fen % 100 === 0 ? 0 : 2, maximumFractionDigits: 2 });
}
