import type { ReactNode } from 'react';
import { Form } from 'react-router';
import { isDemoStandard, shownScope } from '#engine/entitlement/index.ts';
import type { Reach, ShownScopeCell } from '#engine/entitlement/index.ts';
import { say } from '#engine/kernel/index.ts';
import type { Service } from '#engine/pack/index.ts';
import type { Route } from './+types/scope.ts';
import { asked } from '../context.ts';
import { hrefIn } from '../view.ts';
import { Demo, DemoNote, demoShare } from './demo.tsx';
import type { DemoShare } from './demo.tsx';
import { aboutPeople, People } from './people.tsx';
import type { AboutPeople } from './people.tsx';
import { groupNames, ReachMark } from './reach.tsx';
import { Scroll } from './scroll.tsx';
import { yuan } from './simulated.ts';
import { deskWords, useDesk } from './words.ts';

interface Cell {
  readonly key: string;
  readonly reach: Reach;
  /** Null where they are few. */
  readonly leftOut: number | null;
}

interface Row {
  readonly key: string;
  readonly name: string;
  readonly domain: string;
  readonly audience: string;
  /** Null where the service is not decided for each person or family. */
  readonly board: { readonly demo: boolean; readonly families: boolean; readonly cells: readonly Cell[]; readonly leftOut: number | null; readonly money: string | null; readonly cycle: string } | null;
}

interface Choice {
  readonly key: string;
  readonly name: string;
}

interface Loaded {
  readonly people: AboutPeople | null;
  readonly groups: readonly Choice[];
  readonly rows: readonly Row[];
  readonly demo: DemoShare;
  readonly counties: readonly Choice[];
  readonly domains: readonly Choice[];
  readonly all: readonly Choice[];
  readonly chosen: { readonly domain: string; readonly county: string; readonly group: string };
}

/** The board in the order of the plan: every service, and for each group whether it is within reach and how many are left out. */
export function loader(args: Route.LoaderArgs): Loaded {
  const { city, locale, query } = asked(args);
  const t = deskWords(locale);
  const board = city.scopeBoard();
  const chosen = { domain: query.get('domain') ?? '', county: query.get('county') ?? '', group: query.get('group') ?? '' };
  const all = board ? groupNames(city, board.groups, locale, t) : [];
  const shownGroups = all.filter(({ key }) => chosen.group === '' || key === chosen.group);
  const place = board?.counties.findIndex((county) => county === chosen.county) ?? -1;
  const rowOf = (service: Service, domain: string): Row => {
    const found = board?.rows.find((row) => row.service === service.id);
    const shown = board && found && shownScope(board, found);
    const cells = (place >= 0 ? shown?.counties[place]?.groups : shown?.groups) ?? [];
    const kept = cells.filter((cell) => shownGroups.some(({ key }) => key === (cell.group ?? '')));
    return {
      key: service.id, name: say(service.name, locale), domain, audience: say(service.for, locale),
      board: found && shown ? { demo: isDemoStandard(city.demoServices().get(service.id)), families: found.subject !== 'person', cells: kept.map(cellOf), ...sumOf(kept, place < 0 && chosen.group === '' ? shown : undefined, found.paysMoney), cycle: found.paysMoney && found.cycle !== undefined ? t(`cycle.${found.cycle}`) : '' } : null,
    };
  };
  const domains = city.pack.plan.domains.map(({ id, name }) => ({ key: id, name: say(name, locale) }));
  return {
    people: aboutPeople(city, locale), groups: shownGroups, all, domains, chosen, demo: demoShare(city, board?.rows.map(({ service }) => service) ?? []),
    counties: (board?.counties ?? []).flatMap((county) => { const division = county === undefined ? undefined : city.pack.divisions.get(county); return division ? [{ key: division.id, name: say(division.name, locale) }] : []; }),
    rows: domains.filter(({ key }) => chosen.domain === '' || key === chosen.domain).flatMap(({ key, name }) => city.servicesOf(key).map((service) => rowOf(service, name))),
  };
}

const cellOf = ({ group, reach, leftOut }: ShownScopeCell): Cell => ({ key: group ?? '', reach, leftOut });

/** Of the whole board as the city has it, else of the cells that are shown: where one of them is hidden, so is their sum. */
function sumOf(cells: readonly ShownScopeCell[], whole: { readonly leftOut: number | null; readonly leftOutFen: number | null } | undefined, paysMoney: boolean): { readonly leftOut: number | null; readonly money: string | null } {
  const add = (of: (cell: ShownScopeCell) => number | null): number | null => cells.reduce<number | null>((sum, cell) => { const value = of(cell); return sum === null || value === null ? null : sum + value; }, 0);
  const [leftOut, fen] = whole ? [whole.leftOut, whole.leftOutFen] : [add((cell) => cell.leftOut), add((cell) => cell.leftOutFen)];
  return { leftOut, money: !paysMoney || fen === null ? null : yuan(fen) };
}

export default function Scope({ loaderData: { people, demo, groups, rows, counties, domains, all, chosen } }: Route.ComponentProps): ReactNode {
  const { t, locale } = useDesk();
  const view = { locale, size: 'normal', place: '' } as const;
  return (
    <>
      <title>{t('scope.title')}</title>
      <h1>{t('scope.title')}</h1>
      <p className="desk-lead">{t('scope.lead')}</p>
      <People about={people} />
      {people === null ? null : <DemoNote share={demo} />}
      {people === null ? null : (
        <Form className="desk-form desk-filters" method="get">
          <Select name="domain" label={t('column.domain')} chosen={chosen.domain} choices={domains} everything={t('filter.all')} />
          <Select name="county" label={t('column.county')} chosen={chosen.county} choices={counties} everything={t('scope.city')} />
          <Select name="group" label={t('scope.group')} chosen={chosen.group} choices={all} everything={t('filter.all')} />
          {locale === 'en' ? <input type="hidden" name="lang" value="en" /> : null}
          <button type="submit">{t('scope.filter')}</button>
        </Form>
      )}
      <p className="desk-muted">{t('scope.marks')}</p>
      <Scroll label={t('scope.title')}>
        <table className="desk-plain desk-board" id="board">
          <caption className="desk-hidden">{t('scope.title')}</caption>
          <thead><tr><th scope="col">{t('column.name')}</th>{groups.map(({ key, name }) => <th key={key} scope="col" className="desk-num">{name}</th>)}<th scope="col" className="desk-num">{t('scope.left-out')}</th><th scope="col" className="desk-num">{t('scope.money')}</th><th scope="col">{t('simulate.cycle')}</th></tr></thead>
          <tbody>{rows.map((row) => (
            <tr key={row.key}>
              <th scope="row"><a href={hrefIn(view, `/desk/scope/${row.key}`)}>{row.name}</a><Demo is={row.board?.demo === true} />{row.board?.families === true ? <span className="desk-muted"> {t('scope.families')}</span> : null}</th>
              {row.board ? <>{row.board.cells.map((cell) => <td key={cell.key} className="desk-num"><ReachMark reach={cell.reach} />{cell.leftOut === 0 && (cell.reach === 'open' || cell.reach === 'nobody') ? null : <> {cell.leftOut?.toLocaleString('en') ?? t('scope.few')}</>}</td>)}<td className="desk-num">{row.board.leftOut ?? t('scope.few')}</td><td className="desk-num">{row.board.money ?? '—'}</td><td>{row.board.cycle}</td></> : <td colSpan={groups.length + 3} className="desk-muted">{people === null ? row.audience : t('scope.not-decided', { audience: row.audience })}</td>}
            </tr>
          ))}</tbody>
        </table>
      </Scroll>
      <p className="desk-muted">{t('scope.notes')}</p>
    </>
  );
}

function Select({ name, label, chosen, choices, everything }: { readonly name: string; readonly label: string; readonly chosen: string; readonly choices: readonly Choice[]; readonly everything: string }): ReactNode {
  return <label>{label}<select name={name} defaultValue={chosen}><option value="">{everything}</option>{choices.filter(({ key }) => key !== '').map((choice) => <option key={choice.key} value={choice.key}>{choice.name}</option>)}</select></label>;
}
