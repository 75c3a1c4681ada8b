import type { ReactNode } from 'react';
import { LONGEST_REASONS, nameOfWish, RECONSIDERATION_WISHES } from '#engine/remedy/index.ts';
import { usePage } from '../../../../page.tsx';
import type { ApplyStepProps } from '../apply.tsx';
import type { ApplyStepName } from '../said.ts';
import { Papers, Upload } from '../../parts/papers.tsx';
import { Go, Mistake } from '../../parts/step.tsx';

/** One step of an application. */
export function ApplyStep(props: ApplyStepProps): ReactNode {
  const { step } = props;
  switch (step) {
    case 'what': return <What {...props} />;
    case 'ask': return <Ask {...props} />;
    case 'late': return <Words {...props} of="late" does="explain-late" />;
    case 'why': return <Words {...props} of="why" does="reason" />;
    case 'evidence': return <Evidence {...props} />;
    case 'check': return <Check {...props} />;
    default: return step satisfies never;
  }
}

/** Which decision: what they were told, with the last day to apply, or what stands on their page. */
function What({ loaded: { told, days, organ }, typed, problem, action }: ApplyStepProps): ReactNode {
  const { t } = usePage();
  return (
    <form method="post" action={action}>
      <input type="hidden" name="do" value="choose" />
      <fieldset aria-describedby={problem === undefined ? undefined : 'mistake'}>
        <legend><h1>{t('remedy.what.ask')}</h1></legend>
        <Mistake says={problem} />
        <p className="muted">{days === undefined ? t('my.any-day') : t('remedy.what.hint', { days })}</p>
        {told.map(({ value, on, says, lastDay, over }) => (
          <label key={value} className="opt"><input type="radio" name="what" value={value} defaultChecked={typed.what === value} /><span>{t('remedy.what.told', { day: on, says })}{lastDay === null ? null : <span className="muted"> {t(over ? 'remedy.what.over' : 'remedy.what.until', { day: lastDay, organ })}</span>}</span></label>
        ))}
        <label className="opt"><input type="radio" name="what" value="page" defaultChecked={typed.what === 'page'} /><span>{t('remedy.what.page')} <span className="muted">{t('remedy.what.page-says')}</span></span></label>
      </fieldset>
      <Go />
    </form>
  );
}

function Ask({ typed, problem, action }: ApplyStepProps): ReactNode {
  const { t, locale } = usePage();
  return (
    <form method="post" action={action}>
      <input type="hidden" name="do" value="ask" />
      <fieldset aria-describedby={problem === undefined ? undefined : 'mistake'}>
        <legend><h1>{t('remedy.ask.ask')}</h1></legend>
        <Mistake says={problem} />
        {RECONSIDERATION_WISHES.map((wish) => <label key={wish} className="opt"><input type="radio" name="asks" value={wish} defaultChecked={typed.asks === wish} /><span>{nameOfWish(wish, locale)}</span></label>)}
      </fieldset>
      <Go />
    </form>
  );
}

/** What they have to say in their own words. */
function Words({ loaded: { lastDay = '', organ }, typed, problem, action, of, does }: ApplyStepProps & { readonly of: 'late' | 'why'; readonly does: 'explain-late' | 'reason' }): ReactNode {
  const { t } = usePage();
  return (
    <form method="post" action={action}>
      <input type="hidden" name="do" value={does} />
      <h1><label htmlFor="words">{t(`remedy.${of}.ask`)}</label></h1>
      <Mistake says={problem} />
      <p className="muted read" id="words-hint">{t(`remedy.${of}.hint`, { day: lastDay, organ, most: LONGEST_REASONS })}</p>
      <textarea id="words" name="words" rows={of === 'why' ? 9 : 5} defaultValue={typed[of]} aria-describedby={problem === undefined ? 'words-hint' : 'mistake words-hint'} />
      <Go />
    </form>
  );
}

/** Papers that show it: kept at once, one after the other, or none. */
function Evidence({ loaded: { view }, problem, action, stepHref }: ApplyStepProps): ReactNode {
  const { t } = usePage();
  const papers = view?.papers ?? [];
  return (
    <>
      <h1>{t('record.dispute.ask-evidence')}</h1>
      <Mistake says={problem} />
      <p>{t('record.dispute.evidence-hint')}</p>
      <Upload papers={papers} action={action} problem={problem} />
      <p className="buttons"><a className="button" href={stepHref('check')}>{t(papers.length === 0 ? 'record.dispute.without' : 'entitled.continue')}</a></p>
    </>
  );
}

/** Everything once more, and what happens then. */
function Check({ loaded: { view, steps, organ, department, accept, decide }, problem, action, stepHref }: ApplyStepProps): ReactNode {
  const { t } = usePage();
  if (!view) return null;
  const row = (step: ApplyStepName, name: string, value: ReactNode): ReactNode => <div><dt>{name}</dt><dd className="said">{value} <a href={stepHref(step)}>{t('record.dispute.change-it')}<span className="away">{name}</span></a></dd></div>;
  return (
    <>
      <h1>{t('record.dispute.check')}</h1>
      <Mistake says={problem} />
      <dl className="check">
        {row('what', t('remedy.check.what'), view.challenged)}
        {row('ask', t('remedy.check.asks'), view.asks)}
        {steps.includes('late') ? row('late', t('remedy.check.late'), view.late) : null}
        {row('why', t('remedy.check.why'), view.why)}
        {row('evidence', t('record.dispute.evidence'), view.papers.length === 0 ? t('record.dispute.no-evidence') : <Papers papers={view.papers} />)}
        <div><dt>{t('remedy.check.file')}</dt><dd>{t('remedy.check.file-says')}</dd></div>
      </dl>
      <h2>{t('record.dispute.then')}</h2>
      <p className="read">{t('remedy.check.then-says', { organ, department, accept, decide })}</p>
      <div className="buttons">
        <form method="post" action={action}><input type="hidden" name="do" value="send" /><button type="submit" className="button">{t('record.dispute.send')}</button></form>
        <form method="post" action={action}><input type="hidden" name="do" value="drop" /><button type="submit" className="button plain">{t('remedy.drop')}</button></form>
      </div>
    </>
  );
}
