import type { ReactNode } from 'react';
import { data, redirect } from 'react-router';
import { LONGEST_WHY, MOST_EVIDENCE, readWhy } from '#engine/record/index.ts';
import type { DisputeRefusal, DisputeStep, EvidenceRefusal } from '#engine/record/index.ts';
import type { Route } from './+types/dispute.ts';
import { foundOrThrow, signedIn } from '../../../context.ts';
import { Head, usePage } from '../../../page.tsx';
import { hrefIn } from '../../../view.ts';
import { Crumbs, Note } from '../../parts/blocks.tsx';
import { readForm } from '../upload.ts';
import { factView } from './fact-view.ts';
import { namedIn } from './named.ts';
import { Check, Evidence, ValueStep, Why } from './parts/dispute-steps.tsx';
import { valueWords } from './value.ts';
import { askedValue, statedIn, typedIn, typedOf } from './value-form.ts';

const STEPS = ['value', 'why', 'evidence', 'check'] as const;
export type DisputeStepName = (typeof STEPS)[number];

/** "This is wrong": one question a page. What was said stands in the case of the person, so it is asked once, and can be gone on with another day. */
export async function loader(args: Route.LoaderArgs) {
  const { city, visitor, locale, query } = signedIn(args);
  const record = foundOrThrow(city.record);
  const name = namedIn(args.params.id, query);
  const asked = foundOrThrow(askedValue(city, name.fact, locale));
  const found = await record.facts(visitor.principal, { purpose: 'own-dispute', through: '/my/facts', only: name.fact, open: { fact: name.fact } });
  const one = foundOrThrow(found?.facts.find(({ no }) => no === name.no));
  const draft = found?.disputes.find(({ fact, no, sent }) => fact === name.fact && no === name.no && sent === null);
  const first = draft?.value ? (draft.why === null ? 'why' : 'check') : 'value';
  const step = STEPS.find((each) => each === query.get('step') && STEPS.indexOf(each) <= STEPS.indexOf(first)) ?? first;
  return {
    step, name, view: factView(city, one, found?.disputes ?? [], locale), asked, typed: typedOf(asked, draft?.value), should: draft?.value ? valueWords(city, name.fact, draft.value, locale) : undefined,
    why: draft?.why ?? '', files: draft?.evidence.map(({ number, name: file, size }) => ({ number, file, kilobytes: Math.max(1, Math.round(size / 1024)) })) ?? [], hotline: city.pack.plan.hotline.phone, begun: draft !== undefined,
  };
}

export async function action(args: Route.ActionArgs) {
  const asking = signedIn(args);
  const { city, visitor, query } = asking;
  const record = foundOrThrow(city.record);
  const name = namedIn(args.params.id, query);
  const next = (step: DisputeStepName): Response => redirect(hrefIn(asking, `/my/facts/${name.fact}/dispute`, { ...numbered(name.no), step }), 303);
  const whole = (done: string): Response => redirect(hrefIn(asking, `/my/facts/${name.fact}`, { ...numbered(name.no), done }), 303);
  if (args.request.headers.get('content-type')?.startsWith('multipart/') === true) {
    const sent = await readForm(args.request);
    const file = typeof sent === 'string' ? undefined : sent.get('file');
    const problem = sent === 'too-large' ? sent : file instanceof File && file.size > 0 ? await record.keepEvidence(visitor.principal, name, { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }) : 'nothing';
    return problem === undefined ? next('evidence') : mistake('evidence', problem);
  }
  const form = await args.request.formData();
  const typed = typedIn(form);
  const does = (step: DisputeStep): Promise<DisputeRefusal | undefined> => record.dispute(visitor.principal, name, step);
  switch (form.get('do')) {
    case 'state': {
      const value = statedIn(city, name.fact, typed);
      const problem = value ? await does({ do: 'state', value }) : 'value-wrong';
      return problem === undefined ? next('why') : mistake('value', problem, { typed });
    }
    case 'reason': {
      const sent = form.get('why');
      const why = typeof sent === 'string' ? readWhy(sent) : undefined;
      const problem = why === undefined ? 'too-long' : await does({ do: 'reason', why });
      return problem === undefined ? next('evidence') : mistake('why', problem, { why: typeof sent === 'string' ? sent.toWellFormed() : '' });
    }
    case 'send': {
      const problem = await does({ do: 'send' });
      return problem === undefined ? whole('sent') : mistake('check', problem);
    }
    case 'drop': {
      await does({ do: 'drop' });
      return whole('dropped');
    }
    default: throw data(null, { status: 400 });
  }
}

type Problem = DisputeRefusal | EvidenceRefusal | 'value-wrong' | 'too-long';

/** What was not taken, with what was typed. */
function mistake(step: DisputeStepName, problem: Problem, kept: { readonly typed?: ReturnType<typeof typedIn>; readonly why?: string } = {}) {
  return data({ step, problem, ...kept }, { status: 422 });
}

const numbered = (no: number | null): Readonly<Record<string, string>> => (no === null ? {} : { no: String(no) });

export default function Dispute({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const { t, href } = usePage();
  const { view, name, hotline } = loaderData;
  const step = actionData?.step ?? loaderData.step;
  const [problem, waits] = [actionData?.problem, view.dispute !== undefined && view.dispute.answer === null];
  const back = href(`/my/facts/${name.fact}`, numbered(name.no));
  const words = { most: LONGEST_WHY, files: MOST_EVIDENCE, kind: '' };
  return (
    <>
      <Head title={`${problem === undefined ? '' : t('entitled.mistake-title')}${t('record.dispute.title', { fact: view.label })}`} />
      <Crumbs to={[['/my', t('my.title')], ['/my/facts', t('record.facts.title')]]} />
      <p className="muted way"><a href={back}>{t('record.dispute.back', { fact: view.label })}</a><span>{t('record.dispute.step', { no: STEPS.indexOf(step) + 1, of: STEPS.length })}</span></p>
      {waits ? <Note title={t('record.dispute.under-way')}><p>{t('record.dispute.under-way-says')}</p></Note> : (
        <Step step={step} loaded={loaderData} typed={actionData && 'typed' in actionData ? (actionData.typed ?? loaderData.typed) : loaderData.typed} why={actionData && 'why' in actionData ? (actionData.why ?? loaderData.why) : loaderData.why}
          problem={problem === undefined ? undefined : t(`record.problem.${problem}`, { ...words, phone: hotline })} action={href(`/my/facts/${name.fact}/dispute`, { ...numbered(name.no), step })} stepHref={(to) => href(`/my/facts/${name.fact}/dispute`, { ...numbered(name.no), step: to })} />
      )}
    </>
  );
}

export interface StepProps {
  readonly loaded: Route.ComponentProps['loaderData'];
  readonly typed: ReturnType<typeof typedIn>;
  readonly why: string;
  readonly problem: string | undefined;
  readonly action: string;
  readonly stepHref: (step: DisputeStepName) => string;
}

function Step({ step, ...props }: StepProps & { readonly step: DisputeStepName }): ReactNode {
  switch (step) {
    case 'value': return <ValueStep {...props} />;
    case 'why': return <Why {...props} />;
    case 'evidence': return <Evidence {...props} />;
    case 'check': return <Check {...props} />;
    default: return step satisfies never;
  }
}
