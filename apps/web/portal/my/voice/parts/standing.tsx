import type { ReactNode } from 'react';
import { day } from '../../../../format.ts';
import { usePage } from '../../../../page.tsx';
import type { MatterView } from '../view.ts';

/** How a matter stands now, in one sentence: who has it, until when, what the resident can do. */
export function Standing({ of }: { readonly of: MatterView }): ReactNode {
  const { t, say, locale } = usePage();
  const { state, isLate, dueOn, checkOn, department, reopened } = of;
  const values = { department: say(department), day: day(state === 'answered' && checkOn ? checkOn : dueOn, locale) };
  const tone = state === 'solved' || state === 'solved-by-check' ? 'yes' : isLate ? 'no' : 'unknown';
  return (
    <p>
      <b className={tone}>{t(isLate ? 'voice.state.late' : `voice.state.${state}`)}</b> {t(isLate ? 'voice.state.late-says' : `voice.state.${state}-says`, values)}
      {reopened > 0 ? <span className="muted"> {t('voice.state.reopened', { count: reopened })}</span> : null}
    </p>
  );
}
