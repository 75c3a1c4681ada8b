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
    </>
  );
}
