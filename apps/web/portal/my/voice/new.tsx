import type { ReactNode } from 'react';
import { nextStep } from '#engine/voice/index.ts';
import type { DraftAnswers } from '#engine/voice/index.ts';
import type { Route } from './+types/new.ts';
import { Head, usePage } from '../../../page.tsx';
import { Crumbs, Note, Title } from '../../parts/blocks.tsx';
import { hear } from './here.ts';
import { Check } from './parts/check.tsx';
import { Question } from './parts/question.tsx';
import { HERE, stepOf, takeStep } from './take-step.ts';
import { formView } from './view.ts';

/** One question, with what was answered before; the draft stands on the server, so that it is the same on every device. */
export async function loader(args: Route.LoaderArgs) {
  const { city, query, visitor, voice, rules, locale } = hear(args);
  const draft = await voice.draft(visitor.principal);
  if (draft?.kind === 'outdated') return { kind: 'outdated' as const, words: draft.words };
  const answers: DraftAnswers = draft?.answers ?? {};
  const wanted = stepOf(query);
  const next = nextStep(answers);
  // What is sent must be whole: the check waits for the last answer.
  const step = wanted === undefined || (wanted === 'check' && next !== undefined) ? (next ?? 'check') : wanted;
  return { kind: 'step' as const, step, draft: draft?.id ?? '', answers, lost: draft?.lost ?? [], form: formView(city, rules, locale, { answers, about: query.get('about') ?? '' }) };
}

/** Keeps an answer at once and asks the next question, or sends what is whole. */
export const action = (args: Route.ActionArgs) => takeStep(args);

export default function NewMatter({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const { t } = usePage();
  const lead = <Crumbs to={[['/my', t('my.title')], ['/my/voice', t('voice.mine.title')]]} />;
  if (loaderData.kind === 'outdated') return <>{lead}<Outdated words={loaderData.words} /></>;
  const { step, answers, lost } = loaderData;
  const sent = actionData?.step === step ? actionData : undefined;
  return (
    <>
      <Head title={`${sent ? t('voice.mistake-title') : ''}${t('voice.new.title')}`} />
      {lead}
      {lost.length === 0 ? null : <Note title={t('voice.draft.changed')} tone="plain"><p>{t('voice.draft.changed-says')}</p></Note>}
      {step === 'check' ? <Check {...loaderData} problem={sent?.problem} /> : <Question step={step} form={loaderData.form} answers={{ ...answers, ...sent?.typed }} problem={sent?.problem} hasDraft={loaderData.draft !== ''} />}
    </>
  );
}

/** The form is another one now: what was written is given back. */
function Outdated({ words }: { readonly words: string }): ReactNode {
  const { t, href } = usePage();
  return (
    <>
      <Head title={t('voice.draft.outdated')} />
      <Title lead={t('voice.draft.outdated-says')}>{t('voice.draft.outdated')}</Title>
      {words === '' ? null : <blockquote className="said">{words}</blockquote>}
      <form method="post" action={href(HERE, { step: 'check' })} className="buttons">
        <button className="button" type="submit" name="do" value="again">{t('voice.draft.again')}</button> <button className="plainly" type="submit" name="do" value="drop">{t('voice.draft.drop')}</button>
      </form>
    </>
  );
}
