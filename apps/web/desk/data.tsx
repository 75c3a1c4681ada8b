import type { ReactNode } from 'react';
import { say } from '#engine/kernel/index.ts';
import type { LocalName, Locale } from '#engine/kernel/index.ts';
import { plainQuality } from '#engine/population/index.ts';
import type { PlainQuality } from '#engine/population/index.ts';
import { shownOf } from '#engine/city.ts';
import type { Route } from './+types/data.ts';
import { asked } from '../context.ts';
import { deskWords, useDesk } from './words.ts';
import type { DeskMessage, DeskWords } from './words.ts';

interface Loaded {
  readonly quality: PlainQuality | null;
  readonly people: { readonly count: number; readonly synthetic: boolean; readonly standsFor: number; readonly drawn: boolean } | null;
  /** What is wrong with rows, by reason, in words. */
  readonly faults: Readonly<Record<string, string>>;
}

export function loader(args: Route.LoaderArgs): Loaded {
  const { city, locale } = asked(args);
  const t = deskWords(locale);
  const [quality, { population }] = [city.quality(), city];
  return {
    quality: quality && population ? plainQuality(city.pack, quality, shownOf(population)) : null,
    people: population ? { count: population.people, synthetic: population.kind === 'synthetic', standsFor: population.standsFor, drawn: (population.deliveries ?? []).length === 0 } : null,
    faults: Object.fromEntries(FAULTS.map((reason) => [reason, t(`fault.${reason}`)])),
  };
}

const FAULTS = ['wrong-kind', 'out-of-range', 'bad-code', 'not-a-date', 'key-missing', 'duplicate', 'orphan', 'id-malformed', 'id-check-digit', 'id-of-somebody', 'id-of-nobody'] as const;

export default function Data({ loaderData: { quality, people, faults } }: Route.ComponentProps): ReactNode {
  const { t } = useDesk();
  return (
    <>
      <title>{t('data.title')}</title>
      <h1>{t('data.title')}</h1>
      <p className="desk-lead">{t('data.lead')}</p>
      {people === null || quality === null ? <p className="desk-note" role="status">{t('data.nobody')}</p> : (
        <p className="desk-note"><b>{t(people.synthetic ? 'simulate.synthetic' : 'simulate.real')}</b> {t('simulate.size', { count: people.count.toLocaleString('en'), scale: people.standsFor.toLocaleString('en') })} {t('data.day', { day: quality.on })} {people.drawn ? t('data.drawn') : null}</p>
      )}
      {quality === null ? null : <Holders quality={quality} faults={faults} />}
    </>
  );
}

const HEADS = ['data.told', 'data.stale', 'data.foreign', 'data.conflicts', 'data.quarantined', 'data.newest', 'data.held'] as const satisfies readonly DeskMessage[];

function Holders({ quality, faults }: { readonly quality: PlainQuality; readonly faults: Loaded['faults'] }): ReactNode {
  const { t, locale } = useDesk();
  const sent = quality.holders.flatMap(({ quarantined }) => quarantined ?? []);
  return (
    <>
      <h2>{t('data.holders')}</h2>
      <div className="desk-scroll">
        <table className="desk-plain" id="holders">
          <thead><tr><th scope="col">{t('data.holder')}</th>{HEADS.map((id) => <th key={id} scope="col" className="desk-num">{t(id)}</th>)}</tr></thead>
          <tbody>
            {quality.holders.map((one) => (
              <tr key={one.department}>
                <th scope="row"><a href={`#${one.department}`}>{say(one.name, locale)}</a></th>
                <Shares of={one} />
                <td className="desk-num">{one.quarantined === null ? t('data.none') : grouped(one.quarantined)}</td><td className="desk-num">{one.newestOn ?? '—'}</td><td className="desk-num">{one.held} / {one.held - one.unsent.length}</td>
              </tr>
            ))}
            <tr><th scope="row"><b>{t('data.all')}</b></th><Shares of={quality} /><td className="desk-num">{sent.length === 0 ? t('data.none') : grouped(sent.reduce((sum, one) => sum + one, 0))}</td><td className="desk-num">{quality.holders.map(({ newestOn }) => newestOn ?? '').toSorted().at(-1) || '—'}</td><td className="desk-num">{sumOf(quality.holders, ({ held }) => held)} / {sumOf(quality.holders, ({ held, unsent }) => held - unsent.length)}</td></tr>
          </tbody>
        </table>
      </div>
      {quality.holders.map((one) => <Holder key={one.department} holder={one} faults={faults} />)}
    </>
  );
}

type Summed = Pick<PlainQuality, 'toldPercent' | 'stalePercent' | 'foreign' | 'conflicts'>;

function Shares({ of: { toldPercent, stalePercent, foreign, conflicts } }: { readonly of: Summed }): ReactNode {
  return <><td className="desk-num">{shareText(toldPercent)}</td><td className="desk-num">{shareText(stalePercent)}</td><td className="desk-num">{grouped(foreign)}</td><td className="desk-num">{grouped(conflicts)}</td></>;
}

type HolderLine = PlainQuality['holders'][number];
type FeedLine = HolderLine['feeds'][number];

function Holder({ holder, faults }: { readonly holder: HolderLine; readonly faults: Loaded['faults'] }): ReactNode {
  const { t, locale } = useDesk();
  const name = say(holder.name, locale);
  return (
    <details className="desk-open">
      <summary><h2>{t('data.opens', { department: name })}</h2></summary>
      {/* A link that leads into what is closed opens it. */}
      <div id={holder.department} />
      {holder.feeds.map((feed) => <Feed key={feed.feed} feed={feed} faults={faults} />)}
      {holder.unsent.length === 0 ? null : <details><summary>{t('data.unsent', { count: holder.unsent.length })}</summary><ul className="desk-places">{holder.unsent.map((one) => <li key={one.fact}>{say(one.name, locale)}</li>)}</ul></details>}
    </details>
  );
}

const FACT_HEADS = ['data.told', 'data.known', 'data.absent', 'data.stale', 'data.foreign', 'data.conflicts', 'data.drift'] as const satisfies readonly DeskMessage[];

function Feed({ feed, faults }: { readonly feed: FeedLine; readonly faults: Loaded['faults'] }): ReactNode {
  const { t, locale } = useDesk();
  const { delivery, oldestOn, newestOn } = feed;
  return (
    <section>
      <h3>{t('data.feed', { name: say(feed.name, locale), spoken: grouped(feed.spoken), rows: grouped(feed.rows) })}</h3>
      <p>{oldestOn === null || newestOn === null ? null : t('data.dates', { oldest: oldestOn, newest: newestOn })} {delivery ? t('data.delivery', { day: delivery.on, rows: grouped(delivery.rows), taken: grouped(delivery.taken), quarantined: grouped(delivery.quarantined) }) : null}</p>
      {delivery && delivery.faults.length > 0 ? <ul className="desk-places">{delivery.faults.map(({ column, reason, rows }) => <li key={`${column} ${reason}`}>{t('data.fault', { column, reason: faults[reason] ?? reason, rows: grouped(rows) })}</li>)}</ul> : null}
      {feed.facts.length === 0 ? null : (
        <table className="desk-plain" data-of="facts">
          <thead><tr><th scope="col">{t('data.fact')}</th>{FACT_HEADS.map((id) => <th key={id} scope="col" className="desk-num">{t(id)}</th>)}</tr></thead>
          <tbody>{feed.facts.map((one) => (
            <tr key={one.fact}>
              <th scope="row">{factName(one.name, one.received, locale, t)}</th><td className="desk-num">{shareText(one.toldPercent)}</td>
              <Count of={one.known} /><Count of={one.none} /><td className="desk-num">{shareText(one.stalePercent)}</td><Count of={one.foreign} /><Count of={one.conflicts} />
              <td className="desk-num">{one.drift === null ? '—' : t('data.points', { points: `${one.drift > 0 ? '+' : ''}${one.drift.toFixed(2)}` })}</td>
            </tr>
          ))}</tbody>
        </table>
      )}
    </section>
  );
}

function Count({ of }: { readonly of: number | null }): ReactNode {
  const { t } = useDesk();
  return <td className="desk-num">{of === null ? t('scope.few') : grouped(of)}</td>;
}

function factName(name: LocalName, received: boolean, locale: Locale, t: DeskWords): string {
  return received ? t('data.receives', { name: say(name, locale) }) : say(name, locale);
}

const sumOf = (holders: PlainQuality['holders'], of: (holder: HolderLine) => number): number => holders.reduce((sum, one) => sum + of(one), 0);
const shareText = (share: number | null): string => (share === null ? '—' : `${share.toFixed(2)}%`);
const grouped = (count: number): string => count.toLocaleString('en');
