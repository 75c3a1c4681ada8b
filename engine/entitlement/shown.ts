import { balancesOf, netOf } from './flows.ts';
import type { Flows, Sum } from './flows.ts';
import { reachOf } from './scope-board.ts';
import type { Reach, ScopeBoard, ScopeCell, ScopeRow } from './scope-board.ts';
import type { StackingList } from './stacking.ts';
import { hiddenFigures, isFew } from './suppress.ts';
import { RANK, readTable, said, shownTable, tableFigures } from './shown-table.ts';
import type { ShownTable, TableFigures } from './shown-table.ts';
import type { TakeUp, TakeUpCell } from './take-up.ts';
import type { Cycle } from './totals.ts';

/* What the city says of groups of people as it may be shown: a small number, and what would give it away, is null. */

export interface ShownScopeCell {
  readonly group: string | null;
  readonly reach: Reach;
  readonly people: number | null;
  readonly entitled: number | null;
  readonly leftOut: number | null;
  readonly leftOutFen: number | null;
}

export interface ShownScope {
  /** The whole city. */
  readonly groups: readonly ShownScopeCell[];
  readonly counties: readonly { readonly county: string | null; readonly groups: readonly ShownScopeCell[] }[];
  /** Of everybody: how many are left out, and what they would get. */
  readonly leftOut: number | null;
  readonly leftOutFen: number | null;
}

export function shownScope({ groups, counties }: Pick<ScopeBoard, 'groups' | 'counties'>, { cells }: Pick<ScopeRow, 'cells'>): ShownScope {
  const table = (of: (cell: ScopeCell) => number): ShownTable => shownTable(cells.map((row) => row.map(of)));
  const [people, entitled, leftOut] = [table((cell) => cell.people), table((cell) => cell.entitled), table((cell) => cell.leftOut)];
  const fen = (some: readonly ScopeCell[], shown: number | null | undefined): number | null => (shown === null || shown === undefined ? null : some.reduce((sum, one) => sum + one.leftOutFen, 0));
  const shown = (at: number, some: readonly ScopeCell[], of: (table: ShownTable) => number | null | undefined): ShownScopeCell => ({
    group: groups[at] ?? null, reach: reachOf(some), people: of(people) ?? null, entitled: of(entitled) ?? null, leftOut: of(leftOut) ?? null, leftOutFen: fen(some, of(leftOut)),
  });
  return {
    groups: groups.map((_, at) => shown(at, cells.flatMap((row) => row[at] ?? []), ({ byColumn }) => byColumn[at])),
    counties: counties.map((county, place) => ({ county: county ?? null, groups: groups.map((_, at) => shown(at, cells[place]?.slice(at, at + 1) ?? [], (one) => one.cells[place]?.[at])) })),
    leftOut: leftOut.all, leftOutFen: fen(cells.flat(), leftOut.all),
  };
}

/**
 * Whether opening a cell would tell a number that the board hides: so few are left out there, or they would give others
 * away. Such a cell is not opened; without `area` it is the group everywhere.
 */
export function isHiddenCell(board: ScopeBoard, { service, group, area }: { readonly service: string; readonly group: string; readonly area?: string | undefined }): boolean {
  const row = board.rows.find((one) => one.service === service);
  if (!row) return false;
  const { groups, counties } = shownScope(board, row);
  const cells = area === undefined ? groups : counties.find(({ county }) => county === area)?.groups;
  return cells?.find((cell) => cell.group === group)?.leftOut === null;
}

/** The counts of a take-up by county and group, each a table of its own. */
export type ShownTakeUp = Readonly<Record<keyof TakeUpCell, ShownTable>>;

/**
 * A take-up as it may be shown. Whoever is entitled draws it, does not, or it is not known: in each cell and sum the
 * three are one, so what two of them say must not leave few for the third.
 */
export function shownTakeUp({ cells, isRecorded }: Pick<TakeUp, 'cells' | 'isRecorded'>): ShownTakeUp {
  const counts = (of: (cell: TakeUpCell) => number): number[][] => cells.map((row) => row.map(of));
  const tables: TableFigures[] = [];
  const add = (of: (cell: TakeUpCell) => number, isSaid = true): TableFigures => {
    const table = tableFigures(counts(of), tables.reduce((sum, { figures }) => sum + figures.length, 0), isSaid);
    tables.push(table);
    return table;
  };
  const [entitled, drawn, notDrawn] = [add((cell) => cell.entitled), add((cell) => cell.drawn), add((cell) => cell.notDrawn)];
  const notKnown = add((cell) => cell.entitled - cell.drawn - cell.notDrawn, false);
  const parts = isRecorded ? entitled.figures.map((_, at) => ({ left: [entitled.from + at], right: [drawn, notDrawn, notKnown].map(({ from }) => from + at) })) : [];
  const hidden = hiddenFigures(tables.flatMap(({ figures }) => figures), [...parts, ...tables.flatMap(({ equalities }) => equalities)]);
  const [one, two, three] = [entitled, drawn, notDrawn].map((table) => readTable(table, hidden));
  const alone = (of: (cell: TakeUpCell) => number): ShownTable => shownTable(counts(of));
  return { entitled: one ?? NO_TABLE, drawn: two ?? NO_TABLE, notDrawn: three ?? NO_TABLE, undue: alone((cell) => cell.undue), near: alone((cell) => cell.near) };
}

const NO_TABLE: ShownTable = { cells: [], byRow: [], byColumn: [], all: null };

/** Transfers as they may be shown: where few grants are behind one, it is hidden, and what would give it away. */
export interface ShownFlows {
  readonly cycle: Cycle | null;
  readonly services: readonly string[];
  /** What each county hands over to each. */
  readonly gross: readonly (readonly (number | null)[])[];
  readonly net: readonly (readonly (number | null)[])[];
  /** What each county gets in all less what it hands over. */
  readonly balances: readonly (number | null)[];
  /** What moves in all. */
  readonly movedFen: number | null;
  readonly fromOutsideFen: readonly (number | null)[];
  readonly toOutsideFen: readonly (number | null)[];
}

export function shownFlows(flows: Flows): ShownFlows {
  const { cycle, services, gross, fromOutside, toOutside } = flows;
  const { cells, byRow, byColumn, all } = shownTable(flows.grants);
  const isShown = (from: number, to: number): boolean => cells[from]?.[to] !== null;
  return {
    cycle: cycle ?? null, services, fromOutsideFen: fromOutside.map(unlessFew), toOutsideFen: toOutside.map(unlessFew),
    gross: gross.map((row, from) => row.map((fen, to) => (isShown(from, to) ? fen : null))),
    net: netOf(flows).map((row, from) => row.map((fen, to) => (isShown(from, to) && isShown(to, from) ? fen : null))),
    balances: balancesOf(flows).map((fen, county) => (byRow[county] === null || byColumn[county] === null ? null : fen)),
    movedFen: all === null ? null : gross.flat().reduce((sum, fen) => sum + fen, 0),
  };
}

const unlessFew = ({ fen, grants }: Sum): number | null => (unlessSmall(grants) === null ? null : fen);
const unlessSmall = (count: number): number | null => (isFew(count) ? null : count);

/**
 * A stacking list as it may be shown. How many meet a service is those who hold it, those the list moves, and others;
 * how many hold it other pages say too, so how many meet it is hidden before that.
 */
export function shownStacking({ list, rule, places, pairs }: StackingList): ShownStacking {
  return {
    list, rule,
    places: places.map(({ meet, hold, moved, movedFen, service, subject, cycle }) => {
      const hidden = hiddenFigures([said(meet, RANK.cell), said(hold, RANK.all), said(moved, RANK.sum), { count: meet - moved - hold, isSaid: false, rank: RANK.cell }], [{ left: [0], right: [1, 2, 3] }]);
      const shown = (place: number, value: number): number | null => (hidden.has(place) ? null : value);
      return { service, subject: subject ?? null, cycle: cycle ?? null, meet: shown(0, meet), hold: shown(1, hold), moved: shown(2, moved), movedFen: shown(2, movedFen) };
    }),
    pairs: pairs.map(({ earlier, later, meetBoth, drawBoth }) => ({ earlier, later, meetBoth: unlessSmall(meetBoth), drawBoth: drawBoth === undefined ? null : unlessSmall(drawBoth) })),
  };
}

export interface ShownStacking {
  readonly list: string;
  readonly rule: StackingList['rule'];
  readonly places: readonly { readonly service: string; readonly subject: string | null; readonly cycle: Cycle | null; readonly meet: number | null; readonly hold: number | null; readonly moved: number | null; readonly movedFen: number | null }[];
  readonly pairs: readonly { readonly earlier: string; readonly later: string; readonly meetBoth: number | null; readonly drawBoth: number | null }[];
}
