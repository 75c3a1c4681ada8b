import type { ReactNode } from 'react';
import type { DueItem } from '#engine/delivery/index.ts';
import { SHOWN_AS_DEMO } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { Locale, LocalName } from '#engine/kernel/index.ts';
import { dayText } from '#engine/rules/index.ts';
import type { Route } from './+types/due.ts';
import { asked, foundOrThrow } from '../../context.ts';
import { day } from '../../format.ts';
import { Head, Text, usePage } from '../../page.tsx';
import { wordsOf } from '../../words.ts';
import type { Say } from '../../words.ts';
import { Crumbs, Note, Scroll, Title } from '../parts/blocks.tsx';
import { askedOf, queryOf } from './asked.ts';
import type { Asked } from './asked.ts';
import { spanText } from './view.ts';

/** What was typed stands in the address alone: nobody keeps the page, and no other site is told the address. */
export const headers = (): Record<string, string> => ({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });

interface Row {
  readonly id: string;
  readonly name: LocalName;
  readonly from: string;
  readonly until: string | undefined;
  readonly now: string;
}

export function loader(args: Route.LoaderArgs) {
  const { city, locale, query } = asked(args);
  const service = foundOrThrow(city.pack.services.get(args.params.id));
  const found = foundOrThrow(askedOf(city, service, query));
  const { schedule } = found.linked;
  const { answer } = found;
  const items = (answer?.items ?? []).toSorted((a, b) => (a.from ?? 0) - (b.from ?? 0));
  return {
    service: { id: service.id, name: service.name }, list: schedule.id, name: schedule.name, note: schedule.note, today: city.today,
    fields: found.fields, query: queryOf(found), hotline: city.pack.plan.hotline,
    answer: answer && {
      followed: answer.followed, demo: items.some(({ edition }) => SHOWN_AS_DEMO.has(edition.confidence)),
      coming: items.filter((one) => isComing(one)).map((one) => rowOf(one, locale)),
      come: items.filter((one) => one.from !== undefined && !isComing(one)).map((one) => rowOf(one, locale)),
      undated: items.filter(({ from }) => from === undefined).map(({ item: { id, name } }) => ({ id, name })),
      unpromised: answer.unpromised.map(({ id, name }) => ({ id, name })),
    },
  };
}

/** Not yet begun, or begun and not over. */
export function isComing({ kind, from, until, daysLate, item }: DueItem): boolean {
  return from !== undefined && (kind === 'upcoming' || (kind === 'unrecorded' && daysLate === 0 && (until !== undefined || item.every !== undefined)));
}

function rowOf(one: DueItem, locale: Locale): Row {
  const { item, from, until } = one;
  const t = wordsOf(locale);
  const state = stateOf(one, t);
  const text = (on: number | undefined): string | undefined => {
    const date = on === undefined ? undefined : parseDate(dayText(on));
    return date && day(date, locale);
  };
  return { id: item.id, name: item.name, from: text(from) ?? '', until: text(until), now: item.every ? `${state}${t('due.and')}${t('due.every', { span: spanText(item.every, t) })}` : state };
}

/** How an item stands for somebody of whom nobody has a record. */
function stateOf({ kind, until, item, daysLate }: DueItem, t: Say): string {
  if (kind === 'unsettled') return t('due.unsettled');
  if (kind !== 'unrecorded') return t('due.not-yet');
  if (daysLate > 0) return t('due.past', { count: daysLate });
  return t(until === undefined && !item.every ? 'due.began' : 'due.now');
}

type Loaded = Route.ComponentProps['loaderData'];

export default function Due({ loaderData }: Route.ComponentProps): ReactNode {
  const { service, name, note, answer, hotline, query, today } = loaderData;
  const { t, say, href, locale } = usePage();
  return (
    <>
      <Head title={say(name)} />
      <Crumbs to={[[`/services/${service.id}`, say(service.name)]]} />
      <Title lead={t('due.lead')}><Text of={name} /></Title>
      <Form {...loaderData} />
      {answer === undefined ? null : (
        <>
          <p className="muted">{t('due.as-of', { day: day(today, locale) })}</p>
          {answer.followed === 'no' ? <Note title={t('due.not-followed')}><p>{t('due.not-followed-says', { phone: hotline.phone })}</p></Note> : null}
          {answer.demo ? <Note title={t('due.demo')}><p>{note ? <Text of={note} /> : t('due.demo-says')}</p></Note> : null}
          <Rows title={t('due.coming')} rows={answer.coming} />
          <Rows title={t('due.come')} rows={answer.come} says={t('due.come-says')} />
          <Names title={t('due.undated')} says={t('due.undated-says')} of={answer.undated} />
          <Names title={t('due.unpromised')} says={t('due.unpromised-says', { phone: hotline.phone })} of={answer.unpromised} />
          {answer.coming.length === 0 ? null : <p className="buttons"><a className="button" href={`/services/${service.id}/due.ics?${new URLSearchParams({ ...query, ...(locale === 'en' ? { lang: 'en' } : {}) }).toString()}`} download={`${service.id}.ics`}>{t('due.calendar')}</a></p>}
          <p className="muted">{t('due.kept')}</p>
        </>
      )}
      <p className="no-print"><a href={href(`/services/${service.id}`)}>{t('due.back')}</a></p>
    </>
  );
}

function Form({ service, list, fields }: Loaded): ReactNode {
  const { t, say, href } = usePage();
  const [, kept = ''] = href('/', { list }).split('?');
  const wrong = fields.some((field) => field.wrong);
  return (
    <form className="due no-print" method="get" action={`/services/${service.id}/due`}>
      {[...new URLSearchParams(kept)].map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      {wrong ? <p className="mistake" id="mistake"><b>{t('entitled.mistake')}</b>{t('due.mistake')}</p> : null}
      {fields.map((field: Asked['fields'][number], at) => (
        <p className="typed" key={field.name}>
          <label htmlFor={`f${at}`}>{say(field.label)}</label>
          {field.options ? (
            <select id={`f${at}`} name={field.name} defaultValue={field.typed}><option value="">{t('due.choose')}</option>{field.options.map((option) => <option key={option} value={option} lang="zh-CN">{option}</option>)}</select>
          ) : <input id={`f${at}`} name={field.name} type="date" min="1900-01-01" max="2100-12-31" defaultValue={field.typed} aria-describedby={field.wrong ? 'mistake' : undefined} />}
        </p>
      ))}
      <p className="buttons"><button className="button" type="submit">{t('due.go')}</button></p>
    </form>
  );
}

function Rows({ title, rows, says }: { readonly title: string; readonly rows: readonly Row[]; readonly says?: string }): ReactNode {
  const { t } = usePage();
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>{title} <span className="count">{rows.length}</span></h2>
      {says === undefined ? null : <p className="muted">{says}</p>}
      <Scroll label={title}>
        <table>
          <caption className="away">{title}</caption>
          <thead><tr><th scope="col">{t('due.day')}</th><th scope="col">{t('due.what')}</th><th scope="col">{t('due.state')}</th></tr></thead>
          <tbody>{rows.map(({ id, name, from, until, now }) => <tr key={id}><td>{until === undefined ? t('due.since', { from }) : t('due.between', { from, until })}</td><th scope="row"><Text of={name} /></th><td>{now}</td></tr>)}</tbody>
        </table>
      </Scroll>
    </section>
  );
}

function Names({ title, says, of }: { readonly title: string; readonly says: string; readonly of: readonly { readonly id: string; readonly name: LocalName }[] }): ReactNode {
  const { t, say } = usePage();
  if (of.length === 0) return null;
  return <section><h2>{title} <span className="count">{of.length}</span></h2><p>{says}</p><p className="muted">{of.map(({ name }) => say(name)).join(t('entitled.list'))}</p></section>;
}
