import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import { bandsFor } from '#engine/entitlement/index.ts';
import type { Route } from './+types/question.ts';
import { hrefIn } from '../../view.ts';
import { Head, Text, usePage } from '../../page.tsx';
import { Note } from '../parts/blocks.tsx';
import { afterAnswer, hear, kept, KEPT_BY_NOBODY, stepBack } from './conversation.ts';
import { Field } from './parts/field.tsx';
import { Settled } from './parts/settled.tsx';
import { Unreadable } from './parts/unreadable.tsx';
import { questionView, settledView } from './shape.ts';

export const headers = (): Record<string, string> => KEPT_BY_NOBODY;

/** One question, and what is clear already. Everything stands in the address. */
export function loader(args: Route.LoaderArgs) {
  const input = hear(args);
  const { city, heard, locale } = input;
  if (heard === 'unreadable') return { kind: 'unreadable' as const };
  const sent = afterAnswer(input);
  if (sent?.kind === 'next') throw sent.to;
  const progress = city.nextQuestion(heard.answers, heard.first);
  const again = sent?.question ?? heard.edit;
  const linked = again === undefined ? progress.question : city.questions.get(again);
  if (!linked) throw redirect(hrefIn(input, '/entitled/result', kept(heard.code, heard.first)), { headers: KEPT_BY_NOBODY });
  const bands = again === undefined ? progress.bands : bandsFor({ linked: city, answers: heard.answers, lawOn: Number(city.today.replaceAll('-', '')) }, linked);
  const topics = progress.topics;
  const topic = topics.findIndex(({ id }) => id === linked.question.topic);
  const back = stepBack(city.release.digest, heard.answers);
  return {
    kind: 'question' as const,
    asked: questionView(city, linked, { bands, answer: heard.answers.get(linked.question.id), locale }),
    problem: sent?.kind, code: heard.code, first: heard.first, dropped: heard.dropped, editing: heard.edit !== undefined,
    topic: topics[topic], topicNo: topic + 1, topics: topics.length, bearsOn: again === undefined ? progress.bearsOn : undefined,
    back, settled: settledView(city, progress), open: progress.open.length, answered: heard.answers.size,
  };
}

export default function Question({ loaderData }: Route.ComponentProps): ReactNode {
  return loaderData.kind === 'unreadable' ? <Unreadable /> : <Ask {...loaderData} />;
}

type Loaded = Extract<Route.ComponentProps['loaderData'], { kind: 'question' }>;

function Ask({ asked, problem, code, first, dropped, editing, topic, topicNo, topics, bearsOn, back, settled, open, answered }: Loaded): ReactNode {
  const { t, say, href, view } = usePage();
  const hidden = { ...kept(code, first), q: asked.id, ...(editing ? { to: 'result' } : {}), ...(view.locale === 'zh' ? {} : { lang: view.locale }), ...(view.size === 'large' ? { size: 'large' } : {}), ...(view.place === '' ? {} : { place: view.place }) };
  return (
    <>
      <Head title={`${problem === undefined ? '' : t('entitled.mistake-title')}${say(asked.question)}`} />
      <div className="page question">
        <div>
          <p className="muted way">
            <a href={editing ? href('/entitled/result', kept(code, first)) : back ? href('/entitled/question', kept(back.code, first)) : href('/entitled', first === undefined ? {} : { s: first })}>{t(editing ? 'entitled.to-result' : 'entitled.back')}</a>
            {topic ? <span>{t('entitled.topic', { topic: say(topic.name), no: topicNo, of: topics })}</span> : null}
          </p>
          {dropped === undefined ? null : <Note title={t('entitled.pack-changed')} tone="plain"><p>{t('entitled.pack-changed-says', { count: dropped })}</p></Note>}
          <form method="get" action={href('/entitled/question').split('?')[0]}>
            {Object.entries(hidden).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
            <fieldset aria-describedby={problem === undefined ? undefined : 'mistake'}>
              <legend><h1><Text of={asked.question} /></h1></legend>
              {problem === undefined ? null : <p className="mistake" id="mistake"><b>{t('entitled.mistake')}</b>{t(problem === 'long' ? 'entitled.too-long' : `entitled.mistake-${asked.kind}`)}</p>}
              {asked.why || (bearsOn ?? 0) > 1 ? <p className="muted">{asked.why ? <><b>{t('entitled.why')}</b><Text of={asked.why} /></> : null}{(bearsOn ?? 0) > 1 ? ` ${t('entitled.bears-on', { count: bearsOn ?? 0 })}` : ''}</p> : null}
              {asked.example ? <p className="muted"><b>{t('entitled.example')}</b><Text of={asked.example} /></p> : null}
              <Field asked={asked} />
            </fieldset>
            <div className="buttons"><button className="button" type="submit">{t('entitled.continue')}</button> {answered > 0 ? <a className="later" href={href('/entitled/result', kept(code, first))}>{t('entitled.stop')}</a> : null}</div>
          </form>
        </div>
        <Settled settled={settled} open={open} more={answered > 0 ? href('/entitled/result', kept(code, first)) : undefined} />
      </div>
    </>
  );
}
