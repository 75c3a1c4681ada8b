import type { ReactNode } from 'react';
import type { Route } from './+types/home.ts';
import { day } from '../../format.ts';
import { Head, Text, usePage } from '../../page.tsx';
import type { MessageId } from '../../words.ts';
import { Note, Tag, Title } from '../parts/blocks.tsx';
import { ownLines } from './lines.ts';
import { moneyView } from './money-view.ts';
import { ownEntitlements } from './own.ts';
import { Large } from './parts/large.tsx';
import { Asks, Lines, Section } from './parts/lines.tsx';
import { Money } from './parts/money.tsx';

/** Further pages of a resident, below everything else. */
const MORE: readonly (readonly [path: string, name: MessageId])[] = [
  ['/my/notices', 'my.notices'],
  ['/my/account', 'my.account.title'],
  ['/my/contact', 'contact.title'],
  ['/my/facts', 'record.facts.title'],
  ['/my/access', 'record.access.title'],
  ['/my/voice', 'voice.mine.title'],
  ['/my/reconsideration', 'remedy.title'],
  ['/my/family', 'family.title'],
  ['/my/proofs', 'proofs.title'],
  ['/my/sessions', 'record.sessions.title'],
  ['/my/download', 'record.download.title'],
  ['/my/print', 'my.print'],
];

/** All that is somebody's: what came, what waits for them, what is open, what they missed, what will change. */
export async function loader(args: Route.LoaderArgs) {
  const { city, affairs, explained, locale } = await ownEntitlements(args);
  return {
    today: city.today, drawn: city.population?.kind === 'synthetic', isRead: explained !== undefined, hotline: city.pack.plan.hotline,
    money: moneyView(city, affairs, locale), lines: ownLines(city, affairs, explained ?? [], locale), notices: affairs.notices.length,
  };
}

export default function MyHome({ loaderData }: Route.ComponentProps): ReactNode {
  const { money, lines, today, drawn, isRead, hotline } = loaderData;
  const { t, large, href, locale } = usePage();
  if (large) return <Large money={money} asks={lines.asks.length} undecided={lines.undecided.length + lines.unsigned.length} phone={hotline.phone} />;
  const besides = lines.have.filter(({ id }) => !money.rows.some((row) => row.id === id));
  return (
    <>
      <Head title={t('my.title')} />
      <Title>{t('my.title')}</Title>
      <p className="muted">{t('my.as-of', { day: day(today, locale) })} {drawn ? <><Tag kind="demo" /> {t('my.drawn')}</> : null}</p>
      {isRead ? null : <Note title={t('my.unread')}><p>{t('my.unread-says', { phone: hotline.phone })}</p></Note>}
      <Section id="money" title={t('my.money')}><Money money={money} reasons={lines.have} /></Section>
      {besides.length === 0 ? null : <Section id="have" title={t('my.have')} count={besides.length}><Lines lines={besides} /></Section>}
      <Section id="open" title={t('my.open-title')} count={lines.asks.length + lines.open.length}>
        <Asks asks={lines.asks} />
        <Lines lines={lines.open} />
        {lines.asks.length + lines.open.length === 0 ? <p>{t('my.open-none')}</p> : null}
      </Section>
      <Section id="undecided" title={t('my.undecided')} count={lines.undecided.length + lines.unsigned.length}>
        <Lines lines={lines.undecided} />
        {lines.unsigned.length === 0 ? null : <p className="read">{t('my.unsigned')}{lines.unsigned.map(({ id, name }, at) => <span key={id}>{at === 0 ? '' : t('list.comma')}<a href={href(`/my/services/${id}`)}><Text of={name} /></a></span>)}{t('my.unsigned-says', { phone: hotline.phone })}</p>}
        {lines.undecided.length + lines.unsigned.length === 0 ? <p>{t('my.undecided-none')}</p> : null}
      </Section>
      {lines.near.length === 0 ? null : <Section id="near" title={t('my.near')} count={lines.near.length}><Lines lines={lines.near} /></Section>}
      {lines.coming.length === 0 ? null : <Section id="coming" title={t('my.coming')} count={lines.coming.length}><Lines lines={lines.coming} /></Section>}
      <Section id="more" title={t('my.more')}>
        <ul className="plain">{MORE.map(([path, name]) => <li key={path}><a href={href(path)}>{t(name)}</a></li>)}</ul>
      </Section>
    </>
  );
}
