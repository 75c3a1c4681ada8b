import type { ReactNode } from 'react';
import type { Route } from './+types/home.ts';
import { asked } from '../context.ts';
import { Head, Text, usePage, useSite } from '../page.tsx';
import { hrefIn } from '../view.ts';
import { Path } from './parts/indicator.tsx';
import { EventList, LifeStages } from './parts/lists.tsx';
import { PersonaList } from './parts/personas.tsx';
import { SearchForm } from './parts/search-form.tsx';
import { indicatorView } from './indicator-view.ts';
import { lifeStages, personasView } from './shape.ts';

export function loader(args: Route.LoaderArgs) {
  const { city, locale } = asked(args);
  const { plan, indicators, services, targets, projects } = city.pack;
  return {
    domains: lifeStages(plan),
    personas: personasView(city),
    events: city.lifeEvents().map(({ id, name }) => ({ id, name })),
    counties: city.divisionsIn(plan.population.division).filter(({ kind }) => kind === 'county').map(({ code, name }) => ({ code: code ?? '', name })),
    promise: (plan.promise ?? []).flatMap((id) => indicators.get(id) ?? []).map((indicator) => indicatorView(city, indicator, locale)),
    sizes: { services: services.size, indicators: indicators.size, targets: targets.size, projects: projects.size, findings: city.findings.filter(({ severity }) => severity !== 'info').length },
  };
}

export default function Home(props: Route.ComponentProps): ReactNode {
  return usePage().large ? <LargeHome /> : <NormalHome {...props} />;
}

function NormalHome({ loaderData }: Route.ComponentProps): ReactNode {
  const { domains, events, counties, promise, sizes, personas } = loaderData;
  const { t, say, href, view } = usePage();
  const site = useSite();
  return (
    <>
      <Head title={site === undefined ? t('home') : say(site.site)} description={t('home.description')} />
      <div className="hero">
        <h1>{t('home.question')}</h1>
        <SearchForm />
      </div>
      <LifeStages domains={domains} />
      <div className="two">
        <section>
          <h2>{t('home.events')}</h2>
          <EventList events={events} />
        </section>
        <div className="asides">
        <section className="ask">
          <h2>{t('home.ask')}</h2>
          <p>{t('home.ask-says')}</p>
          <p className="buttons"><a className="button" href={href('/entitled')}>{t('entitled.start')}<span className="away">{t('colon')}{t('home.ask')}</span></a></p>
        </section>
        <section className="ask quiet">
          <h2>{t('my.title')}</h2>
          <p>{t('my.says')}</p>
          <p className="buttons"><a className="button second" href={href('/my')}>{t('my.open')}</a></p>
        </section>
        <section className="ask quiet">
          <h2>{site?.place ? say(site.place.name) : t('home.place')}</h2>
          {site?.place && site.centre ? <p>{t('home.place-chosen')}<a href={href('/near')}>{say(site.centre.name)}</a></p> : <p>{t('home.place-says')}</p>}
          <ul className="places">{counties.map(({ code, name }) => <li key={code}><a href={hrefIn({ ...view, place: code }, '/near')}>{say(name)}</a></li>)}</ul>
        </section>
        </div>
      </div>
      {personas.length > 0 ? <PersonaList personas={personas} /> : null}
      <section className="promise">
        <h2>{t('home.promise')}</h2>
        <ol>
          {promise.map(({ id, name, pairs, years }) => pairs.slice(0, 1).map((pair) => (
            <li key={id}>
              <h3><Text of={name} /></h3>
              <Path pair={pair} years={years} />
              <p className="muted">{t('home.promise-says', { baseYear: years.base, targetYear: years.target })} <a href={href(`/indicators/${id}`)}>{t('home.promise-how')}<span className="away">{t('colon')}{say(name)}</span></a></p>
            </li>
          )))}
        </ol>
        <p className="sizes">{t('home.sizes')}
          <a href={href('/services')}>{t('home.services', { count: sizes.services })}</a>{t('list.comma')}
          <a href={href('/plan/indicators')}>{t('home.indicators', { count: sizes.indicators })}</a>{t('list.comma')}
          <a href={href('/plan/targets')}>{t('home.targets', { count: sizes.targets })}</a>{t('list.comma')}
          <a href={href('/plan/projects')}>{t('home.projects', { count: sizes.projects })}</a>{t('stop')}
          {sizes.findings > 0 ? <a href={href('/plan/findings')}>{t('home.findings', { count: sizes.findings })}</a> : null}
        </p>
      </section>
    </>
  );
}

/** The home of the mode for older people: exactly four ways to go. */
function LargeHome(): ReactNode {
  const { t, say, href } = usePage();
  const site = useSite();
  return (
    <>
      <Head title={site === undefined ? t('home') : say(site.site)} description={t('home.description')} />
      <h1 className="away">{site === undefined ? t('home') : say(site.site)}</h1>
      <nav className="four" aria-label={t('large.label')}>
        <a href={href('/money')}><b>{t('large.money')}</b><span>{t('large.money-says')}</span></a>
        <a href={href('/matters')}><b>{t('large.matters')}</b><span>{t('large.matters-says')}</span></a>
        <a href={href('/near')}><b>{t('large.near')}</b><span>{t('large.near-says')}</span></a>
        <a href={href('/help')}><b>{t('large.help')}</b><span>{t('large.help-says')}</span></a>
      </nav>
    </>
  );
}
