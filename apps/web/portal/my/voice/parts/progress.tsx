import type { ReactNode } from 'react';
import { day } from '../../../../format.ts';
import { usePage } from '../../../../page.tsx';
import type { MatterView } from '../view.ts';

/** Everything that happened, one below the other, and what comes next. */
export function Progress({ of: { steps, state, department, dueOn, wordBy, wordOn, checkOn } }: { readonly of: MatterView }): ReactNode {
  const { t, say, locale } = usePage();
  const next = state === 'working' || state === 'unsolved' || state === 'answered' || state === 'checking' ? state : undefined;
  return (
    <ol className="line">
      {steps.map((step, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- nothing of it ever moves
        <li key={at} className="past">
          <b>{t(`voice.step.${step.kind}`)}</b> <span className="muted">{[step.on && day(step.on, locale), step.department && say(step.department)].filter(Boolean).join(' · ')}</span>
          {step.words === null ? null : <p className="said">{step.words}</p>}
        </li>
      ))}
      {next === undefined ? null : (
        <li aria-current="step">
          <b>{t(`voice.next.${next}`, { department: say(department) })}</b> <span className="muted">{t('voice.next.by', { day: day(next === 'answered' && checkOn ? checkOn : dueOn, locale) })}</span>
          {next === 'working' && wordOn === null ? <p className="muted">{t('voice.next.word', { day: day(wordBy, locale) })}</p> : null}
        </li>
      )}
    </ol>
  );
}
