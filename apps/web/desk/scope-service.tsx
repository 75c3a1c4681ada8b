import type { ReactNode } from 'react';
import { shownScope } from '#engine/entitlement/index.ts';
import type { Reach, ShownScopeCell } from '#engine/entitlement/index.ts';
import { say } from '#engine/kernel/index.ts';
import type { Route } from './+types/scope-service.ts';
import { asked, foundOrThrow } from '../context.ts';
import { hrefIn } from '../view.ts';
import { Demo, DemoNote, demoShare } from './demo.tsx';
import type { DemoShare } from './demo.tsx';
import { Effects } from './effects.tsx';
import { countedElsewhere } from './elsewhere.ts';
import { aboutPeople, People } from './people.tsx';
import type { AboutPeople } from './people.tsx';
import { groupNames, ReachMark } from './reach.tsx';
import { Scroll } from './scroll.tsx';
import { errorWords, linesOf } from './simulated.ts';
import type { EffectLine } from './simulated.ts';
import { takeUpLines } from './take-up-lines.ts';
import type { TakeUpLines } from './take-up-lines.ts';
import { TakeUpTable } from './take-up.tsx';
import { deskWords, useDesk } from './words.ts';

interface Line {
  readonly county: string;
  readonly name: string;
  readonly cells: readonly { readonly key: string; readonly reach: Reach; readonly people: number | null; readonly entitled: number | null; readonly leftOut: number | null }[];
}

type Opened =
  | { readonly kind: 'nothing-asked' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'few' }
  | { readonly kind: 'done'; readonly group: string; readonly area: string; readonly lines: readonly EffectLine[] };

interface Loaded {
  readonly id: string;
  readonly name: string;
  readonly audience: string;
  readonly people: AboutPeople | null;
  readonly groups: readonly { readonly key: string; readonly name: string }[];
  /** The whole city first, then each county; none where the service is not decided for each person or family. */
  readonly lines: readonly Line[];
  readonly families: boolean;
  readonly takeUp: TakeUpLines | null;
  readonly opened: Opened;
  readonly error: string | null;
  readonly demo: DemoShare;
}

/** One service of the board: county by county, who draws it, and, where a cell was opened, what that changes. */
export function loader(args: Route.LoaderArgs): Loaded {
  const { city, locale, query } = asked(args);
  const t = deskWords(locale);
  const service = foundOrThrow(city.pack.services.get(args.params.id));
  const board = city.scopeBoard();
  const elsewhere = countedElsewhere(city);
  const row = board?.rows.find((one) => one.service === service.id);
  const shown = board && row && shownScope(board, row);
  const nameOf = (county: string | null): string => { const division = county === null ? undefined : city.pack.divisions.get(county); return division ? say(division.name, locale) : t('simulate.county-unknown'); };
  return {
    id: service.id, name: say(service.name, locale), audience: say(service.for, locale), people: aboutPeople(city, locale),
    groups: board ? groupNames(city, board.groups, locale, t) : [],
    lines: shown ? [{ county: '', name: t('scope.city'), cells: cellsOf(shown.groups) }, ...shown.counties.filter(({ county }) => county === null || !elsewhere.has(county)).map(({ county, groups }) => ({ county: county ?? 'unknown', name: nameOf(county), cells: cellsOf(groups) }))] : [],
    demo: demoShare(city, [service.id]), families: row !== undefined && row.subject !== 'person',
    takeUp: takeUpLines(city, service.id, locale, t),
    error: row ? errorWords({ city, locale, t }, city.statedError(service.id)) : null,
    opened: openedBy(query.get('open') ?? '', query.get('area') ?? ''),
  };

  function openedBy(group: string, area: string): Opened {
    if (group === '' || !row) return { kind: 'nothing-asked' };
    const named = city.pack.breakdowns.get('standing')?.groups.find(({ id }) => id === group);
    if (!named || (area !== '' && !city.pack.divisions.has(area))) return { kind: 'refused' };
    const reform = city.opening({ service: service.id, group, area: area === '' ? undefined : area });
    if (reform === 'few') return { kind: 'few' };
    const lines = linesOf(city, reform, locale, t);
    return lines ? { kind: 'done', group: say(named.label, locale), area: area === '' ? t('scope.city') : nameOf(area), lines } : { kind: 'refused' };
  }
}

const cellsOf = (cells: readonly ShownScopeCell[]): Line['cells'] => cells.map(({ group, reach, people, entitled, leftOut }) => ({ key: group ?? '', reach, people, entitled, leftOut }));

export default function ScopeService({ loaderData: { id, name, demo, audience, people, groups, lines, families, takeUp, opened, error } }: Route.ComponentProps): ReactNode {
  const { t, locale } = useDesk();
  const view = { locale, size: 'normal', place: '' } as const;
  return (
    <>
      <title>{t('scope.of', { service: name })}</title>
      <p><a href={hrefIn(view, '/desk/scope')}>{t('scope.back')}</a></p>
      <h1>{t('scope.of', { service: name })}</h1>
      <p className="desk-lead">{t('scope.audience', { audience })}</p>
      <People about={people} />
      {people === null || lines.length === 0 ? null : <DemoNote share={demo} />}
      {people !== null && lines.length === 0 ? <p className="desk-note" role="status">{t('scope.not-decided', { audience })}</p> : null}
      {lines.length === 0 ? null : (
        <>
          <p className="desk-muted">{t(families ? 'scope.how-families' : 'scope.how')}</p>
          <Scroll label={t('scope.cells')}>
            <table className="desk-plain desk-board" id="cells">
              <caption>{t('scope.cells')}<Demo is={demo.standards > 0} /></caption>
              <thead><tr><th scope="col">{t('column.county')}</th>{groups.map((group) => <th key={group.key} scope="col" className="desk-num">{group.name}</th>)}</tr></thead>
              <tbody>{lines.map((line) => (
                <tr key={line.county}><th scope="row">{line.name}</th>{line.cells.map((cell, at) => (
                  <td key={cell.key} className="desk-num">
                    <ReachMark reach={cell.reach} /> {t('scope.entitled', { entitled: shown(cell.entitled), people: shown(cell.people) })}
                    <br />{canOpen(line, cell) ? <a href={hrefIn(view, `/desk/scope/${id}`, { open: cell.key, area: line.county })} aria-label={t('scope.open', { county: line.name, group: groups[at]?.name ?? '', left: shown(cell.leftOut) })}>{t('scope.out', { left: shown(cell.leftOut) })}</a> : <span className="desk-muted">{t('scope.out', { left: shown(cell.leftOut) })}</span>}
                  </td>
                ))}</tr>
              ))}</tbody>
            </table>
          </Scroll>
          <p className="desk-muted">{t('scope.notes')} {error}</p>
        </>
      )}
      <Outcome opened={opened} />
      {takeUp === null ? null : <TakeUpTable takeUp={takeUp} />}
    </>
  );

  function shown(count: number | null): string {
    return count === null ? t('scope.few') : count.toLocaleString('en');
  }
}

/** A group that is not known, or a county that is none, cannot be opened; nor is there anything to open for nobody, or for so few that they are hidden. */
function canOpen({ county }: Line, { key, reach, leftOut }: Line['cells'][number]): boolean {
  return key !== '' && county !== 'unknown' && (reach === 'closed' || reach === 'partly') && leftOut !== 0 && leftOut !== null;
}

function Outcome({ opened }: { readonly opened: Opened }): ReactNode {
  const { t } = useDesk();
  switch (opened.kind) {
    case 'nothing-asked': return null;
    case 'refused': return <p role="alert" className="desk-state stop">{t('scope.refused')}</p>;
    case 'few': return <p role="status" className="desk-note">{t('scope.too-few')}</p>;
    case 'done': return (
      <section id="opened" aria-label={t('scope.opened', { area: opened.area, group: opened.group })}>
        <h2>{t('scope.opened', { area: opened.area, group: opened.group })}</h2>
        {opened.lines.length === 0 ? <p role="status" className="desk-note">{t('simulate.no-effect')}</p> : <Effects lines={opened.lines} />}
      </section>
    );
    default: return opened satisfies never;
  }
}
