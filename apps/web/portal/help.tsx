import type { ReactNode } from 'react';
import type { Route } from './+types/help.ts';
import { asked } from '../context.ts';
import { Head, Text, usePage, useSite } from '../page.tsx';
import { Answer, Crumbs, Tag, Title } from './parts/blocks.tsx';

export function loader(args: Route.LoaderArgs) {
  const { plan, departments } = asked(args).city.pack;
  return { hotline: plan.hotline, departments: [...departments.values()].map(({ id, name, phone }) => ({ id, name, phone })) };
}

export default function Help({ loaderData: { hotline, departments } }: Route.ComponentProps): ReactNode {
  const { t, say, href } = usePage();
  const site = useSite();
  return (
    <>
      <Head title={t('help.title')} description={t('help.lead')} />
      <Crumbs to={[]} />
      <div className="read">
        <Title lead={t('help.lead')}>{t('help.title')}</Title>
        <Answer>
          <p className="sum"><a href={`tel:${hotline.phone}`}>{hotline.phone}</a> <small><Text of={hotline.name} /></small></p>
          <p className="muted">{hotline.hours === 'unfilled' ? t('call.hours-unfilled') : t('call.hours', { hours: say(hotline.hours) })}</p>
        </Answer>
        <section>
          <h2>{t('help.say')}</h2>
          <ol className="cond"><li><span>{t('help.say-1')}</span></li><li><span>{t('help.say-2')}</span></li><li><span>{t('help.say-3')}</span></li></ol>
        </section>
        <section>
          <h2>{t('help.in-person')}</h2>
          <p>{site?.place && site.centre ? <>{t('foot.centre', { place: say(site.place.name) })}<b>{say(site.centre.name)}</b> <a href={href('/near')}>{t('help.centre-more')}</a></> : <a href={href('/near')}>{t('foot.choose-place')}</a>}</p>
          <p>{t('help.neighbour')}</p>
        </section>
        <section>
          <h2>{t('help.departments')}</h2>
          <ul className="rows">{departments.map(({ id, name, phone }) => <li key={id}><b><Text of={name} /></b> {phone === undefined || phone === 'unfilled' ? <Tag kind="unfilled" /> : <a href={`tel:${phone}`}>{phone}</a>}</li>)}</ul>
          <p className="muted">{t('help.departments-says', { phone: hotline.phone })}</p>
        </section>
      </div>
    </>
  );
}
