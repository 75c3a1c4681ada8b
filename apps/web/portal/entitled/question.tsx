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

function Ask({ asked, problem, code, first, dropped, editing, bearsOn, settled, open, answered, ...way }: Loaded): ReactNode {
  const { t, say, href } = usePage();
  const result = answered > 0 ? href('/entitled/result', kept(code, first)) : undefined;
  return (
    <>
      <Head title={`${problem === undefined ? '' : t('entitled.mistake-title')}${say(asked.question)}`} />
      <div className="page question">
        <div>
          <Way code={code} first={first} editing={editing} {...way} />
          {dropped === undefined ? null : <Note title={t('entitled.pack-changed')} tone="plain"><p>{t('entitled.pack-changed-says', { count: dropped })}</p></Note>}
          <form method="get" action="/entitled/question">
            <Hidden code={code} first={first} question={asked.id} editing={editing} />
            <fieldset aria-describedby={problem === undefined ? undefined : 'mistake'}>
              <legend><h1><Text of={asked.question} /></h1></legend>
              {problem === undefined ? null : <p className="mistake" id="mistake"><b>{t('entitled.mistake')}</b>{t(problem === 'long' ? 'entitled.too-long' : `entitled.mistake-${asked.kind}`)}</p>}
              <Help asked={asked} bearsOn={bearsOn ?? 0} />
              <Field asked={asked} />
            </fieldset>
            <div className="buttons"><button className="button" type="submit">{t('entitled.continue')}</button> {result === undefined ? null : <a className="later" href={result}>{t('entitled.stop')}</a>}</div>
          </form>
        </div>
        <Settled settled={settled} open={open} more={result} />
      </div>
    </>
  );
}

/** The way back, and how far the topics have come. */
function Way({ code, first, editing, topic, topicNo, topics, back }: Pick<Loaded, 'code' | 'first' | 'editing' | 'topic' | 'topicNo' | 'topics' | 'back'>): ReactNode {
  const { t, say, href } = usePage();
  const before = back ? href('/entitled/question', kept(back.code, first)) : href('/entitled', first === undefined ? {} : { s: first });
  return (
    <p className="muted way">
      <a href={editing ? href('/entitled/result', kept(code, first)) : before}>{t(editing ? 'entitled.to-result' : 'entitled.back')}</a>
      {topic ? <span>{t('entitled.topic', { topic: say(topic.name), no: topicNo, of: topics })}</span> : null}
    </p>
  );
}

/** What the form carries along: the answers so far, the question, and how the page is shown. */
function Hidden({ code, first, question, editing }: { readonly code: string; readonly first: string | undefined; readonly question: string; readonly editing: boolean }): ReactNode {
  const { href } = usePage();
  const [, query = ''] = href('/', kept(code, first, { q: question, ...(editing ? { to: 'result' } : {}) })).split('?');
  return [...new URLSearchParams(query)].map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);
}

/** Why it is asked, and how to find the answer. */
function Help({ asked: { why, example }, bearsOn }: { readonly asked: Loaded['asked']; readonly bearsOn: number }): ReactNode {
  const { t } = usePage();
  const many = bearsOn > 1 ? t('entitled.bears-on', { count: bearsOn }) : undefined;
  return (
    <>
      {why ? <p className="muted"><b>{t('entitled.why')}</b><Text of={why} /> {many}</p> : many === undefined ? null : <p className="muted">{many}</p>}
      {example ? <p className="muted"><b>{t('entitled.example')}</b><Text of={example} /></p> : null}
    </>
  );
}
