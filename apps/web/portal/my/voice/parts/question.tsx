import type { ReactNode } from 'react';
import { DRAFT_STEPS, MOST_CHARACTERS } from '#engine/voice/index.ts';
import type { DraftAnswers, DraftStep } from '#engine/voice/index.ts';
import { usePage } from '../../../../page.tsx';
import type { FormView } from '../view.ts';
import { Mistake, Option } from './choices.tsx';

interface Asked {
  readonly step: DraftStep;
  readonly form: FormView;
  readonly answers: DraftAnswers;
  readonly problem: string | undefined;
}

/** One question of a complaint or a suggestion. Its answer is kept as soon as it is sent. */
export function Question({ step, form, answers, problem, hasDraft }: Asked & { readonly hasDraft: boolean }): ReactNode {
  const { t, href } = usePage();
  const before = DRAFT_STEPS[DRAFT_STEPS.indexOf(step) - 1];
  const to = href('/my/voice/new', { step, ...(form.preset === undefined ? {} : { about: form.preset }) });
  return (
    <div className="question read">
      <p className="muted way"><a href={before === undefined ? href('/my/voice') : href('/my/voice/new', { step: before })}>{t('voice.new.back')}</a><span>{t('voice.new.step', { no: DRAFT_STEPS.indexOf(step) + 1, of: DRAFT_STEPS.length })}</span></p>
      <form method="post" action={to} encType={step === 'photo' ? 'multipart/form-data' : undefined}>
        <fieldset aria-describedby={problem === undefined ? undefined : 'mistake'}>
          <legend><h1>{t(`voice.ask.${step}`)}</h1></legend>
          <Mistake problem={problem} title={t('voice.mistake')} />
          <p className="muted">{t(`voice.ask.${step}-says`, { phone: form.phone })}</p>
          <Field step={step} form={form} answers={answers} problem={problem} />
        </fieldset>
        <p className="buttons"><button className="button" type="submit">{t(step === 'photo' ? 'voice.photo.send' : 'voice.new.go-on')}</button></p>
      </form>
      {step === 'photo' ? <form method="post" action={to}><p className="buttons"><button className="button plain" type="submit" name="none" value="1">{t(answers.photo ? 'voice.photo.drop' : 'voice.photo.none')}</button>{answers.photo ? <a className="later" href={href('/my/voice/new', { step: 'check' })}>{t('voice.photo.keep')}</a> : null}</p></form> : null}
      <p className="muted">{t(hasDraft ? 'voice.draft.kept' : 'voice.draft.will-keep')}</p>
    </div>
  );
}

function Field({ step, form, answers }: Asked): ReactNode {
  const { t, say } = usePage();
  switch (step) {
    case 'kind': return <>{(['complaint', 'suggestion'] as const).map((kind) => <Option key={kind} name="kind" value={kind} label={t(`voice.kind.${kind}`)} says={t(`voice.kind.${kind}-says`)} checked={answers.kind === kind} />)}</>;
    case 'about': return <>{form.about.map(({ value, label, says }) => <Option key={value} name="about" value={value} label={say(label)} says={says && say(says)} checked={answers.about === value} />)}</>;
    case 'place': return <PlaceField form={form} answers={answers} />;
    case 'words': return <p className="typed long"><label htmlFor="words">{t('voice.words.label', { most: MOST_CHARACTERS.words })}</label><textarea id="words" name="words" rows={8} defaultValue={answers.words} /></p>;
    case 'photo': return <PhotoField answers={answers} />;
    case 'reach': return (
      <>
        <Option name="wants" value="no" label={t('voice.reach.no')} says={t('voice.reach.no-says')} checked={answers.reach === null} />
        <Option name="wants" value="yes" label={t('voice.reach.yes')} checked={typeof answers.reach === 'string'} />
        <p className="typed"><label htmlFor="reach">{t('voice.reach.label')}</label><input id="reach" name="reach" autoComplete="tel" defaultValue={answers.reach ?? ''} /></p>
      </>
    );
    default: return step satisfies never;
  }
}

function PlaceField({ form: { places }, answers: { place } }: Pick<Asked, 'form' | 'answers'>): ReactNode {
  const { t, say } = usePage();
  return (
    <>
      <p className="typed long"><label htmlFor="area">{t('voice.place.area')}</label>
        <select id="area" name="area" defaultValue={place?.area ?? ''}>
          <option value="">{t('voice.place.none')}</option>
          {places.map(({ code, name, inside }) => <optgroup key={code} label={say(name)}><option value={code}>{t('voice.place.whole', { name: say(name) })}</option>{inside.map((one) => <option key={one.code} value={one.code}>{say(one.name)}</option>)}</optgroup>)}
        </select>
      </p>
      <p className="typed long"><label htmlFor="detail">{t('voice.place.detail')}</label><input id="detail" name="detail" autoComplete="off" defaultValue={place?.detail} /></p>
    </>
  );
}

function PhotoField({ answers: { photo } }: Pick<Asked, 'answers'>): ReactNode {
  const { t, href } = usePage();
  return (
    <>
      {photo ? <p><img className="photo" src={href('/my/voice/new/photo', { mark: photo.sha256.slice(0, 8) })} alt={t('voice.photo.yours')} /></p> : null}
      <p className="typed long"><label htmlFor="photo">{t(photo ? 'voice.photo.other' : 'voice.photo.label')}</label><input id="photo" name="photo" type="file" accept="image/jpeg,image/png" /></p>
    </>
  );
}
