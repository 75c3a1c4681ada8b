import type { ReactNode } from 'react';
import type { Route } from './+types/components.ts';
import { asked } from '../context.ts';
import { Head, usePage, useSite } from '../page.tsx';
import { Answer, Cite, Crumbs, Fact, Jump, Note, Printed, Side, Tag, Title } from './parts/blocks.tsx';
import { CentreList } from './parts/centre.tsx';
import { Finding } from './parts/finding.tsx';
import { IndicatorTable, Path, Scale } from './parts/indicator.tsx';
import { EventList, LifeStages, ServiceList } from './parts/lists.tsx';
import { SearchForm } from './parts/search-form.tsx';
import { Audience, Standard } from './parts/service.tsx';
import { TargetList } from './parts/target.tsx';
import { centreView } from './place.ts';
import { foundIn } from './found.ts';
import { indicatorView } from './indicator-view.ts';
import { citedIn, lifeStages, lineOf } from './shape.ts';
import { targetView } from './target-view.ts';

/** Every component of the portal with real records, on one page: for those who build and those who review. */
export function loader(args: Route.LoaderArgs) {
  const { city, locale } = asked(args);
  const { plan, services, indicators, targets, centres } = city.pack;
  const all = [...services.values()];
  const service = all.find(({ printed }) => printed.standard === 'given') ?? all[0];
  return {
    domains: lifeStages(plan), hotline: plan.hotline.phone,
    services: all.slice(0, 2).map(lineOf), events: city.lifeEvents().slice(0, 4).map(({ id, name }) => ({ id, name })),
    service: service && { money: service.kind === 'cash', for: service.for, audience: service.audience, printed: { standard: service.printed.standard, text: service.printed.standardText, quantities: [] }, cited: citedIn(city, service.cite) },
    indicators: [...indicators.values()].slice(-3).map((one) => indicatorView(city, one, locale)),
    targets: [...targets.values()].slice(0, 1).map((one) => targetView(city, one, locale)),
    centres: [...centres.values()].slice(0, 1).map((centre) => centreView(centre, city.pack)),
    findings: foundIn(city, city.findings.slice(0, 1), locale),
  };
}

export default function Components({ loaderData }: Route.ComponentProps): ReactNode {
  const { domains, services, events, service, indicators, targets, centres, findings, hotline } = loaderData;
  const { t } = usePage();
  const site = useSite();
  return (
    <>
      <Head title={t('components.title')} description={t('components.lead')} />
      <meta name="robots" content="noindex" />
      <Crumbs to={[['/about', t('about.title')]]} />
      <Title lead={t('components.lead')}>{t('components.title')}</Title>
      <Jump to={[['shown', 'Jump', 2]]} />
      <SearchForm />
      <LifeStages domains={domains} />
      <EventList events={events} />
      <div className="page" id="shown">
        <div>
          {service ? <><Answer><Standard money={service.money} printed={service.printed} /></Answer><Audience says={service.for} groups={service.audience.groups} conditions={service.audience.conditions} cited={service.cited} /><Printed of={service.cited} /></> : null}
          <Note title="Note">{t('service.how-unfilled')}</Note>
          <Note title="Note" tone="plain">{t('near.lead')}</Note>
          {indicators.flatMap(({ pairs, years, id }) => pairs.map((pair) => <Answer key={`${id} ${pair.id}`}><p className="judgement">{pair.judgement}</p><Path pair={pair} years={years} /><Scale pair={pair} years={years} /></Answer>))}
          <p className="buttons"><a className="button" href="#main">{t('search.go')}</a> <a className="button plain" href="#main">{t('trouble.home')}</a></p>
        </div>
        <Side>
          <Fact title={t('side.state')}><Tag kind="running" /> <Tag kind="in-pack" /> <Tag kind="not-yet" /> <Tag kind="demo" /> <Tag kind="parameter" /> <Tag kind="unfilled" /></Fact>
          {service ? <Fact title={t('side.cite')}><Cite of={service.cited} /></Fact> : null}
          <Fact title={t('side.ask')}>{site?.hotline.phone}</Fact>
        </Side>
      </div>
      <ServiceList services={services} />
      <IndicatorTable indicators={indicators} caption={t('plan-indicators.caption', { count: indicators.length })} />
      <TargetList targets={targets} />
      <CentreList centres={centres} phone={hotline} />
      {findings.map((one) => <Finding key={one.code} of={one} subjects />)}
    </>
  );
}
