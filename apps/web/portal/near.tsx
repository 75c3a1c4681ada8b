import type { ReactNode } from 'react';
import type { Division } from '#engine/pack/index.ts';
import type { Route } from './+types/near.ts';
import { asked } from '../context.ts';
import { Head, usePage } from '../page.tsx';
import { hrefIn } from '../view.ts';
import { Crumbs, Note, Title } from './parts/blocks.tsx';
import { CentreList } from './parts/centre.tsx';
import { Outlines } from './parts/outlines.tsx';
import { outlinesIn } from '../outlines.ts';
import { centreView, chosenIn, countyOf, placeOf } from './place.ts';
import type { Place } from './place.ts';

export function loader(args: Route.LoaderArgs) {
  const { city, place } = asked(args);
  const { pack } = city;
  const { plan, boundaries, sources } = pack;
  const chosen = chosenIn(pack, place);
  const county = countyOf(pack, chosen);
  const below = (area: string, kind: Division['kind']): readonly Place[] => city.divisionsIn(area).filter((division) => division.kind === kind).map(placeOf);
  const counties = below(plan.population.division, 'county');
  return {
    counties, county: county && placeOf(county), chosen: chosen && placeOf(chosen),
    townships: below(county?.code ?? '', 'township'),
    centres: chosen === undefined ? [] : city.centresNear(place).slice(0, chosen.kind === 'township' ? 2 : 1).map((centre) => centreView(centre, pack)),
    outlines: outlinesIn(boundaries, new Map(counties.map(({ code, name }) => [code, name]))),
    map: boundaries && { note: boundaries.note, source: sources.get(boundaries.source)?.title ?? boundaries.source },
    hotline: plan.hotline,
  };
}

export default function Near({ loaderData }: Route.ComponentProps): ReactNode {
  const { counties, county, chosen, centres, outlines, map, hotline } = loaderData;
  const { t, say } = usePage();
  const title = chosen ? t('near.title-in', { place: say(chosen.name) }) : t('near.title');
  return (
    <>
      <Head title={title} description={t('near.lead')} />
      <Crumbs to={[]} />
      <Title lead={chosen ? undefined : t('near.lead')}>{title}</Title>
      {chosen ? <CentreList centres={centres} phone={hotline.phone} /> : null}
      {county ? <Townships {...loaderData} county={county} /> : (
        <section className="pick">
          <div><h2>{t('near.county')}</h2><Places places={counties} chosen={undefined} /></div>
          {outlines && map ? <Outlines outlines={outlines} note={map.note} source={map.source} /> : null}
        </section>
      )}
      <Note title={t('near.demo-title')}>{t('near.demo')}</Note>
    </>
  );
}

function Townships({ county, chosen, townships }: { readonly county: Place; readonly chosen: Place | undefined; readonly townships: readonly Place[] }): ReactNode {
  const { t, say, view } = usePage();
  return (
    <section>
      <h2>{chosen?.code === county.code ? t('near.township') : t('near.other-township', { county: say(county.name) })}</h2>
      {townships.length === 0 ? <p>{t('near.no-township')}</p> : <Places places={townships} chosen={chosen} />}
      <p><a href={hrefIn({ ...view, place: '' }, '/near')}>{t('near.other-county')}</a></p>
    </section>
  );
}

/** Places as links; choosing one is going to its address. */
function Places({ places, chosen }: { readonly places: readonly Place[]; readonly chosen: Place | undefined }): ReactNode {
  const { say, view } = usePage();
  return <ul className="places">{places.map(({ code, name }) => <li key={code}><a href={hrefIn({ ...view, place: code }, '/near')} aria-current={code === chosen?.code ? 'true' : undefined}>{say(name)}</a></li>)}</ul>;
}
