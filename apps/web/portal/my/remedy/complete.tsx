import type { ReactNode } from 'react';
import { data, redirect } from 'react-router';
import { MOST_EVIDENCE, readWhy } from '#engine/record/index.ts';
import type { EvidenceRefusal } from '#engine/record/index.ts';
import { LONGEST_REASONS } from '#engine/remedy/index.ts';
import type { RemedyRefusal } from '#engine/remedy/index.ts';
import type { Route } from './+types/complete.ts';
import { Head, usePage } from '../../../page.tsx';
import { hrefIn } from '../../../view.ts';
import { Crumbs, Note, Title } from '../../parts/blocks.tsx';
import { readForm, textIn } from '../upload.ts';
import { applicant, numberIn, ownSent } from './here.ts';
import { Mistake } from '../parts/step.tsx';
import { Upload } from '../parts/papers.tsx';
import { applicationView } from './view.ts';

/** What the organ asked for: papers, each kept at once, and a word. */
export async function loader(args: Route.LoaderArgs) {
  const { city, one, locale } = await ownSent(args);
  const { path, service, next, stage, papers } = applicationView(city, one, locale);
  return { path, service, next, isAsked: stage === 'to-complete', papers, phone: city.pack.plan.hotline.phone };
}

export async function action(args: Route.ActionArgs) {
  const asking = applicant(args);
  const { visitor: { principal }, remedies } = asking;
  const number = numberIn(args.params.number);
  const form = await readForm(args.request);
  const back = (problem: Problem, words = ''): ReturnType<typeof data<{ readonly problem: Problem; readonly words: string }>> => data({ problem, words }, { status: problem === 'application-unknown' ? 404 : 422 });
  if (typeof form === 'string') return back(form === 'too-large' ? form : 'nothing');
  if (form.get('do') === 'keep') {
    const file = form.get('file');
    const problem = file instanceof File && file.size > 0 ? await remedies.keep(principal, number, { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }) : 'nothing';
    return problem === undefined ? redirect(hrefIn(asking, `/my/reconsideration/${number}/complete`), 303) : back(problem);
  }
  const words = textIn(form, 'words');
  const said = readWhy(words, LONGEST_REASONS);
  const problem = said === undefined ? 'too-long' : await remedies.complete(principal, number, said);
  return problem === undefined ? redirect(hrefIn(asking, `/my/reconsideration/${number}`, { done: 'completed' }), 303) : back(problem, words.toWellFormed());
}

type Problem = RemedyRefusal | EvidenceRefusal | 'too-long';

export default function Complete({ loaderData: { path, service, next, isAsked, papers, phone }, actionData }: Route.ComponentProps): ReactNode {
  const { t, href } = usePage();
  const problem = actionData && t(`remedy.problem.${actionData.problem}`, { most: LONGEST_REASONS, files: MOST_EVIDENCE, phone });
  return (
    <>
      <Head title={`${problem === undefined ? '' : t('entitled.mistake-title')}${t('remedy.complete.title')}`} />
      <Crumbs to={[['/my', t('my.title')], ['/my/reconsideration', t('remedy.title')], [path, service]]} />
      {isAsked ? (
        <>
          <Title lead={next}>{t('remedy.complete.title')}</Title>
          <Mistake says={problem} />
          <p>{t('record.dispute.evidence-hint')}</p>
          <Upload papers={papers} action={href(`${path}/complete`)} problem={problem} />
          <form method="post" action={href(`${path}/complete`)} className="saying">
            <label htmlFor="words">{t('remedy.complete.words')}</label>
            <textarea id="words" name="words" rows={5} defaultValue={actionData?.words} aria-describedby={problem === undefined ? undefined : 'mistake'} />
            <p className="buttons"><button type="submit" className="button">{t('remedy.complete.send')}</button> <a className="later" href={href(path)}>{t('my.not-now')}</a></p>
          </form>
        </>
      ) : <Note title={t('remedy.complete.over')}><p><a href={href(path)}>{t('remedy.see')}</a></p></Note>}
    </>
  );
}
