import type { ReactNode } from 'react';
import type { Route } from './+types/print.ts';
import { day } from '../../format.ts';
import { Head, Text, usePage, useSite } from '../../page.tsx';
import { Crumbs } from '../parts/blocks.tsx';
import { ownLines } from './lines.ts';
import type { OwnLine } from './lines.ts';
import { moneyView } from './money-view.ts';
import { ownEntitlements } from './own.ts';

/** All of it on one page in large type, to be read at home or taken to the counter. */
export async function loader(args: Route.LoaderArgs) {
  const { city, affairs, explained, locale, visitor } = await ownEntitlements(args);
  return { number: visitor.about, name: visitor.acting ? (visitor.acting.name ?? '') : visitor.name, today: city.today, hotline: city.pack.plan.hotline, money: moneyView(city, affairs, locale), lines: ownLines(city, affairs, explained ?? [], locale), isRead: explained !== undefined };
}

export default function Print({ loaderData: { number, name, today, hotline, money, lines, isRead } }: Route.ComponentProps): ReactNode {
  const { t, say, locale } = usePage();
  const centre = useSite()?.centre;
  const isDemo = [...lines.have, ...lines.open, ...money.rows.flatMap(({ says }) => says)].some(({ demo }) => demo);
  return (
    <>
      <Head title={t('my.print')} />
      <div className="no-print"><Crumbs to={[['/my', t('my.title')]]} /></div>
      <article className="sheet">
        <header>
          <h1>{t('my.sheet-title', { name })}</h1>
          <p>{day(today, locale)} · {t('my.number', { number })}</p>
          <p className="call"><b>{hotline.phone}</b> {say(hotline.name)}{hotline.hours === 'unfilled' ? '' : ` · ${say(hotline.hours)}`}</p>
          {centre ? <p>{say(centre.name)}</p> : null}
          <div className="tools" hidden><button type="button" data-print="">{t('print')}</button></div>
        </header>
        {isRead ? null : <p><b>{t('my.unread-says', { phone: hotline.phone })}</b></p>}
        <section id="money">
          <h2>{t('my.money')}</h2>
          {money.came === undefined ? <p>{t('my.came-none')}</p> : <p><b>{t('my.came', { amount: money.came })}</b></p>}
          {money.coming === undefined ? null : <p>{t('my.on-its-way', { amount: money.coming })}</p>}
          {money.debts.map(({ id, name: of, amount, objected }) => <p key={id}><b>{t('my.debt', { service: say(of), amount })}</b> {t(objected ? 'my.debt-objected' : 'my.debt-says')}</p>)}
          <ul>{money.rows.map(({ id, name: of, says }) => <li key={id}><b><Text of={of} /></b>{says.map(({ text, demo }) => <p key={text}>{text}{demo ? ' *' : ''}</p>)}</li>)}</ul>
        </section>
        {lines.asks.length === 0 ? null : <section><h2>{t('my.sheet-asks')}</h2><ul>{lines.asks.map(({ path, says }) => <li key={path}>{says}</li>)}</ul></section>}
        <Part title={t('my.sheet-have')} lines={lines.have} />
        <Part title={t('my.sheet-open')} lines={lines.open} />
        <Part title={t('my.undecided')} lines={lines.undecided} />
        {lines.unsigned.length === 0 ? null : <p>{t('my.unsigned')}{lines.unsigned.map(({ name: of }) => say(of)).join(t('list.comma'))}{t('my.unsigned-says', { phone: hotline.phone })}</p>}
        <Part title={t('my.near')} lines={lines.near} />
        <Part title={t('my.coming')} lines={lines.coming} />
        <footer>
          {isDemo ? <p>{t('my.sheet-demo')}</p> : null}
          <p>{t('my.sheet-wrong', { phone: hotline.phone })}</p>
        </footer>
      </article>
    </>
  );
}

function Part({ title, lines }: { readonly title: string; readonly lines: readonly OwnLine[] }): ReactNode {
  if (lines.length === 0) return null;
  return <section><h2>{title}</h2><ul>{lines.map(({ id, name, amount, demo, says }) => <li key={id}><b><Text of={name} /></b>{amount === undefined ? null : <> <b>{amount}{demo ? ' *' : ''}</b></>}<p>{says}</p></li>)}</ul></section>;
}
