import type { ReactNode } from 'react';
import type { City } from '#engine/city.ts';
import { isDemoStandard, shownFlows } from '#engine/entitlement/index.ts';
import type { Flows } from '#engine/entitlement/index.ts';
import { say } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import type { Route } from './+types/flows.ts';
import { asked } from '../context.ts';
import { countedElsewhere } from './elsewhere.ts';
import { Demo, DemoNote, demoShare } from './demo.tsx';
import type { DemoShare } from './demo.tsx';
import { aboutPeople, People } from './people.tsx';
import type { AboutPeople } from './people.tsx';
import { Scroll } from './scroll.tsx';
import { signed, yuan } from './simulated.ts';
import { deskWords, useDesk } from './words.ts';
import type { DeskWords } from './words.ts';

/** One matrix, ready to be shown; null where few grants are behind a sum. */
interface Matrix {
  readonly key: string;
  readonly cycle: string;
  readonly moved: string | null;
  readonly services: readonly string[];
  /** Whether a standard or a share behind it is for demonstration. */
  readonly demo: boolean;
  readonly lines: readonly { readonly key: string; readonly name: string; readonly gross: readonly (string | null)[]; readonly balance: string | null; readonly fromOutside: string | null; readonly toOutside: string | null }[];
}

interface Loaded {
  readonly people: AboutPeople | null;
  readonly demo: DemoShare;
  /** `at`: their place in the matrix. */
  readonly counties: readonly { readonly at: number; readonly key: string; readonly name: string }[];
  /** Cycles in which nothing moves between counties are named only. */
  readonly sides: readonly { readonly id: 'today' | 'opened'; readonly matrices: readonly Matrix[]; readonly still: readonly string[] }[];
}

/** What counties would hand over to one another if money followed people: as services are, and were they open to all who live here. */
export function loader(args: Route.LoaderArgs): Loaded {
  const { city, locale } = asked(args);
  const t = deskWords(locale);
  const flows = city.flows();
  const elsewhere = countedElsewhere(city);
  const counties = (city.baseline()?.places.counties ?? []).map((id, at) => ({ id, at })).filter(({ id }) => !elsewhere.has(id)).map(({ id, at }) => { const division = city.pack.divisions.get(id); return { at, key: id, name: division ? say(division.name, locale) : id }; });
  const moves = ({ grants }: Flows): boolean => grants.some((row) => row.some((count) => count > 0));
  const side = (id: 'today' | 'opened'): Loaded['sides'][number] => {
    const all = flows?.[id] ?? [];
    return { id, matrices: all.filter(moves).map((one) => matrixOf({ city, counties, locale, t }, one)), still: all.filter((one) => !moves(one)).map(({ cycle }) => cycleWords(cycle, t)) };
  };
  const moved = [...flows?.today ?? [], ...flows?.opened ?? []].filter(moves).flatMap(({ services }) => services);
  return { people: aboutPeople(city, locale), demo: demoShare(city, moved), counties, sides: [side('today'), side('opened')] };
}

const cycleWords = (cycle: Flows['cycle'], t: DeskWords): string => (cycle === undefined ? t('flows.no-cycle') : t(`cycle.${cycle}`));

interface Page {
  readonly city: City;
  readonly counties: Loaded['counties'];
  readonly locale: Locale;
  readonly t: DeskWords;
}

function matrixOf({ city, counties, locale, t }: Page, flows: Flows): Matrix {
  const { cycle, services, gross, balances, movedFen, fromOutsideFen, toOutsideFen } = shownFlows(flows);
  const money = (fen: number | null | undefined): string | null => (fen === null || fen === undefined ? null : yuan(fen));
  return {
    key: cycle ?? 'none', cycle: cycleWords(cycle ?? undefined, t), moved: money(movedFen),
    demo: services.some((id) => { const rests = city.demoServices().get(id); return isDemoStandard(rests) || rests?.payers === true; }),
    services: services.map((id) => { const service = city.pack.services.get(id); return service ? say(service.name, locale) : id; }),
    lines: counties.map(({ key, name, at }) => ({ key, name, gross: counties.map((to) => money(gross[at]?.[to.at])), balance: balances[at] === null ? null : signed(balances[at] ?? 0), fromOutside: money(fromOutsideFen[at]), toOutside: money(toOutsideFen[at]) })),
  };
}

export default function FlowsPage({ loaderData: { people, demo, counties, sides } }: Route.ComponentProps): ReactNode {
  const { t } = useDesk();
  return (
    <>
      <title>{t('flows.title')}</title>
      <h1>{t('flows.title')}</h1>
      <p className="desk-lead">{t('flows.lead')}</p>
      <People about={people} />
      {people === null ? null : <DemoNote share={demo} money />}
      {people === null ? null : sides.map(({ id, matrices, still }) => (
        <section key={id} aria-label={t(`flows.${id}`)}>
          <h2>{t(`flows.${id}`)}</h2>
          <p className="desk-muted">{t(`flows.${id}-says`)}</p>
          {matrices.length === 0 ? <p className="desk-note">{t('flows.none')}</p> : matrices.map((matrix) => <Table key={matrix.key} id={`${id}-${matrix.key}`} matrix={matrix} counties={counties} />)}
          {still.length === 0 || matrices.length === 0 ? null : <p className="desk-muted">{t('flows.still', { cycles: still.join(t('list.comma')) })}</p>}
        </section>
      ))}
      <p className="desk-muted">{t('flows.notes')}</p>
    </>
  );
}

function Table({ id, matrix: { cycle, moved, demo, services, lines }, counties }: { readonly id: string; readonly matrix: Matrix; readonly counties: Loaded['counties'] }): ReactNode {
  const { t } = useDesk();
  const caption = moved === null ? t('flows.caption-hidden', { cycle }) : t('flows.caption', { cycle, moved });
  return (
    <>
      <Scroll label={caption}>
        <table className="desk-plain desk-board" id={id}>
          <caption>{caption}<Demo is={demo} /></caption>
          <thead><tr><th scope="col">{t('flows.from-to')}</th>{counties.map(({ key, name }) => <th key={key} scope="col" className="desk-num">{name}</th>)}<th scope="col" className="desk-num">{t('flows.balance')}</th><th scope="col" className="desk-num">{t('flows.from-outside')}</th><th scope="col" className="desk-num">{t('flows.to-outside')}</th></tr></thead>
          <tbody>{lines.map((line, from) => (
            <tr key={line.key}><th scope="row">{line.name}</th>{line.gross.map((fen, to) => <td key={counties[to]?.key} className={`desk-num${from === to ? ' desk-muted' : ''}`}>{from === to ? '—' : fen ?? t('scope.few')}</td>)}<td className="desk-num"><b>{line.balance ?? t('scope.few')}</b></td><td className="desk-num">{line.fromOutside ?? t('scope.few')}</td><td className="desk-num">{line.toOutside ?? t('scope.few')}</td></tr>
          ))}</tbody>
        </table>
      </Scroll>
      <p className="desk-muted">{t('flows.services', { services: services.join(t('list.comma')) })}</p>
    </>
  );
}
