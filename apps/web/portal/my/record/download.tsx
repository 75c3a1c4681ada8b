import type { ReactNode } from 'react';
import { parseDate } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import type { Route } from './+types/download.ts';
import { foundOrThrow, signedInForSelf } from '../../../context.ts';
import { day } from '../../../format.ts';
import { Head, usePage } from '../../../page.tsx';
import { Crumbs, Jump, Title } from '../../parts/blocks.tsx';
import { dayText } from '#engine/rules/index.ts';
import { takeAlong } from './take-along.ts';
import { purposeWords } from './words.ts';

/** Everything about somebody on one page, and as a file; only for whoever has just proved who they are. */
export async function loader(args: Route.LoaderArgs) {
  const { city, visitor, locale, query } = signedInForSelf(args);
  const record = foundOrThrow(city.record);
  if (!record.provedLately(visitor.provenAt)) return { kind: 'prove' as const };
  if (query.get('show') !== '1') return { kind: 'ready' as const };
  return { kind: 'all' as const, all: foundOrThrow(await takeAlong(city, visitor.principal, visitor.name, locale)) };
}

type All = Extract<Route.ComponentProps['loaderData'], { kind: 'all' }>['all'];

export default function Download({ loaderData }: Route.ComponentProps): ReactNode {
  const { t, href } = usePage();
  return (
    <>
      <Head title={t('record.download.title')} />
      <Crumbs to={[['/my', t('my.title')]]} />
      <Title lead={t('record.download.lead')}>{t('record.download.title')}</Title>
      {loaderData.kind === 'prove' ? (
        <section className="read">
          <p>{t('record.download.prove')}</p>
          <p className="buttons"><a className="button" href={href('/sign-in', { to: href('/my/download'), again: '1' })}>{t('record.download.sign-in')}</a></p>
        </section>
      ) : (
        <p className="buttons"><a className="button" href={href('/my/download.json')}>{t('record.download.file')}</a>{loaderData.kind === 'ready' ? <a className="button plain" href={href('/my/download', { show: '1' })}>{t('record.download.page')}</a> : null}</p>
      )}
      {loaderData.kind === 'all' ? <Everything all={loaderData.all} /> : null}
    </>
  );
}

function Everything({ all }: { readonly all: All }): ReactNode {
  const { t, locale } = usePage();
  const { facts, entitlements, cases, notices, payments, accounts, accesses } = all;
  return (
    <>
      <Jump to={[['facts', t('record.download.facts'), facts.length], ['entitlements', t('record.download.entitlements'), entitlements.length], ['cases', t('record.download.cases'), cases.length], ['notices', t('record.download.notices'), notices.length], ['payments', t('record.download.payments'), payments.length], ['accounts', t('my.account.title'), accounts.length], ['accesses', t('record.download.accesses'), accesses.length]]} />
      <section id="facts"><h2>{t('record.download.facts')}</h2><ul className="rows">{facts.map(({ fact, no, label, value, from }) => <li key={`${fact} ${no ?? ''}`}><h3>{label}</h3><p>{value}</p>{from ? <p className="muted">{t('record.as-of', { day: dayOf(from.observedOn, locale), who: from.department })}</p> : null}</li>)}</ul></section>
      <section id="entitlements"><h2>{t('record.download.entitlements')}</h2><ul className="rows">{entitlements.map(({ service, name, answer, reasons }) => <li key={service}><h3>{locale === 'en' ? (name.en ?? name.zh) : name.zh}</h3><p>{answer}</p>{reasons.map(({ clause, says }) => <p className="muted" key={clause}>{says}</p>)}</li>)}</ul></section>
      <Entries id="cases" title={t('record.download.cases')} all={cases} />
      <Entries id="notices" title={t('record.download.notices')} all={notices} />
      <section id="payments"><h2>{t('record.download.payments')}</h2>{payments.length === 0 ? <p>{t('record.download.nothing')}</p> : <ul className="rows">{payments.map(({ service, name, period, kind, amountFen, bookedAt }, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines of one booking may be alike
        <li key={`${service} ${period} ${bookedAt} ${at}`}><h3>{name}</h3><p>{t('record.download.line', { period: period === 0 ? '—' : String(period), kind, amount: (amountFen / 100).toFixed(2) })}</p></li>))}</ul>}</section>
      <section id="accounts"><h2>{t('my.account.title')}</h2>{accounts.length === 0 ? <p>{t('record.download.nothing')}</p> : <ul className="rows">{accounts.map(({ number, says, chosenOn }) => <li key={number}><h3>{says}</h3><p>{day(chosenOn, locale)}</p></li>)}</ul>}</section>
      <section id="accesses"><h2>{t('record.download.accesses')}</h2><ul className="rows">{accesses.map(({ on, time, by, who, purpose }, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- looks of one minute have nothing else to tell them apart
        <li key={`${on} ${time} ${at}`}><h3>{by.kind === 'department' ? who : t(`record.by.${by.kind}`)}</h3> <span className="kind">{day(on, locale)} {time}</span><p>{purposeWords(purpose, t, locale)}</p></li>))}</ul></section>
    </>
  );
}

function Entries({ id, title, all }: { readonly id: string; readonly title: string; readonly all: All['cases'] }): ReactNode {
  const { t } = usePage();
  return (
    <section id={id}>
      <h2>{title}</h2>
      {all.length === 0 ? <p>{t('record.download.nothing')}</p> : <ul className="rows">{all.map(({ stream, sequence, kind, at, payload }) => <li key={`${stream} ${sequence}`}><h3>{kind}</h3> <span className="kind">{at.slice(0, 16).replace('T', ' ')} UTC</span><details className="muted"><summary>{t('record.download.contents')}</summary><pre>{JSON.stringify(payload, null, 1)}</pre></details></li>)}</ul>}
    </section>
  );
}

function dayOf(on: number, locale: Locale): string {
  const date = parseDate(dayText(on));
  return date ? day(date, locale) : String(on);
}
