import type { ReactNode } from 'react';
import { usePage } from '../../../../page.tsx';
import { Papers, Upload } from '../../parts/papers.tsx';
import { Go, Mistake } from '../../parts/step.tsx';
import type { StepProps } from '../dispute.tsx';
import { ValueField } from './value-field.tsx';

/** What it should be. */
export function ValueStep({ loaded: { view, asked }, typed, problem, action }: StepProps): ReactNode {
  const { t } = usePage();
  return (
    <form method="post" action={action}>
      <input type="hidden" name="do" value="state" />
      <fieldset aria-describedby={problem === undefined ? undefined : 'mistake'}>
        <legend><h1>{t('record.dispute.ask-value', { fact: view.label })}</h1></legend>
        <Mistake says={problem} />
        <p>{view.known ? t('record.dispute.now', { value: view.value ?? '' }) : t('record.dispute.now-unknown')}</p>
        <ValueField asked={asked} typed={typed} />
      </fieldset>
      <Go />
    </form>
  );
}

/** Why they think so. */
export function Why({ why, problem, action }: StepProps): ReactNode {
  const { t } = usePage();
  return (
    <form method="post" action={action}>
      <input type="hidden" name="do" value="reason" />
      <h1><label htmlFor="why">{t('record.dispute.ask-why')}</label></h1>
      <Mistake says={problem} />
      <p className="muted" id="why-hint">{t('record.dispute.why-hint')}</p>
      <textarea id="why" name="why" rows={5} defaultValue={why} aria-describedby={problem === undefined ? 'why-hint' : 'mistake why-hint'} />
      <Go />
    </form>
  );
}

/** Papers that show it: kept at once, one after the other, or none. */
export function Evidence({ loaded: { files }, problem, action, stepHref }: StepProps): ReactNode {
  const { t } = usePage();
  return (
    <>
      <h1>{t('record.dispute.ask-evidence')}</h1>
      <Mistake says={problem} />
      <p>{t('record.dispute.evidence-hint')}</p>
      <Upload papers={files} action={action} problem={problem} />
      <p className="buttons"><a className="button" href={stepHref('check')}>{t(files.length === 0 ? 'record.dispute.without' : 'entitled.continue')}</a></p>
    </>
  );
}

/** Everything once more, and what happens then. */
export function Check({ loaded: { view, should, why, files }, problem, action, stepHref }: StepProps): ReactNode {
  const { t } = usePage();
  const change = (step: 'value' | 'why' | 'evidence', name: string): ReactNode => <a href={stepHref(step)}>{t('record.dispute.change-it')}<span className="away">{name}</span></a>;
  return (
    <>
      <h1>{t('record.dispute.check')}</h1>
      <Mistake says={problem} />
      <dl className="check">
        <div><dt>{t('record.dispute.was')}</dt><dd>{view.known ? view.value : t('record.unknown')}</dd></div>
        <div><dt>{t('record.dispute.should')}</dt><dd><b>{should}</b> {change('value', t('record.dispute.should'))}</dd></div>
        <div><dt>{t('record.dispute.why')}</dt><dd className="said">{why === '' ? t('record.dispute.nothing-said') : why} {change('why', t('record.dispute.why'))}</dd></div>
        <div><dt>{t('record.dispute.evidence')}</dt><dd>{files.length === 0 ? t('record.dispute.no-evidence') : <Papers papers={files} />} {change('evidence', t('record.dispute.evidence'))}</dd></div>
      </dl>
      <h2>{t('record.dispute.then')}</h2>
      <p className="read">{t('record.dispute.then-says', { department: view.holder ?? view.from?.who ?? '' })}</p>
      <div className="buttons">
        <form method="post" action={action}><input type="hidden" name="do" value="send" /><button type="submit" className="button">{t('record.dispute.send')}</button></form>
        <form method="post" action={action}><input type="hidden" name="do" value="drop" /><button type="submit" className="button plain">{t('record.dispute.drop')}</button></form>
      </div>
    </>
  );
}
