import { data, redirect } from 'react-router';
import type { RouterContextProvider } from 'react-router';
import { aboutIn, describeVoiceRefusal, DRAFT_STEPS, nextStep } from '#engine/voice/index.ts';
import type { DraftAnswers, DraftStep, Voice } from '#engine/voice/index.ts';
import type { City } from '#engine/city.ts';
import type { VoiceRules } from '#engine/pack/index.ts';
import type { Principal } from '#engine/ports.ts';
import { asked, signedInForSelf } from '../../../context.ts';
import { day } from '../../../format.ts';
import { hrefIn } from '../../../view.ts';
import { wordsOf } from '../../../words.ts';
import type { Say } from '../../../words.ts';
import { answeredIn } from './answered.ts';
import { voiceIn } from './here.ts';
import { readForm, textIn } from '../upload.ts';

export const HERE = '/my/voice/new';
/** A question of the form, or the look at all of it before it is sent. */
export type Step = DraftStep | 'check';

export const stepOf = (query: URLSearchParams): Step | undefined => [...DRAFT_STEPS, 'check' as const].find((step) => step === query.get('step'));

interface Taking {
  readonly voice: Voice;
  readonly who: Extract<Principal, { kind: 'person' }>;
  readonly step: Step;
  /** Leads to a page: by way of signing in where the session has lapsed. */
  readonly to: (path: string, query?: Readonly<Record<string, string>>) => Response;
  readonly refuse: (problem: string, typed?: DraftAnswers) => ReturnType<typeof refusing>;
  readonly describe: (refusal: Parameters<typeof describeVoiceRefusal>[0]) => string;
}

const refusing = (step: Step, problem: string, typed: DraftAnswers = {}) => data({ step, problem, typed }, { status: 422 });

/**
 * What the form of a step sent: an answer is kept at once, the whole is sent. What somebody typed on the page of a session
 * that has lapsed is kept for whose it was, and shown once they have signed in again; nothing is sent for them.
 */
export async function takeStep(args: { readonly request: Request; readonly context: Readonly<RouterContextProvider> }) {
  const { city, query, visitor, ...view } = asked(args);
  const isIn = visitor.kind === 'resident';
  const lapsed = visitor.kind === 'nobody' ? visitor.lapsed : undefined;
  const who = isIn ? visitor.principal : (lapsed ?? signedInForSelf(args).visitor.principal);
  const { voice, rules } = voiceIn(city);
  const step = stepOf(query) ?? 'kind';
  const describe: Taking['describe'] = (refusal) => describeVoiceRefusal(refusal, view.locale, (on) => day(on, view.locale));
  const to: Taking['to'] = (path, next = {}) => redirect(isIn ? hrefIn(view, path, next) : hrefIn(view, '/sign-in', { to: hrefIn(view, path, next) }), 303);
  const taking: Taking = { voice, who, step, to, refuse: (problem, typed) => refusing(step, problem, typed), describe };
  const t = wordsOf(view.locale);
  const form = await readForm(args.request);
  if (form === 'unreadable') return taking.refuse(t('voice.problem.unreadable'));
  if (form === 'too-large') return taking.refuse(describe({ kind: 'photo-too-large' }));
  if (step === 'check') return isIn ? finish(taking, form) : to(HERE, { step });
  return keepAnswer(taking, step, form, { city, rules, t, preset: query.get('about') ?? '' });
}

interface Asking {
  readonly city: City;
  readonly rules: VoiceRules;
  readonly t: Say;
  /** What the page was about from which somebody came: they need not look for it. */
  readonly preset: string;
}

async function keepAnswer(taking: Taking, step: DraftStep, form: FormData, { city: { pack }, rules, t, preset }: Asking) {
  const { voice, who, to, refuse, describe } = taking;
  const before = await voice.draft(who);
  // What was written on another form is not written over: they are asked first.
  if (before?.kind === 'outdated') return to(HERE);
  const photo = form.get('photo');
  if (step === 'photo' && photo instanceof File && photo.size > 0) {
    const refused = await voice.keepPhoto(who, new Uint8Array(await photo.arrayBuffer()));
    return refused ? refuse(describe(refused)) : onwards(taking);
  }
  const answered = answeredIn(step, form, pack, rules);
  if (answered.kind === 'problem') return refuse(t(answered.problem), answered.typed);
  const knows = step === 'kind' && aboutIn(preset, { rules, isService: (id) => pack.services.has(id) }) !== undefined;
  await voice.keep(who, { ...(knows ? { about: preset } : {}), ...before?.answers, ...answered.answer });
  return onwards(taking);
}

async function onwards({ voice, who, to }: Taking): Promise<Response> {
  const draft = await voice.draft(who);
  return to(HERE, { step: (draft?.kind === 'draft' ? nextStep(draft.answers) : undefined) ?? 'check' });
}

/** Sends the draft, throws it away, or begins again with its words. */
async function finish({ voice, who, to, refuse, describe }: Taking, form: FormData) {
  switch (textIn(form, 'do')) {
    case 'drop': {
      await voice.drop(who);
      return to('/my/voice');
    }
    case 'again': {
      const old = await voice.draft(who);
      if (old?.kind !== 'outdated') return to(HERE);
      await voice.drop(who);
      if (old.words !== '') await voice.keep(who, { words: old.words });
      return to(HERE);
    }
    default: {
      const outcome = await voice.send(who, textIn(form, 'draft'));
      if (outcome.kind === 'sent') return to(`/my/voice/${outcome.matter}`, { done: 'sent' });
      return outcome.kind === 'draft-incomplete' ? to(HERE) : refuse(describe(outcome));
    }
  }
}
