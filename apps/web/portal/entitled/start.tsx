import type { ReactNode } from 'react';
import type { Route } from './+types/start.ts';
import { asked } from '../../context.ts';
import { Head, Text, usePage } from '../../page.tsx';
import { Answer, Crumbs, Note, Title } from '../parts/blocks.tsx';

/** What the interview is, how long it takes, and what is kept of it: nothing. */
export function loader(args: Route.LoaderArgs) {
  const { city, query } = asked(args);
  const service = city.pack.services.get(query.get('s') ?? '');
  const progress = city.nextQuestion(new Map(), service?.id);
  return { service: service && { id: service.id, name: service.name }, count: progress.open.length + progress.settled.length, topics: progress.topics.map(({ name }) => name), ready: progress.question !== undefined };
}

export default function Start({ loaderData: { service, count, topics, ready } }: Route.ComponentProps): ReactNode {
  const { t, say, href } = usePage();
  return (
    <>
      <Head title={t('entitled.title')} description={t('entitled.lead')} />
      <Crumbs to={[]} />
      <Title lead={t('entitled.lead')}>{t('entitled.title')}</Title>
      {ready ? (
        <Answer>
          {service ? <p>{t('entitled.service-first', { service: say(service.name) })}</p> : null}
          <p>{t('entitled.how-long', { count })}</p>
          <p className="buttons"><a className="button" href={href('/entitled/question', service ? { s: service.id } : {})}>{t('entitled.start')}</a></p>
        </Answer>
      ) : <Note title={t('entitled.not-here')}><p>{t('entitled.not-here-says')}</p></Note>}
      <section>
        <h2>{t('entitled.asked-about')}</h2>
        <ul className="plain">{topics.map((name) => <li key={name.zh}><Text of={name} /></li>)}</ul>
      </section>
      <section>
        <h2>{t('entitled.kept')}</h2>
        <p>{t('entitled.kept-says')}</p>
        <p>{t('entitled.for-whom')}</p>
        <p>{t('entitled.binding')}</p>
      </section>
      {ready ? <Counter /> : null}
    </>
  );
}

/** For the staff of a counter: the answers of a printed page, read by a scanner or typed, without a word of them kept. */
function Counter(): ReactNode {
  const { t, href } = usePage();
  const [, query = ''] = href('/').split('?');
  return (
    <section id="counter">
      <h2>{t('entitled.at-counter')}</h2>
      <p id="at-counter">{t('entitled.at-counter-says')}</p>
      <form className="typed" method="get" action="/entitled/result">
        {[...new URLSearchParams(query)].map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
        <label htmlFor="code">{t('entitled.code')}</label>
        <input id="code" name="a" autoComplete="off" autoCapitalize="off" spellCheck={false} aria-describedby="at-counter" required />
        <button className="button" type="submit">{t('entitled.read')}</button>
      </form>
    </section>
  );
}
