import type { ReactNode } from 'react';
import type { Division } from '#engine/pack/index.ts';
import type { Route } from './+types/near.ts';
import { asked } from '../context.ts';
import { Head, usePage } from '../page.tsx';
import { hrefIn } from '../view.ts';
import { Crumbs, Note, Title } from './parts/blocks.tsx';
import { CentreList } from './parts/centre.tsx';
import { Outlines } from './parts/outlines.tsx';
import { outlinesIn } from './outlines.ts';

export function loader(args: Route.LoaderArgs) {
  const { city, place } = asked(args);
  const { plan, divisions, departments, boundaries, sources } = city.pack;
  const chosen = divisions.get(place);
  const county = chosen?.kind === 'township' ? divisions.get(chosen.parent ?? '') : chosen;
  const counties = city.divisionsIn(plan.population.division);
  return {
    counties: counties.map(choice), county: county && choice(county), chosen: chosen && choice(chosen),
    townships: county?.code === undefined ? [] : city.divisionsIn(county.code).map(choice),
    centres: chosen === undefined ? [] : city.centresNear(place).slice(0, chosen.kind === 'township' ? 2 : 1).map((centre) => ({ ...centre, owner: centre.owner === 'unfilled' ? undefined : departments.get(centre.owner)?.name })),
    outlines: outlinesIn(boundaries, new Map(counties.map(({ code, name }) => [code ?? '', name]))),
    map: boundaries && { note: boundaries.note, source: sources.get(boundaries.source)?.title ?? boundaries.source },
    hotline: plan.hotline,
  };
}

function choice({ code, id, name }: Division): { readonly code: string; readonly name: Division['name'] } {
  return { code: code ?? id, name };
}

export default function Near({ loaderData }: Route.ComponentProps): ReactNode {
  const { counties, county, chosen, townships, centres, outlines, map, hotline } = loaderData;
  const { t, say, view } = usePage();
  const to = (place: string): string => hrefIn({ ...view, place }, '/near');
  const places = (list: typeof counties): ReactNode => <ul className="places">{list.map(({ code, name }) => <li key={code}><a href={to(code)} aria-current={code === chosen?.code ? 'true' : undefined}>{say(name)}</a></li>)}</ul>;
  return (
    <>
      <Head title={chosen ? t('near.title-in', { place: say(chosen.name) }) : t('near.title')} description={t('near.lead')} />
      <Crumbs to={[]} />
      <Title lead={chosen ? undefined : t('near.lead')}>{chosen ? t('near.title-in', { place: say(chosen.name) }) : t('near.title')}</Title>
      {chosen ? <CentreList centres={centres} phone={hotline.phone} /> : null}
      {county ? (
        <section>
          <h2>{chosen?.code === county.code ? t('near.township') : t('near.other-township', { county: say(county.name) })}</h2>
          {townships.length === 0 ? <p>{t('near.no-township')}</p> : places(townships)}
          <p><a href={to('')}>{t('near.other-county')}</a></p>
        </section>
      ) : (
        <section className="pick">
          <div><h2>{t('near.county')}</h2>{places(counties)}</div>
          {outlines && map ? <Outlines outlines={outlines} note={map.note} source={map.source} /> : null}
        </section>
      )}
      <Note title={t('near.demo-title')}>{t('near.demo')}</Note>
    </>
  );
}
