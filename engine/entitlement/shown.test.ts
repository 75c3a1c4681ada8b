import { expect, test } from 'vitest';
import { seeded } from '#engine/rules/testing/seed.ts';
import { isHiddenCell, shownFlows, shownScope, shownStacking, shownTable, shownTakeUp, tableFigures } from './index.ts';
import type { ScopeCell, ShownTable, TakeUpCell } from './index.ts';
import { audit } from './suppress-audit.ts';

test('a table keeps its sums, and hides what is small with what would give it away', () => {
  // The 3 is small: its row hides 20, and both columns hide their smallest other, 30 and 40. What is left are sums.
  expect(shownTable([[3, 20], [30, 40]])).toEqual({ cells: [[null, null], [null, null]], byRow: [23, 70], byColumn: [33, 60], all: 93 });
  // Where a row holds nothing else, its sum is hidden with it.
  expect(shownTable([[3, 0], [30, 40]])).toEqual({ cells: [[null, 0], [null, 40]], byRow: [null, null], byColumn: [33, 40], all: 73 });
  expect(shownTable([[5, 0], [30, 40]])).toEqual({ cells: [[5, 0], [30, 40]], byRow: [5, 70], byColumn: [35, 40], all: 75 });
});

const cell = (people: number, reached: number, entitled: number, leftOut: number): ScopeCell => ({ people, reached, entitled, leftOut, leftOutFen: leftOut * 100 });

test('a cell of the board shows its reach even where its numbers are hidden, and no money of a hidden number', () => {
  const shown = shownScope({ counties: ['a', undefined], groups: ['in', undefined] }, { cells: [[cell(50, 50, 20, 0), cell(40, 0, 0, 3)], [cell(60, 60, 30, 0), cell(10, 5, 0, 10)]] });
  expect(shown.counties[0]?.groups).toEqual([
    { group: 'in', reach: 'open', people: 50, entitled: 20, leftOut: 0, leftOutFen: 0 },
    { group: null, reach: 'closed', people: 40, entitled: 0, leftOut: null, leftOutFen: null },
  ]);
  expect(shown.groups[1]).toEqual({ group: null, reach: 'partly', people: 50, entitled: 0, leftOut: 13, leftOutFen: 1_300 });
  expect([shown.leftOut, shown.leftOutFen]).toEqual([13, 1_300]);
});

test('a cell whose number is hidden may not be opened, nor may one that would give it away', () => {
  const open = { program: { lawOn: 20310615, schema: { entities: new Map(), links: new Map(), facts: new Map(), codeLists: new Map() }, nodes: [], decisions: [], facts: [], values: [] }, answers: new Map() };
  const cells = [[cell(50, 0, 0, 3), cell(40, 0, 0, 30)], [cell(60, 0, 0, 20), cell(10, 0, 0, 10)]];
  const board = { counties: ['a', 'b'], groups: ['in', 'out'], open, rows: [{ service: 's', subject: 'person', cycle: undefined, paysMoney: false, cells }] };
  // The 3 of a hides the 30 beside it and the 20 below it, and with them the 10; the group everywhere is 23 and is shown.
  expect(['a', 'b', undefined].map((area) => isHiddenCell(board, { service: 's', group: 'in', area }))).toEqual([true, true, false]);
  expect(isHiddenCell(board, { service: 'none', group: 'in' })).toBe(false);
});

test('a transfer of few grants is hidden, and the balance that it alone makes', () => {
  const shown = shownFlows({ cycle: 'month', services: ['s'], gross: [[0, 900, 0], [70, 0, 0], [0, 0, 0]], grants: [[0, 9, 0], [1, 0, 0], [0, 0, 0]], fromOutside: [{ fen: 5, grants: 5 }, { fen: 4, grants: 4 }, { fen: 0, grants: 0 }], toOutside: [] });
  expect(shown.fromOutsideFen).toEqual([5, null, 0]);
  // One grant of ten: the nine would give it away, so they are hidden with it, and both balances.
  expect(shown.gross).toEqual([[0, null, 0], [null, 0, 0], [0, 0, 0]]);
  expect([shown.net[0]?.[1], shown.movedFen]).toEqual([null, 970]);
  expect(shown.balances).toEqual([null, null, 0]);
});

test('where few are moved by a list, how many meet it is hidden with them: how many hold it other pages say', () => {
  const [one, two, three] = shownStacking({ list: 'l', rule: 'first-wins', pairs: [{ earlier: 'a', later: 'b', meetBoth: 2, drawBoth: undefined }], places: [
    { service: 'a', subject: 'person', cycle: 'month', meet: 310, hold: 306, moved: 4, movedFen: 200 }, { service: 'b', subject: undefined, cycle: undefined, meet: 0, hold: 0, moved: 0, movedFen: 0 },
    // Nobody is moved, but of 3 it is not known: 100 less 97 would say how many.
    { service: 'c', subject: 'person', cycle: 'month', meet: 100, hold: 97, moved: 0, movedFen: 0 },
  ] }).places;
  expect(one).toEqual({ service: 'a', subject: 'person', cycle: 'month', meet: null, hold: 306, moved: null, movedFen: null });
  expect(two).toEqual({ service: 'b', subject: null, cycle: null, meet: 0, hold: 0, moved: 0, movedFen: 0 });
  expect(three).toMatchObject({ meet: null, hold: 97, moved: 0 });
});

test('of a cell of the take-up no two numbers leave few for the third', () => {
  const cellOf = (entitled: number, drawn: number, notDrawn: number): TakeUpCell => ({ entitled, drawn, notDrawn, undue: 0, near: 0 });
  // 7 are entitled, 5 do not draw it: 1 does, and of 1 it is not known.
  const shown = shownTakeUp({ isRecorded: true, cells: [[cellOf(7, 1, 5), cellOf(30, 20, 10)], [cellOf(50, 20, 30), cellOf(80, 50, 30)]] });
  expect([shown.drawn, shown.notDrawn].map(({ cells }) => cells[0]?.[0])).toEqual([null, null]);
  // How many are entitled in the city is said elsewhere as well, and stays.
  expect(shown.entitled.all).toBe(167);
});

test('whatever the take-up, nothing few can be reckoned from all that it shows', () => {
  const random = seeded(11);
  for (let round = 0; round < 60; round++) {
    const cells = Array.from({ length: 4 }, () => Array.from({ length: 3 }, (): TakeUpCell => { const [drawn, notDrawn, unknown] = [random.below(9), random.below(20), random.below(4)]; return { entitled: drawn + notDrawn + unknown, drawn, notDrawn, undue: 0, near: 0 }; }));
    const shown = shownTakeUp({ isRecorded: true, cells });
    const flat = (one: ShownTable): readonly (number | null)[] => [...one.cells.map((row, at) => [...row, one.byRow[at] ?? null]), [...one.byColumn, one.all]].flat();
    const parts = (['entitled', 'drawn', 'notDrawn'] as const).map((of) => ({ shown: flat(shown[of]), counts: cells.map((row) => row.map((cell) => cell[of])) }));
    const tables = [...parts.map(({ counts }) => counts), cells.map((row) => row.map((cell) => cell.entitled - cell.drawn - cell.notDrawn))].map((counts, at) => tableFigures(counts, at * 20));
    const figures = tables.flatMap((one) => one.figures);
    const equalities = [...tables.flatMap((one) => one.equalities), ...Array.from({ length: 20 }, (_, at) => ({ left: [at], right: [20 + at, 40 + at, 60 + at] }))];
    const hidden = new Set([...figures.keys()].filter((place) => place >= 60 || parts[Math.floor(place / 20)]?.shown[place % 20] === null));
    expect(audit(figures, equalities, hidden), JSON.stringify(cells)).toEqual([]);
  }
});
