import type { ReactNode } from 'react';
import { GROUPS, toldBy } from '#engine/entitlement/index.ts';
import type { Route } from './+types/result.ts';
import { day } from '../../format.ts';
import { Head, Text, usePage } from '../../page.tsx';
import { Crumbs, Note, Title } from '../parts/blocks.tsx';
import { hear, kept, KEPT_BY_NOBODY } from './conversation.ts';
import { Code } from './parts/code.tsx';
import { Line } from './parts/line.tsx';
import { Paper } from './parts/paper.tsx';
import { Unreadable } from './parts/unreadable.tsx';
import { qrCode } from './qr.ts';
import { answerLines, resultLines } from './shape.ts';

export const headers = (): Record<string, string> => KEPT_BY_NOBODY;

/** Everything that the answers come to, to be printed and taken to the counter. */
export function loader(args: Route.LoaderArgs) {
  const { city, heard, locale } = hear(args);
  if (heard === 'unreadable') return { kind: 'unreadable' as const };
  const told = toldBy(city, heard.answers);
  const { all, beyond } = city.decideOne(told);
  return {
    kind: 'result' as const, today: city.today, code: heard.code, first: heard.first, dropped: heard.dropped, hotline: city.pack.plan.hotline,
    lines: resultLines(city, told, all, locale), beyond: beyond.map(({ id, name }) => ({ id, name })),
    answers: answerLines(city, heard.answers, locale), qr: heard.code === '' ? undefined : qrCode(addressOf(args.request.url, heard.code)), more: city.nextQuestion(heard.answers, heard.first).question !== undefined,
  };
}

/** The address of this page with nothing in it but the answers: what the printed code holds. */
function addressOf(here: string, code: string): string {
  const address = new URL('/entitled/result', here);
  // Everything that a code holds may stand in a query as it is, so that the printed code stays small.
  return `${address.href}?a=${code}`;
}

export default function Result({ loaderData }: Route.ComponentProps): ReactNode {
  return loaderData.kind === 'unreadable' ? <Unreadable /> : <Found {...loaderData} />;
}

type Loaded = Extract<Route.ComponentProps['loaderData'], { kind: 'result' }>;

function Found(loaded: Loaded): ReactNode {
  const { today, code, first, dropped, lines, beyond, answers, more, hotline, qr } = loaded;
  const { t, say, href, locale } = usePage();
  const of = (group: (typeof GROUPS)[number]): Loaded['lines'] => lines.filter((line) => line.group === group);
  const demo = lines.some((line) => line.demo);
  const ask = (question: string): string => href('/entitled/question', kept(code, first, { edit: question }));
  return (
    <>
      <Head title={t('entitled.result')} />
      <Paper {...loaded} />
      <div className="no-print">
        <Crumbs to={[['/entitled', t('entitled.title')]]} />
        <Title lead={t('entitled.result-lead', { yours: of('yours').length, near: of('near').length, undecided: of('undecided').length })}>{t('entitled.result')}</Title>
        <p className="muted">{t('entitled.as-of', { day: day(today, locale) })}</p>
        {dropped === undefined ? null : <Note title={t('entitled.pack-changed')} tone="plain"><p>{t('entitled.pack-changed-says', { count: dropped })}</p></Note>}
        {demo ? <Note title={t('entitled.demo')}><p>{t('entitled.demo-says')}</p></Note> : null}
        {more ? <p className="buttons"><a className="button" href={href('/entitled/question', kept(code, first))}>{t('entitled.go-on')}</a></p> : null}
        {GROUPS.map((group) => (
          <section key={group} className={`group-${group}`}>
            <h2>{t(`entitled.group-${group}`)} <span className="count">{of(group).length}</span></h2>
            <p className="muted">{t(`entitled.group-${group}-says`)}</p>
            <Lines lines={of(group)} ask={ask} />
          </section>
        ))}
        {beyond.length > 0 ? <section><h2>{t('entitled.beyond')}</h2><ul className="plain">{beyond.map(({ id, name }) => <li key={id}><a href={href(`/services/${id}`)}><Text of={name} /></a></li>)}</ul></section> : null}
        <section>
          <h2>{t('entitled.answers')}</h2>
          {answers.length === 0 ? <p>{t('entitled.no-answers')}</p> : <dl className="told">{answers.map(({ id, question, answer }) => <div key={id}><dt><Text of={question} /></dt><dd>{answer} <a href={ask(id)}>{t('entitled.change')}<span className="away">{t('colon')}{say(question)}</span></a></dd></div>)}</dl>}
        </section>
        {qr === undefined ? null : <section className="counter"><h2>{t('entitled.counter')}</h2><p>{t('entitled.counter-says')}</p><Code qr={qr} /><p className="code" translate="no">{code}</p></section>}
        <section><h2>{t('entitled.next')}</h2><p>{t('entitled.next-says', { phone: hotline.phone })}</p><p><a href={href('/entitled')}>{t('entitled.again')}</a></p></section>
      </div>
    </>
  );
}

/** Services of one group; refusals of which nothing is known that would change them stand folded away. */
function Lines({ lines, ask }: { readonly lines: Loaded['lines']; readonly ask: (question: string) => string }): ReactNode {
  const { t } = usePage();
  const settled = lines.filter((line) => line.group === 'not-now' && line.change === undefined && line.nearly.length === 0);
  const shown = lines.filter((line) => !settled.includes(line));
  if (lines.length === 0) return <p>{t('entitled.group-none')}</p>;
  return (
    <>
      {shown.length === 0 ? null : <ul className="rows results">{shown.map((line) => <Line key={line.id} line={line} ask={ask} />)}</ul>}
      {settled.length === 0 ? null : <details className="results"><summary>{t('entitled.others-not-now', { count: settled.length })}</summary><ul className="rows">{settled.map((line) => <Line key={line.id} line={line} ask={ask} />)}</ul></details>}
    </>
  );
}
