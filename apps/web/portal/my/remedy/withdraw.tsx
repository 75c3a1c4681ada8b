import type { ReactNode } from 'react';
import { data, redirect } from 'react-router';
import { readWhy } from '#engine/record/index.ts';
import { LONGEST_REASONS, stageOf } from '#engine/remedy/index.ts';
import type { RemedyRefusal } from '#engine/remedy/index.ts';
import type { Route } from './+types/withdraw.ts';
import { Head, usePage } from '../../../page.tsx';
import { hrefIn } from '../../../view.ts';
import { Crumbs, Note, Title } from '../../parts/blocks.tsx';
import { readForm, textIn } from '../upload.ts';
import { applicant, numberIn, ownSent } from './here.ts';
import { Mistake } from '../parts/step.tsx';
import { applicationView } from './view.ts';

/** Whether they are sure; what happens then depends on how far it is. */
export async function loader(args: Route.LoaderArgs) {
  const { city, one, locale } = await ownSent(args);
  const { mayWithdraw, path, service } = applicationView(city, one, locale);
  const stage = stageOf(one, city.today);
  return { mayWithdraw, path, service, atOnce: stage === 'examined' || stage === 'to-complete', phone: city.pack.plan.hotline.phone };
}

type Problem = RemedyRefusal | 'too-long';

export async function action(args: Route.ActionArgs) {
  const asking = applicant(args);
  const number = numberIn(args.params.number);
  const form = await readForm(args.request);
  const words = typeof form === 'string' ? '' : textIn(form, 'words');
  const said = readWhy(words, LONGEST_REASONS);
  const problem: Problem | undefined = said === undefined ? 'too-long' : await asking.remedies.withdraw(asking.visitor.principal, number, said);
  if (problem !== undefined) return data({ problem, words: words.toWellFormed() }, { status: problem === 'application-unknown' ? 404 : 422 });
  const one = (await asking.remedies.own(asking.visitor.principal)).find((each) => each.number === number);
  return redirect(hrefIn(asking, `/my/reconsideration/${number}`, { done: one?.withdrawn ? 'withdrawn' : 'withdrawal-asked' }), 303);
}

export default function Withdraw({ loaderData: { mayWithdraw, path, service, atOnce, phone }, actionData }: Route.ComponentProps): ReactNode {
  const { t, href } = usePage();
  const problem = actionData && t(`remedy.problem.${actionData.problem}`, { most: LONGEST_REASONS, phone, files: '' });
  return (
    <>
      <Head title={`${problem === undefined ? '' : t('entitled.mistake-title')}${t('remedy.withdraw.title')}`} />
      <Crumbs to={[['/my', t('my.title')], ['/my/reconsideration', t('remedy.title')], [path, service]]} />
      {mayWithdraw ? (
        <>
          <Title lead={t(atOnce ? 'remedy.withdraw.at-once' : 'remedy.withdraw.asked')}>{t('remedy.withdraw.title')}</Title>
          <Mistake says={problem} />
          <p className="read">{t('remedy.withdraw.once')}</p>
          <form method="post" action={href(`${path}/withdraw`)} className="saying">
            <label htmlFor="words">{t('remedy.withdraw.why')}</label>
            <textarea id="words" name="words" rows={3} defaultValue={actionData?.words} aria-describedby={problem === undefined ? undefined : 'mistake'} />
            <p className="buttons"><button type="submit" className="button">{t('remedy.withdraw.yes')}</button> <a className="later" href={href(path)}>{t('remedy.withdraw.no')}</a></p>
          </form>
        </>
      ) : <Note title={t('remedy.withdraw.over')}><p><a href={href(path)}>{t('remedy.see')}</a></p></Note>}
    </>
  );
}
