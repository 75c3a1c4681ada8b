import type { ReactNode } from 'react';
import type { Route } from './+types/indicator.ts';
import { asked, foundOrThrow } from '../context.ts';
import { Head, Text, usePage } from '../page.tsx';
import { Answer, Cite, Crumbs, Fact, Side, Tag, Title } from './parts/blocks.tsx';
import { FindingsAbout } from './parts/finding.tsx';
import { Path, Scale } from './parts/indicator.tsx';
import { ServiceList } from './parts/lists.tsx';
import { TargetList } from './parts/target.tsx';
import { foundAbout } from './found.ts';
import { newestObservation } from '../observed.ts';
import type { ObservationLine } from '../observed.ts';
import { indicatorView } from './indicator-view.ts';
import { citedIn, lineOf } from './shape.ts';
import { targetView } from './target-view.ts';

/** What was observed changes without the pack: the page has no mark of its own that would outlast it. */
export const headers: Route.HeadersFunction = () => ({ 'cache-control': 'public, max-age=60' });

export async function loader(args: Route.LoaderArgs) {
  const { city, locale } = asked(args);
  const { indicators, plan, departments, targets } = city.pack;
  const indicator = foundOrThrow(indicators.get(args.params.id));
  const ids = [indicator.id, ...(indicator.parts ?? []).map(({ id }) => id)];
  const named = (id: string | undefined) => {
    const other = id === undefined ? undefined : indicators.get(id);
    return other && { id: other.id, name: other.name };
  };
  return {
    view: indicatorView(city, indicator, locale), means: indicator.means, direction: indicator.direction, kind: indicator.kind, scope: indicator.scope, attribute: indicator.attribute,
    domain: foundOrThrow(plan.domains.find(({ id }) => id === indicator.domain)), cited: citedIn(city, indicator.cite), owner: indicator.owner === 'unfilled' ? undefined : departments.get(indicator.owner)?.name,
    measured: indicator.measured === 'unfilled' ? undefined : { formula: indicator.measured.formula, every: indicator.measured.every, from: indicator.measured.from },
    observed: await newestObservation(city, indicator.id, locale),
    basis: indicator.targetOpBasis, unitPrinted: indicator.unitPrinted,
    continues: named(indicator.continues), continuedBy: named(indicator.continuedBy),
    found: foundAbout(city, ids, indicator.cite, locale),
    targets: [...new Set([...city.targetsOf(indicator.id), ...(indicator.mentionedIn ?? []).flatMap((id) => targets.get(id) ?? [])])].map((one) => targetView(city, one, locale)),
    services: [...new Set(ids.flatMap((id) => city.servicesFeeding(id)))].map(lineOf),
  };
}

export default function Indicator({ loaderData }: Route.ComponentProps): ReactNode {
  const { view, means, domain, found, targets, services, measured, direction, basis, observed } = loaderData;
  const { t, say } = usePage();
  return (
    <>
      <Head title={say(view.name)} description={view.pairs[0]?.judgement} />
      <Crumbs to={[['/plan', t('plan.title')], ['/plan/indicators', t('plan-indicators.title')]]} />
      <div className="page">
        <div>
          <Title lead={say(means) === say(view.name) ? undefined : <Text of={means} />}><Text of={view.name} /></Title>
          {view.pairs.map((pair) => (
            <Answer key={pair.id}>
              {view.pairs.length > 1 ? <h2><Text of={pair.name} /></h2> : null}
              <p className="judgement">{pair.judgement}</p>
              {pair.byNow === undefined ? null : <p className="muted">{pair.byNow}</p>}
              {pair.drawn ? <Scale pair={pair} years={view.years} /> : <Path pair={pair} years={view.years} />}
              {view.years.actual === undefined ? <p className="muted">{t('indicator.now-unfilled')}</p> : null}
            </Answer>
          ))}
          {observed ? <Observed line={observed} /> : null}
          <section>
            <h2>{t('indicator.read')}</h2>
            <p>{t(`direction.${direction}`)}</p>
            {basis === 'inferred' ? <p>{t('indicator.op-inferred')}</p> : null}
          </section>
          <section>
            <h2>{t('indicator.measured')}</h2>
            {measured ? <p>{t(`every.${measured.every}`)} <code lang="zh-CN">{measured.formula}</code></p> : <p><Tag kind="unfilled" /> {t('indicator.measured-unfilled')}</p>}
          </section>
          <FindingsAbout found={found} />
          {targets.length > 0 ? <section><h2>{t('indicator.targets')}</h2><p>{t('indicator.targets-says')}</p><TargetList targets={targets} /></section> : null}
          <section><h2>{t('indicator.services')}</h2>{services.length > 0 ? <ServiceList services={services} /> : <p>{t('indicator.no-services', { domain: say(domain.name) })}</p>}</section>
        </div>
        <IndicatorSide {...loaderData} />
      </div>
    </>
  );
}

/** What this system has measured last, with what it counted and of whom. */
function Observed({ line: { month, value, numerator, denominator, services, people } }: { readonly line: ObservationLine }): ReactNode {
  const { t } = usePage();
  const count = (of: number | null): string => (of === null ? t('indicator.observed-few') : of.toLocaleString('en'));
  const data = { month, services: services.join(t('indicator.observed-join')) };
  return (
    <section id="observed">
      <h2>{t('indicator.observed')}</h2>
      <p>{denominator === 0 ? t('indicator.observed-none', data) : t('indicator.observed-says', { ...data, value: value ?? '—', numerator: count(numerator), denominator: count(denominator) })}</p>
      {people === null ? null : <p className="muted">{t(people.synthetic ? 'indicator.observed-synthetic' : 'indicator.observed-real', { count: people.count.toLocaleString('en') })}</p>}
    </section>
  );
}

function IndicatorSide({ domain, kind, scope, attribute, owner, cited, continues, continuedBy, unitPrinted }: Route.ComponentProps['loaderData']): ReactNode {
  const { t, href } = usePage();
  return (
    <Side>
      <Fact title={t('table.domain')}>{domain.life ? <a href={href(`/life/${domain.id}`)}><Text of={domain.name} /></a> : <Text of={domain.name} />}</Fact>
      <Fact title={t('side.kind')}>{t(`indicator-kind.${kind}`)}</Fact>
      {scope === undefined ? null : <Fact title={t('side.scope')}><span lang="zh-CN">{scope}</span></Fact>}
      <Fact title={t('side.attribute')}>{attribute === 'unfilled' ? <><Tag kind="unfilled" /> {t('side.attribute-unfilled')}</> : t(`attribute.${attribute}`)}</Fact>
      {unitPrinted ? null : <Fact title={t('side.unit')}>{t('side.unit-unprinted')}</Fact>}
      <Fact title={t('side.owner')}>{owner ? <Text of={owner} /> : <><Tag kind="unfilled" /> {t('side.owner-unfilled')}</>}</Fact>
      {continues ? <Fact title={t('side.continues')}><a href={href(`/indicators/${continues.id}`)}><Text of={continues.name} /></a></Fact> : null}
      {continuedBy ? <Fact title={t('side.continued-by')}><a href={href(`/indicators/${continuedBy.id}`)}><Text of={continuedBy.name} /></a></Fact> : null}
      <Fact title={t('side.cite')}><Cite of={cited} /></Fact>
    </Side>
  );
}
