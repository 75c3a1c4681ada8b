import type { ReactNode } from 'react';
import { data, redirect } from 'react-router';
import { cleanWords, describeVoiceRefusal } from '#engine/voice/index.ts';
import type { Route } from './+types/matter.ts';
import { foundOrThrow } from '../../../context.ts';
import { day } from '../../../format.ts';
import { Head, usePage } from '../../../page.tsx';
import { hrefIn } from '../../../view.ts';
import { wordsOf } from '../../../words.ts';
import { Crumbs, Note, Title } from '../../parts/blocks.tsx';
import { hear } from './here.ts';
import { Mistake, Option } from './parts/choices.tsx';
import { Progress } from './parts/progress.tsx';
import { Standing } from './parts/standing.tsx';
import { readForm, textIn } from '../upload.ts';
import { matterView } from './view.ts';
import type { MatterView } from './view.ts';

const DONE = ['sent', 'rated', 'solved', 'unsolved'] as const;

/** One thing that somebody said, and everything that happened since. */
export async function loader(args: Route.LoaderArgs) {
  const { city, query, visitor, voice, rules, locale } = hear(args);
  const matter = foundOrThrow(await voice.matter(visitor.principal, args.params.number));
  return { matter: matterView(city, rules, matter, locale), done: DONE.find((one) => one === query.get('done')), phone: city.pack.plan.hotline.phone };
}

/** The resident says whether it is solved. */
export async function action(args: Route.ActionArgs) {
  const { visitor, voice, ...view } = hear(args);
  const t = wordsOf(view.locale);
  const form = await readForm(args.request);
  const [solved, reason] = typeof form === 'string' ? ['', ''] : [textIn(form, 'solved'), cleanWords(textIn(form, 'reason'))];
  const refuse = (problem: string) => data({ problem, solved, reason }, { status: 422 });
  if (solved !== 'yes' && solved !== 'no') return refuse(t('voice.problem.choose'));
  if (solved === 'no' && reason === '') return refuse(t('voice.problem.reason'));
  const refused = await voice.judge(visitor.principal, args.params.number, { solved: solved === 'yes', reason });
  if (refused) return refuse(describeVoiceRefusal(refused, view.locale, (on) => day(on, view.locale)));
  return redirect(hrefIn(view, `/my/voice/${args.params.number}`, { done: solved === 'yes' ? 'solved' : 'unsolved' }), 303);
}

export default function MyMatter({ loaderData: { matter, done, phone }, actionData }: Route.ComponentProps): ReactNode {
  const { t, say, href, locale } = usePage();
  const values = { number: matter.id, phone, department: say(matter.department), day: day(matter.dueOn, locale) };
  const title = `${t(`voice.kind.${matter.kind}`)}${matter.about ? `${t('voice.colon')}${say(matter.about)}` : ''}`;
  return (
    <>
      <Head title={`${actionData ? t('voice.mistake-title') : ''}${title}`} />
      <Crumbs to={[['/my', t('my.title')], ['/my/voice', t('voice.mine.title')]]} />
      {done === undefined ? null : <div role="status"><Note title={t(`voice.done.${done}`, values)} tone="plain"><p>{t(`voice.done.${done}-says`, values)}</p></Note></div>}
      <Title lead={<>{t('voice.number', { number: matter.id })} · {day(matter.raisedOn, locale)}</>}>{title}</Title>
      <div className="answer"><Standing of={matter} /></div>
      {matter.maySay.yes || matter.maySay.no ? <Judge matter={matter} sent={actionData} /> : actionData ? <Mistake problem={actionData.problem} title={t('voice.mistake')} /> : null}
      <section><h2>{t('voice.progress')}</h2><Progress of={matter} /></section>
      <section>
        <h2>{t('voice.you-said')}</h2>
        <dl className="told">
          {matter.level === undefined ? null : <div><dt>{t('voice.rate.level')}</dt><dd>{matter.level}</dd></div>}
          {matter.reasons.length === 0 ? null : <div><dt>{t('voice.rate.reasons')}</dt><dd>{matter.reasons.map((reason) => say(reason)).join(t('list.and'))}</dd></div>}
          {matter.place === '' ? null : <div><dt>{t('voice.check.place')}</dt><dd>{matter.place}</dd></div>}
          {matter.words === '' ? null : <div><dt>{t('voice.check.words')}</dt><dd><span className="said">{matter.words}</span></dd></div>}
          {matter.hasPhoto ? <div><dt>{t('voice.check.photo')}</dt><dd><img className="photo" src={href(`/my/voice/${matter.id}/photo`)} alt={t('voice.photo.yours')} /></dd></div> : null}
          <div><dt>{t('voice.check.reach')}</dt><dd>{matter.reach ?? t('voice.reach.unknown')}</dd></div>
        </dl>
      </section>
      <p className="muted">{t('voice.otherwise', { phone })}</p>
    </>
  );
}

/** Is it solved? Nobody else is asked this. */
function Judge({ matter, sent }: { readonly matter: MatterView; readonly sent: { readonly problem: string; readonly solved: string; readonly reason: string } | undefined }): ReactNode {
  const { t, href } = usePage();
  const { yes } = matter.maySay;
  return (
    <form method="post" action={href(`/my/voice/${matter.id}`)} className="read">
      <fieldset aria-describedby={sent ? 'mistake' : undefined}>
        <legend><h2>{t('voice.judge.ask')}</h2></legend>
        <Mistake problem={sent?.problem} title={t('voice.mistake')} />
        {yes ? <Option name="solved" value="yes" label={t('voice.judge.yes')} checked={sent?.solved === 'yes'} /> : null}
        <Option name="solved" value="no" label={t('voice.judge.no')} says={t('voice.judge.no-says')} checked={sent?.solved === 'no'} />
        <p className="typed long"><label htmlFor="reason">{t('voice.judge.reason')}</label><textarea id="reason" name="reason" rows={3} defaultValue={sent?.reason} /></p>
      </fieldset>
      <p className="buttons"><button className="button" type="submit">{t('voice.judge.send')}</button></p>
    </form>
  );
}
