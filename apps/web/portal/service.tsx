import type { ReactNode } from 'react';
import type { Route } from './+types/service.ts';
import { asked, foundOrThrow } from '../context.ts';
import { quantity } from '../format.ts';
import { Head, Text, usePage } from '../page.tsx';
import { Answer, Cite, Crumbs, Fact, Printed, Side, Tag, Title } from './parts/blocks.tsx';
import { FindingsAbout } from './parts/finding.tsx';
import { ServiceList } from './parts/lists.tsx';
import { Audience, How, Payers, Standard } from './parts/service.tsx';
import { Executable } from './parts/executable.tsx';
import { Timetable } from './due/timetable.tsx';
import { timetablesOf } from './due/view.ts';
import { foundAbout } from './found.ts';
import { indicatorView, indicatorWith } from './indicator-view.ts';
import { citedIn, lineOf } from './shape.ts';
import { standardView } from './standard-view.ts';

export function loader(args: Route.LoaderArgs) {
  const { city, locale } = asked(args);
  const { services, plan, departments, units, indicators, events } = city.pack;
  const service = foundOrThrow(services.get(args.params.id));
  const domain = foundOrThrow(plan.domains.find(({ id }) => id === service.domain));
  const neighbours = city.servicesOf(service.domain);
  const here = neighbours.findIndex(({ id }) => id === service.id);
  const related = service.related?.flatMap((id) => services.get(id) ?? []) ?? [...neighbours.slice(here + 1), ...neighbours.slice(0, here)].slice(0, 4);
  return {
    ...lineOf(service), domain, audience: service.audience, how: service.how, payers: service.payers,
    printed: { standard: service.printed.standard, text: service.printed.standardText, payer: service.printed.payer, quantities: service.printed.quantities.map((one) => ({ name: one.name, op: one.op, role: one.role, value: one.value ? quantity(one.value, units.get(one.unit), locale) : one.text })) },
    owner: service.owner === 'unfilled' ? undefined : departments.get(service.owner)?.name,
    cited: citedIn(city, service.cite),
    found: foundAbout(city, [service.id], service.cite, locale),
    related: related.map(lineOf), chosen: service.related !== undefined,
    events: [...events.values()].filter((event) => event.services.includes(service.id)).map(({ id, name }) => ({ id, name })),
    feeds: [...new Set(service.feeds.flatMap((id) => indicatorWith(indicators.values(), id) ?? []))].map((indicator) => indicatorView(city, indicator, locale)),
    hotline: plan.hotline, rule: standardView(city, service, locale), timetables: timetablesOf(city, service, locale),
  };
}

export default function Service({ loaderData }: Route.ComponentProps): ReactNode {
  const { name, gives, domain, printed, cited, found, related, chosen } = loaderData;
  const { t, say, href } = usePage();
  return (
    <>
      <Head title={say(name)} description={`${say(loaderData.for)}${t('colon')}${say(gives)}`} />
      <Crumbs to={domain.life ? [[`/life/${domain.id}`, say(domain.life)]] : [['/services', t('services.title')]]} />
      <div className="page">
        <div>
          <Title lead={gives.zh === name.zh ? undefined : <Text of={gives} />}><Text of={name} /></Title>
          <Answer><Standard money={loaderData.kinds[0] === 'cash'} printed={printed} /></Answer>
          <section><h2>{t('service.who')}</h2><Audience says={loaderData.for} groups={loaderData.audience.groups} conditions={loaderData.audience.conditions} cited={cited} /></section>
          {loaderData.rule ? <Executable id={loaderData.id} rule={loaderData.rule} /> : <section id="not-per-person"><h2>{t('service.not-per-person')}</h2><p>{t(loaderData.timetables.length > 0 ? 'service.not-per-person-list' : 'service.not-per-person-says')}</p></section>}
          {loaderData.timetables.map((one) => <Timetable key={one.id} of={one} service={loaderData.id} />)}
          <section><h2>{t('service.how')}</h2><How how={loaderData.how} hotline={loaderData.hotline} /></section>
          <section><h2>{t('service.payer')}</h2><Payers printed={printed.payer} payers={loaderData.payers} /></section>
          <section><h2>{t('printed.title')}</h2><Printed of={cited} /></section>
          <FindingsAbout found={found} />
          <section><h2>{t('service.own')}</h2><p><a href={href(`/my/services/${loaderData.id}`)}>{t('service.own-mine')}</a> · <a href={href('/my/voice/new', { about: `service:${loaderData.id}` })}>{t('service.own-voice')}</a></p></section>
        </div>
        <ServiceSide {...loaderData} />
      </div>
      {related.length > 0 ? <section className="related"><h2>{chosen ? t('service.related') : t('service.nearby', { domain: say(domain.life ?? domain.name) })}</h2><ServiceList services={related} /></section> : null}
    </>
  );
}

function ServiceSide({ kinds, owner, cited, feeds, events, hotline }: Route.ComponentProps['loaderData']): ReactNode {
  const { t, say, href } = usePage();
  return (
    <Side>
      <Fact title={t('side.kind')}>{kinds.map((kind) => t(`kind.${kind}`)).join(t('list.and'))}</Fact>
      <Fact title={t('side.owner')}>{owner ? <Text of={owner} /> : <><Tag kind="unfilled" /> {t('side.owner-unfilled')}</>}</Fact>
      {events.length > 0 ? <Fact title={t('side.events')}>{events.map(({ id, name }, index) => <span key={id}>{index > 0 ? t('list.and') : ''}<a href={href(`/events/${id}`)}><Text of={name} /></a></span>)}</Fact> : null}
      {feeds.length > 0 ? <Fact title={t('side.feeds')}>{feeds.map((indicator) => <p key={indicator.id}><a href={href(`/indicators/${indicator.id}`)}><Text of={indicator.name} /></a> {indicator.pairs[0]?.base} → {indicator.pairs[0]?.target}</p>)}</Fact> : null}
      <Fact title={t('side.cite')}><Cite of={cited} /></Fact>
      <Fact title={t('side.near')}><a href={href('/near')}>{t('side.near-link')}</a></Fact>
      <Fact title={t('side.ask')}><a href={`tel:${hotline.phone}`}>{hotline.phone}</a> {say(hotline.name)}</Fact>
    </Side>
  );
}
