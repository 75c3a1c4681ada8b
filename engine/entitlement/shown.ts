import { balancesOf, netOf } from './flows.ts';
import type { Flows, Sum } from './flows.ts';
import { reachOf } from './scope-board.ts';
import type { Reach, ScopeBoard, ScopeCell, ScopeRow } from './scope-board.ts';
import type { StackingList } from './stacking.ts';
import { hiddenPlaces, shownTable, SMALLEST_SHOWN } from './suppress.ts';
import type { ShownTable } from './suppress.ts';
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

export function shownTakeUp({ cells }: Pick<TakeUp, 'cells'>): ShownTakeUp {
  const table = (of: keyof TakeUpCell): ShownTable => shownTable(cells.map((row) => row.map((cell) => cell[of])));
  return { entitled: table('entitled'), drawn: table('drawn'), notDrawn: table('notDrawn'), undue: table('undue'), near: table('near') };
}

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
const unlessSmall = (count: number): number | null => (count > 0 && count < SMALLEST_SHOWN ? null : count);

/** A stacking list as it may be shown: how many meet a service is those who hold it and those it moves, and others. */
export function shownStacking({ list, rule, places, pairs }: StackingList): ShownStacking {
  return {
    list, rule,
    places: places.map(({ meet, hold, moved, movedFen, service, subject, cycle }) => {
      const hidden = hiddenPlaces([hold, moved, meet - moved - hold]);
      return { service, subject: subject ?? null, cycle: cycle ?? null, meet: unlessSmall(meet), hold: hidden.has(0) ? null : hold, moved: hidden.has(1) ? null : moved, movedFen: hidden.has(1) ? null : movedFen };
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
