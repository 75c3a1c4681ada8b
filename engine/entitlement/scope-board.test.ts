import { expect, test } from 'vitest';
import { parseDate } from '#engine/kernel/index.ts';
import { loadPack, readReform } from '#engine/pack/index.ts';
import type { Reform } from '#engine/pack/index.ts';
import { linkRules } from '#engine/rules/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { baselineOf, openingReform, reachOf, scopeBoardOf, simulate } from './index.ts';
import type { ServiceEffect } from './index.ts';
import { eldersOf, fishersOf } from './testing.ts';

const { pack } = loadPack(packFiles('lantern-bay'));
const today = parseDate('2031-06-15');
if (!pack || !today) throw new Error('the town does not load');
const { book, parsed, diagnostics } = linkRules(pack);
const GRANT = 'old-fisher-grant';
const baseline = baselineOf(book, parsed, eldersOf(pack), 20310615);
const board = scopeBoardOf(baseline);
const row = board.rows.find(({ service }) => service === GRANT);

function effects(reform: Reform): readonly ServiceEffect[] {
  const found = simulate(baseline, reform);
  if (found.kind !== 'simulated') throw new Error(found.diagnostics.map(({ code }) => code).join(' '));
  return found.effects;
}

test('each cell says who is there, whom the scope reaches, who is entitled and who is left out by it alone', () => {
  expect(diagnostics).toEqual([]);
  expect(board.counties).toEqual(['990101', '990122', 'free-port', undefined]);
  expect(board.groups).toEqual(['registered', 'insured', 'resident', undefined]);
  // See the table of the old fishers; [people, reached, entitled, left out, fen of those].
  expect(row?.cells.map((cells) => cells.map(({ people, reached, entitled, leftOut, leftOutFen }) => [people, reached, entitled, leftOut, leftOutFen]))).toEqual([
    [[3, 3, 3, 0, 0], [1, 0, 0, 1, 30_000], [1, 0, 0, 0, 0], [1, 0, 0, 1, 30_000]],
    [[1, 1, 1, 0, 0], [1, 0, 0, 1, 10_000], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]],
    [[0, 0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]],
    [[1, 1, 1, 0, 0], [1, 0, 0, 1, 30_000], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]],
  ]);
  expect(row?.cells[0]?.map((cell) => reachOf([cell]))).toEqual(['open', 'closed', 'closed', 'closed']);
  expect(reachOf([])).toBe('nobody');
  expect(reachOf([{ people: 2, reached: 1 }])).toBe('partly');
});

test('the columns of every service add up to its people, and its entitled to those of the baseline', () => {
  for (const { service, subject, cells } of board.rows) {
    const all = cells.flat();
    expect(all.reduce((sum, one) => sum + one.people, 0), service).toBe(baseline.snapshot.rows.get(subject));
    expect(all.reduce((sum, one) => sum + one.entitled, 0), service).toBe(baseline.totals.find((one) => one.service === service)?.yes);
  }
  expect(board.rows.map(({ service }) => service)).toContain('household-relief');
});

test('a cell costs what the simulator says of the reform that opens it', () => {
  let opened = 0;
  for (const { service, cells } of board.rows) {
    cells.forEach((groups, county) => groups.forEach((cell, at) => {
      const [area, group] = [board.counties[county], board.groups[at]];
      if (area === undefined || group === undefined) return;
      const effect = effects(openingReform({ service, group, area }, today)).find((one) => one.service === service);
      expect([effect?.counts.new ?? 0, (effect?.afterFen ?? 0) - (effect?.beforeFen ?? 0)], `${service} ${area} ${group}`).toEqual([cell.leftOut, cell.leftOutFen]);
      opened += cell.leftOut;
    }));
  }
  expect(opened).toBeGreaterThan(1);
});

test('the same opening written in a file says the same, everywhere or in a county, and from its day on', () => {
  const read = (text: string): Reform => {
    const { reform, diagnostics: wrong } = readReform(pack, 'open.yaml', `name: { zh: 放开, en: Open }\n${text}`);
    if (!reform) throw new Error(wrong.map(({ code }) => code).join(' '));
    return reform;
  };
  // Everywhere: 4, 5 and 9, so 300 + 100 + 300.
  expect(effects(read(`openings: [{ service: ${GRANT}, from: "2031-06-15", group: insured }]`))).toMatchObject([{ service: GRANT, counts: { new: 3 }, beforeFen: 85_000, afterFen: 155_000 }]);
  expect(effects(read(`openings: [{ service: ${GRANT}, from: "2031-06-01", group: insured, area: "990101" }]`))).toEqual(effects(openingReform({ service: GRANT, group: 'insured', area: '990101' }, today)));
  expect(effects(read(`openings: [{ service: ${GRANT}, from: "2031-06-16", group: insured }]`))).toEqual([]);
  expect(() => read('openings: [{ service: old-fisher-grant, from: "2031-06-15", group: insurde }]')).toThrow('reference-dangling');
});

test('opening to those who are in already changes exactly 0 fen and nobody', () => {
  expect(effects(openingReform({ service: GRANT, group: 'registered' }, today))).toEqual([]);
});

test('who lives in the free port is not counted in the county around it, and not let in with it', () => {
  const port = eldersOf(pack, [['99', 'free-port', '1', 20210101n, false], ['99', '990101', '1', 20210101n, false]]);
  const base = baselineOf(book, parsed, port, 20310615);
  const counts = scopeBoardOf(base).rows.find(({ service }) => service === GRANT)?.cells.map((cells) => cells[1]?.leftOut);
  expect(counts).toEqual([1, 0, 1, 0]);
  const found = simulate(base, openingReform({ service: GRANT, group: 'insured', area: '990101' }, today));
  expect(found.kind === 'simulated' ? found.changes.counts.new : -1).toBe(1);
});

test('a service that asks another asks it as it stands', () => {
  // The fisher registered elsewhere has no rate of the closed-season grant: it is not known what opening it would pay.
  const fishers = scopeBoardOf(baselineOf(book, parsed, fishersOf(pack), 20310615));
  expect(fishers.rows.find(({ service }) => service === 'closed-season-grant')?.cells.flat().reduce((sum, one) => sum + one.leftOut, 0)).toBe(0);
});

test('a family is where the pack says it is, and a thing that the pack does not part has no row', () => {
  expect(baseline.parts.of('standing', 'living')).toBeDefined();
  expect(baseline.parts.of('standing', 'crew')).toBeUndefined();
  expect(baseline.parts.of('income', 'person')).toEqual(new Uint8Array(10).fill(0));
});
