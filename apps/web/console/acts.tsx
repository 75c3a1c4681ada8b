import type { ReactNode } from 'react';
import type { TaskCommand } from '#engine/console/index.ts';
import type { Action } from '#engine/permission/index.ts';
import { Reason } from './parts.tsx';
import { useConsole } from './words.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

interface ActsProps {
  readonly may: readonly Action[];
  readonly isMine: boolean;
  readonly isAccount: boolean;
  readonly outcomes: readonly Named[];
  readonly departments: readonly Named[];
  /** What was tried and refused: it stays as it was typed. */
  readonly tried: { readonly do: TaskCommand['do']; readonly outcome: string; readonly department: string; readonly reason: string } | undefined;
}

/** What can be done with a task, each as a form of its own. */
export function Acts({ may, isMine, isAccount, outcomes, departments, tried }: ActsProps): ReactNode {
  const { t } = useConsole();
  const of = (what: TaskCommand['do']) => (tried?.do === what ? tried : undefined);
  return (
    <section aria-labelledby="acts">
      <h2 id="acts">{t('act.title')}</h2>
      {may.every((action) => action === 'facts.open') ? <p className="desk-lead">{t('act.none')}</p> : null}
      {may.includes('task.claim') && !isMine ? <form method="post"><button className="con-button" name="do" value="claim">{t('act.claim')}</button></form> : null}
      {may.includes('task.complete') ? (
        <details className="con-act" open={isMine || of('complete') !== undefined}>
          <summary>{t('act.complete')}</summary>
          <form method="post">
            <fieldset><legend>{t('act.outcome')}</legend>{outcomes.map(({ id, name }) => <label key={id} className="con-choice"><input type="radio" name="outcome" value={id} defaultChecked={of('complete')?.outcome === id} />{name}</label>)}</fieldset>
            <Reason id="reason-complete" value={of('complete')?.reason} />
            <p className="desk-muted">{t(isAccount ? 'act.complete-account' : 'act.complete-says')}</p>
            <button className="con-button" name="do" value="complete">{t('act.complete')}</button>
          </form>
        </details>
      ) : null}
      {may.includes('task.hand-over') ? (
        <>
          {departments.length === 0 ? null : (
            <details className="con-act" open={of('hand-over') !== undefined}>
              <summary>{t('act.hand-over')}</summary>
              <form method="post">
                <label className="con-field">{t('act.department')}<select name="department" defaultValue={of('hand-over')?.department ?? ''}><option value="">{t('act.choose')}</option>{departments.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select></label>
                <Reason id="reason-hand-over" value={of('hand-over')?.reason} />
                <p className="desk-muted">{t('act.hand-over-says')}</p>
                <button className="con-button" name="do" value="hand-over">{t('act.hand-over')}</button>
              </form>
            </details>
          )}
          <details className="con-act" open={of('put-back') !== undefined}>
            <summary>{t('act.put-back')}</summary>
            <form method="post"><Reason id="reason-put-back" value={of('put-back')?.reason} /><button className="con-button" name="do" value="put-back">{t('act.put-back')}</button></form>
          </details>
        </>
      ) : null}
      {may.includes('task.reopen') ? (
        <details className="con-act" open={of('reopen') !== undefined}>
          <summary>{t('act.reopen')}</summary>
          <form method="post"><Reason id="reason-reopen" value={of('reopen')?.reason} /><button className="con-button" name="do" value="reopen">{t('act.reopen')}</button></form>
        </details>
      ) : null}
    </section>
  );
}
