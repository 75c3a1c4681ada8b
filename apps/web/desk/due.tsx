import type { ReactNode } from 'react';
import { Form } from 'react-router';
import { DUE_KINDS, plainCount, plainSchedule } from '#engine/delivery/index.ts';
import type { ScheduleCount } from '#engine/delivery/index.ts';
import { say } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import type { City } from '#engine/city.ts';
import type { Route } from './+types/due.ts';
import { asked } from '../context.ts';
import { countedElsewhere, elsewhereWords } from './elsewhere.ts';
import { Demo } from './demo.tsx';
import { deskWords, useDesk } from './words.ts';
import type { DeskWords } from './words.ts';
import { Scroll } from './scroll.tsx';

/** How things stand, as columns; `late` is told beside what is unrecorded. */
const COLUMNS = [...DUE_KINDS, 'late'] as const;

/** Who is due for what, counted over everybody who is loaded: by list and item, and one list by county. */
export function loader(args: Route.LoaderArgs) {
  const { city, locale, query } = asked(args);
  const t = deskWords(locale);
  const counts = city.dueCounts() ?? [];
  const chosen = counts.find(({ linked }) => linked.schedule.id === query.get('list')) ?? counts[0];
  const { population } = city;
  return {
    people: population && counts.length > 0 ? { count: population.people, synthetic: population.kind === 'synthetic', standsFor: population.standsFor, elsewhere: elsewhereWords(city, locale, t) } : null,
    lists: counts.map(({ linked: { schedule }, followed, unknown }) => ({ id: schedule.id, name: say(schedule.name, locale), followed, unknown })),
    chosen: chosen && tableOf(city, chosen, locale, t),
  };
}

function tableOf(city: City, count: ScheduleCount, locale: Locale, t: DeskWords) {
  const { pack } = city;
  const { schedule } = count.linked;
  const plain = plainCount(count);
  const elsewhere = countedElsewhere(city);
  const isKept = ({ county }: { readonly county: string | null }): boolean => county === null || !elsewhere.has(county);
  const counties = plain.items[0]?.counties.filter(isKept).map(({ county }) => county) ?? [];
  const by = pack.departments.get(schedule.by.department);
  return {
    demo: plainSchedule(count.linked).items.filter(({ edition }) => edition.demo).map(({ item }) => item),
    id: schedule.id, name: say(schedule.name, locale), service: schedule.service, recorded: count.recorded, unpromised: count.unpromised, undated: count.undated,
    columns: COLUMNS, by: t('due.by', { department: by ? say(by.name, locale) : schedule.by.department, level: t(`due.level-${schedule.by.level}`) }),
    note: schedule.note ? say(schedule.note, locale) : null,
    items: plain.items.map(({ item, name, counts }) => ({ item, name: say(name, locale), counts: COLUMNS.map((kind) => counts[kind]) })),
    counties: counties.map((id) => say(pack.divisions.get(id ?? '')?.name ?? { zh: t('due.nowhere') }, locale)),
    open: plain.items.map(({ item, name, counties: own }) => ({ item, name: say(name, locale), cells: own.filter(isKept).map(({ counts: { due, overdue, unrecorded, late } }) => (due === null || overdue === null || unrecorded === null || late === null ? null : due + overdue + unrecorded - late)) })),
  };
}

export default function Due({ loaderData: { people, lists, chosen } }: Route.ComponentProps): ReactNode {
  const { t, locale } = useDesk();
  return (
    <>
      <title>{t('due.title')}</title>
      <h1>{t('due.title')}</h1>
      <p className="desk-lead">{t('due.lead')}</p>
      {people === null ? <p className="desk-note" role="status">{t('simulate.nobody')}</p> : <p className="desk-note"><b>{t(people.synthetic ? 'simulate.synthetic' : 'simulate.real')}</b> {t('simulate.size', { count: people.count.toLocaleString('en'), scale: people.standsFor.toLocaleString('en') })} {people.elsewhere.join(' ')}</p>}
      {chosen ? (
        <>
          <Form className="desk-form" method="get">
            <label>{t('due.list')}<select name="list" defaultValue={chosen.id}>{lists.map(({ id, name, followed }) => <option key={id} value={id}>{t('due.option', { name, count: followed.toLocaleString('en') })}</option>)}</select></label>
            {locale === 'en' ? <input type="hidden" name="lang" value="en" /> : null}
            <button type="submit">{t('due.go')}</button>
          </Form>
          <List of={chosen} />
        </>
      ) : null}
    </>
  );
}

type Chosen = NonNullable<Route.ComponentProps['loaderData']['chosen']>;

function List({ of }: { readonly of: Chosen }): ReactNode {
  const { t } = useDesk();
  return (
    <>
      <h2><a href={`/services/${of.service}`}>{of.name}</a></h2>
      {of.demo.length === 0 ? null : <p className="desk-muted" data-of="demo"><span className="desk-demo">{t('demo.tag')}</span> {t('due.demo', { of: of.items.length, count: of.demo.length })}</p>}
      <p>{of.by}</p>
      {of.recorded ? null : <p className="desk-note">{t('due.no-records')}</p>}
      {of.unpromised > 0 ? <p className="desk-muted">{t('due.unpromised', { count: of.unpromised.toLocaleString('en') })}</p> : null}
      {of.undated > 0 ? <p className="desk-muted">{t('due.undated', { count: of.undated.toLocaleString('en') })}</p> : null}
      <Scroll label={t('due.by-item')}>
        <table className="desk-plain" id="items">
          <caption>{t('due.by-item')}</caption>
          <thead><tr><th scope="col">{t('due.item')}</th>{of.columns.map((kind) => <th scope="col" className="desk-num" key={kind}>{t(`due.kind-${kind}`)}</th>)}</tr></thead>
          <tbody>{of.items.map(({ item, name, counts }) => <tr key={item}><th scope="row">{name}<Demo is={of.demo.includes(item)} /></th>{counts.map((count, at) => <td className="desk-num" key={of.columns[at]}>{count.toLocaleString('en')}</td>)}</tr>)}</tbody>
        </table>
      </Scroll>
      <Scroll label={t('due.by-county')}>
        <table className="desk-plain" id="counties">
          <caption>{t('due.by-county')}</caption>
          <thead><tr><th scope="col">{t('due.item')}</th>{of.counties.map((name) => <th scope="col" className="desk-num" key={name}>{name}</th>)}</tr></thead>
          <tbody>{of.open.map(({ item, name, cells }) => <tr key={item}><th scope="row">{name}<Demo is={of.demo.includes(item)} /></th>{cells.map((count, at) => <td className="desk-num" key={of.counties[at]}>{count === null ? t('scope.few') : count.toLocaleString('en')}</td>)}</tr>)}</tbody>
        </table>
      </Scroll>
      {of.note === null ? null : <p className="desk-muted">{of.note}</p>}
    </>
  );
}

