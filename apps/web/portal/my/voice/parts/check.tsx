import type { ReactNode } from 'react';
import type { DraftAnswers, DraftStep } from '#engine/voice/index.ts';
import { usePage } from '../../../../page.tsx';
import { Title } from '../../../parts/blocks.tsx';
import type { FormView } from '../view.ts';
import { Mistake } from './choices.tsx';

/** Everything that was answered, to be looked at once more and sent. */
export function Check({ answers, draft, form: { said }, problem }: { readonly answers: DraftAnswers; readonly draft: string; readonly form: FormView; readonly problem: string | undefined }): ReactNode {
  const { t, href } = usePage();
  const rows: readonly (readonly [DraftStep, ReactNode])[] = [
    ['kind', answers.kind ? t(`voice.kind.${answers.kind}`) : ''],
    ['about', said.about],
    ['place', said.place === undefined || said.place === '' ? t('voice.place.none') : said.place],
    ['words', <span key="words" className="said">{answers.words}</span>],
    ['photo', answers.photo ? <img key="photo" className="photo" src={href('/my/voice/new/photo', { mark: answers.photo.sha256.slice(0, 8) })} alt={t('voice.photo.yours')} /> : t('voice.photo.none')],
    ['reach', answers.reach ?? t('voice.reach.no')],
  ];
  const to = href('/my/voice/new', { step: 'check' });
  return (
    <>
      <Title lead={t('voice.check.lead', { department: said.department ?? '' })}>{t('voice.check.title')}</Title>
      <Mistake problem={problem} title={t('voice.mistake')} />
      <dl className="told">
        {rows.map(([step, what]) => (
          <div key={step}><dt>{t(`voice.check.${step}`)}</dt><dd><span>{what}</span><a href={href('/my/voice/new', { step })}>{t('voice.check.change')}<span className="away">{t(`voice.check.${step}`)}</span></a></dd></div>
        ))}
      </dl>
      <form method="post" action={to}>
        <input type="hidden" name="draft" value={draft} />
        <p className="buttons"><button className="button" type="submit">{t('voice.check.send')}</button></p>
      </form>
      <form method="post" action={to}><p><button className="plainly" type="submit" name="do" value="drop">{t('voice.draft.drop')}</button></p></form>
    </>
  );
}
