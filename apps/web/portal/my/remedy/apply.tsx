import type { ReactNode } from 'react';
import { data, redirect } from 'react-router';
import type { City } from '#engine/city.ts';
import { say } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import type { Service } from '#engine/pack/index.ts';
import { MOST_EVIDENCE } from '#engine/record/index.ts';
import type { EvidenceRefusal } from '#engine/record/index.ts';
import { ENDED_STAGES, isLate, LONGEST_REASONS, missingOf, remedyFor, stageOf } from '#engine/remedy/index.ts';
import type { Reconsideration, RemedyRefusal } from '#engine/remedy/index.ts';
import type { Route } from './+types/apply.ts';
import { foundOrThrow } from '../../../context.ts';
import { day } from '../../../format.ts';
import { Head, usePage } from '../../../page.tsx';
import { hrefIn } from '../../../view.ts';
import { Crumbs, Note } from '../../parts/blocks.tsx';
import { readForm } from '../upload.ts';
import { applicant } from './here.ts';
import { ApplyStep } from './parts/apply-steps.tsx';
import { PAGE, saidIn, STEPS } from './said.ts';
import type { ApplyStepName, TypedWords } from './said.ts';
import { applicationView } from './view.ts';

/** An application, one question a page. What was said stands in the case of the person: it is asked once, and gone on with another day. */
export async function loader(args: Route.LoaderArgs) {
  const { city, visitor, remedies, locale, query } = applicant(args);
  const service = foundOrThrow(city.pack.services.get(args.params.service));
  const { told, applications } = foundOrThrow(await remedies.about(visitor.principal, service.id));
  const underWay = applications.find((one) => one.sent !== null && !ENDED_STAGES.has(stageOf(one, city.today)));
  const draft = applications.find(({ sent }) => sent === null);
  const steps = STEPS.filter((step) => step !== 'late' || (draft !== undefined && isLate(draft, city.today)));
  const first: ApplyStepName = missingOf(draft, city.today)[0] ?? 'check';
  const step = steps.find((each) => each === query.get('step') && steps.indexOf(each) <= steps.indexOf(first)) ?? first;
  return {
    step, steps, service: service.id, name: service.name, underWay: underWay?.number, view: draft && applicationView(city, draft, locale), ...foundOrThrow(procedureView(city, service, locale)), hotline: city.pack.plan.hotline.phone,
    told: told.map(({ number, on, says, lastDay }) => ({ value: String(number), on: day(on, locale), says: says[locale], lastDay: lastDay && day(lastDay, locale), over: lastDay !== null && city.today > lastDay })),
    typed: typedBefore(draft, told.find(({ number }) => String(number) === query.get('notice'))?.number), lastDay: draft?.challenged?.lastDay ? day(draft.challenged.lastDay, locale) : undefined,
  };
}

/** Who decides and how long it takes; undefined where it cannot be applied for. */
function procedureView({ pack, today }: City, service: Service, locale: Locale) {
  const found = remedyFor(pack, service, today);
  if (!found) return undefined;
  const { remedy: { withinDays: days }, procedure: { organ, department, accept, decide } } = found;
  return { days, organ: say(organ, locale), department: say(pack.departments.get(department)?.name ?? organ, locale), accept: accept.count, decide: decide.count };
}

/** What was said before; `asked`: the notice that they come from. */
function typedBefore(draft: Reconsideration | undefined, asked: number | undefined): Readonly<Required<TypedWords>> {
  const { challenged = null, asks, lateBecause, why } = draft ?? {};
  return { what: challenged && challenged.notice === null ? PAGE : String(challenged?.notice ?? asked ?? ''), asks: asks ?? '', late: lateBecause ?? '', why: why ?? '' };
}

export async function action(args: Route.ActionArgs) {
  const asking = applicant(args);
  const { visitor: { principal }, remedies } = asking;
  const { service } = args.params;
  const next = (step?: ApplyStepName): Response => redirect(hrefIn(asking, `/my/reconsideration/new/${service}`, step === undefined ? {} : { step }), 303);
  const form = await readForm(args.request);
  if (typeof form === 'string') return mistake('evidence', form === 'too-large' ? form : 'nothing');
  const said = saidIn(form);
  if (said) {
    const problem = said.step ? await remedies.step(principal, service, said.step) : said.wrong;
    return problem === undefined ? next(said.next) : mistake(said.on, problem, said.typed);
  }
  switch (form.get('do')) {
    case 'keep': {
      const problem = await keep(asking, service, form.get('file'));
      return problem === undefined ? next('evidence') : mistake('evidence', problem);
    }
    case 'send': {
      const problem = await remedies.step(principal, service, { do: 'send' });
      if (problem !== undefined) return mistake('check', problem);
      const sent = (await remedies.own(principal)).find((one) => one.service === service && one.sent !== null);
      return redirect(hrefIn(asking, `/my/reconsideration/${sent?.number ?? ''}`, { done: 'sent' }), 303);
    }
    case 'drop': {
      await remedies.step(principal, service, { do: 'drop' });
      return redirect(hrefIn(asking, '/my/reconsideration', { done: 'dropped' }), 303);
    }
    default: throw data(null, { status: 400 });
  }
}

async function keep({ visitor: { principal }, remedies }: ReturnType<typeof applicant>, service: string, file: FormDataEntryValue | null): Promise<EvidenceRefusal | RemedyRefusal | undefined> {
  const draft = (await remedies.own(principal)).find((one) => one.service === service && one.sent === null);
  if (!draft) return 'not-said';
  return file instanceof File && file.size > 0 ? remedies.keep(principal, draft.number, { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }) : 'nothing';
}

export type ApplyProblem = RemedyRefusal | EvidenceRefusal | 'choose' | 'too-long';

/** What was not taken, with what was typed. */
function mistake(step: ApplyStepName, problem: ApplyProblem, kept: TypedWords = {}) {
  return data({ step, problem, kept }, { status: 422 });
}

export default function Apply({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const { t, href, say: said } = usePage();
  const { service, name, steps, underWay, hotline } = loaderData;
  const step = actionData?.step ?? loaderData.step;
  const title = t('remedy.apply.title', { service: said(name) });
  const path = `/my/reconsideration/new/${service}`;
  const problem = actionData && t(`remedy.problem.${actionData.problem}`, { most: LONGEST_REASONS, files: MOST_EVIDENCE, phone: hotline });
  return (
    <>
      <Head title={`${problem === undefined ? '' : t('entitled.mistake-title')}${title}`} />
      <Crumbs to={[['/my', t('my.title')], [`/my/services/${service}`, said(name)]]} />
      <p className="muted way"><span>{title}</span>{underWay === undefined ? <span>{t('record.dispute.step', { no: Math.max(1, steps.indexOf(step) + 1), of: steps.length })}</span> : null}</p>
      {underWay === undefined
        ? <ApplyStep step={step} loaded={loaderData} typed={{ ...loaderData.typed, ...actionData?.kept }} problem={problem} action={href(path, { step })} stepHref={(to) => href(path, { step: to })} />
        : <Note title={t('remedy.under-way')}><p>{t('remedy.under-way-says')} <a href={href(`/my/reconsideration/${underWay}`)}>{t('remedy.see')}</a></p></Note>}
    </>
  );
}

export interface ApplyStepProps {
  readonly step: ApplyStepName;
  readonly loaded: Route.ComponentProps['loaderData'];
  readonly typed: Route.ComponentProps['loaderData']['typed'];
  readonly problem: string | undefined;
  readonly action: string;
  readonly stepHref: (step: ApplyStepName) => string;
}
