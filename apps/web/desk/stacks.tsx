import type { ReactNode } from 'react';
import { isDemoStandard, shownStacking } from '#engine/entitlement/index.ts';
import { say } from '#engine/kernel/index.ts';
import type { Precedence } from '#engine/pack/index.ts';
import type { Route } from './+types/stacks.ts';
import { asked } from '../context.ts';
import { Demo, DemoNote, demoShare } from './demo.tsx';
import type { DemoShare } from './demo.tsx';
import { aboutPeople, People } from './people.tsx';
import type { AboutPeople } from './people.tsx';
import { Scroll } from './scroll.tsx';
import { yuan } from './simulated.ts';
import { deskWords, useDesk } from './words.ts';

interface List {
  readonly key: string;
  readonly name: string;
  readonly rule: Precedence['rule'];
  readonly law: string;
  readonly places: readonly { readonly key: string; readonly name: string; readonly demo: boolean; readonly numbers: readonly (number | null)[] | null; readonly money: string | null; readonly cycle: string }[];
  readonly pairs: readonly { readonly key: string; readonly names: string; readonly meetBoth: number | null; readonly drawBoth: number | null; readonly isRecorded: boolean }[];
}

/** Which services exclude one another, in which order, and whom the order moves. Without people only the order. */
export function loader(args: Route.LoaderArgs): { readonly people: AboutPeople | null; readonly lists: readonly List[]; readonly demo: DemoShare } {
  const { city, locale } = asked(args);
  const t = deskWords(locale);
  const found = new Map(city.stacking()?.map((one) => [one.list, { shown: shownStacking(one), pairs: one.pairs }]));
  const nameOf = (id: string): string => { const service = city.pack.services.get(id); return service ? say(service.name, locale) : id; };
  const lawOf = (id: string): string => { const source = city.pack.sources.get(id); return source && source.kind !== 'memory' ? t('stacks.law', { law: source.title }) : t('stacks.law-memory'); };
  const lists = [...city.pack.precedence.values()].map(({ id, name, rule, law, services }): List => {
    const counted = found.get(id);
    return {
      key: id, name: say(name, locale), rule, law: lawOf(law),
      places: services.map((service) => {
        const place = counted?.shown.places.find((one) => one.service === service);
        const isDecided = place !== undefined && place.subject !== null;
        return { key: service, name: nameOf(service), demo: isDecided && isDemoStandard(city.demoServices().get(service)), numbers: isDecided ? [place.meet, place.hold, place.moved] : null, money: !isDecided || place.cycle === null || place.movedFen === null ? null : yuan(place.movedFen), cycle: isDecided && place.cycle !== null ? t(`cycle.${place.cycle}`) : '' };
      }),
      pairs: (counted?.shown.pairs ?? []).map(({ earlier, later, meetBoth, drawBoth }, at) => ({ key: `${earlier} ${later}`, names: t('stacks.pair-of', { earlier: nameOf(earlier), later: nameOf(later) }), meetBoth, drawBoth, isRecorded: counted?.pairs[at]?.drawBoth !== undefined })),
    };
  });
  return { people: aboutPeople(city, locale), lists, demo: demoShare(city, lists.flatMap(({ places }) => places.map(({ key }) => key))) };
}

export default function Stacks({ loaderData: { people, lists, demo } }: Route.ComponentProps): ReactNode {
  const { t } = useDesk();
  return (
    <>
      <title>{t('stacks.title')}</title>
      <h1>{t('stacks.title')}</h1>
      <p className="desk-lead">{t('stacks.lead')}</p>
      <People about={people} />
      {people === null ? null : <DemoNote share={demo} />}
      {lists.map((list) => <ListSection key={list.key} list={list} />)}
      <p className="desk-muted">{t('scope.notes')}</p>
    </>
  );
}

const NUMBERS = ['stacks.meet', 'stacks.hold', 'stacks.moved'] as const;

function ListSection({ list: { key, name, rule, law, places, pairs } }: { readonly list: List }): ReactNode {
  const { t } = useDesk();
  return (
    <section aria-label={name} id={key}>
      <h2>{name}</h2>
      <p className="desk-muted">{t(`stacks.${rule}`)} {law}</p>
        <Scroll label={t('stacks.order')}>
          <table className="desk-plain" data-of="places">
            <caption>{t('stacks.order')}</caption>
            <thead><tr><th scope="col">{t('stacks.place')}</th><th scope="col">{t('column.name')}</th>{NUMBERS.map((id) => <th key={id} scope="col" className="desk-num">{t(id)}</th>)}<th scope="col" className="desk-num">{t('stacks.money')}</th><th scope="col">{t('simulate.cycle')}</th></tr></thead>
            <tbody>{places.map((place, at) => (
              <tr key={place.key}><td>{at + 1}</td><th scope="row"><a href={`/services/${place.key}`}>{place.name}</a><Demo is={place.demo} /></th>
                {place.numbers === null ? <td colSpan={NUMBERS.length + 2} className="desk-muted">{t('stacks.not-counted')}</td> : <>{place.numbers.map((count, index) => <td key={NUMBERS[index]} className="desk-num">{count === null ? t('scope.few') : count.toLocaleString('en')}</td>)}<td className="desk-num">{place.money ?? '—'}</td><td>{place.cycle}</td></>}
              </tr>
            ))}</tbody>
          </table>
        </Scroll>
        {pairs.length === 0 ? null : (
          <table className="desk-plain desk-narrow" data-of="pairs">
            <caption>{t('stacks.both')}</caption>
            <thead><tr><th scope="col">{t('stacks.pair')}</th><th scope="col" className="desk-num">{t('stacks.meet-both')}</th><th scope="col" className="desk-num">{t('stacks.draw-both')}</th></tr></thead>
            <tbody>{pairs.map((pair) => <tr key={pair.key}><th scope="row">{pair.names}</th><td className="desk-num">{pair.meetBoth === null ? t('scope.few') : pair.meetBoth.toLocaleString('en')}</td><td className="desk-num">{pair.drawBoth === null ? t(pair.isRecorded ? 'scope.few' : 'stacks.not-recorded') : pair.drawBoth.toLocaleString('en')}</td></tr>)}</tbody>
          </table>
        )}
    </section>
  );
}
