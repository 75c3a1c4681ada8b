import { describe, expect, test } from 'vitest';
import { openCity } from '#engine/city.ts';
import { linkBook } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { lintPlan, loadPack } from '#engine/pack/index.ts';
import type { Finding } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { foundAbout } from './found.ts';
import { outlinesIn } from '../outlines.ts';
import { chosenIn } from './place.ts';
import { resultsIn } from './results.ts';
import { indicatorView } from './indicator-view.ts';
import { lifeStages } from './shape.ts';
import { blocksOf } from './source-blocks.ts';

const { pack } = loadPack(packFiles('lantern-bay'));
const today = parseDate('2032-05-01');
if (!pack || !today) throw new Error('lantern-bay does not load');
const city = openCity({ pack, ...linkBook(pack), release: { digest: '0'.repeat(64), activatedAt: '' }, today, findings: lintPlan(pack), diagnostics: [], mode: 'demo' });

describe('the published text cut for reading', () => {
  const blocks = blocksOf(pack.source);

  test.each(['lantern-bay', 'jinhua'] as const)('holds every printed line of %s once, in order', (name) => {
    const source = loadPack(packFiles(name)).pack?.source;
    const printed = source?.lines.flatMap((line, index) => (line.trim() === '' ? [] : [index + 1]));
    const shown = source && blocksOf(source).flatMap((block) => (block.kind === 'table' ? block.rows.flat().map(({ line }) => line) : [block.line]));
    expect(shown).toEqual(printed);
  });

  test('has a row for each printed row of a table', () => {
    const tables = blocks.filter((block) => block.kind === 'table');
    expect(tables).toHaveLength(pack.source.tables.length);
    const names = new Set(tables.flatMap(({ rows }) => rows.flat().map(({ text }) => text)));
    expect(pack.source.tables.flatMap(({ rows }) => rows.map(({ name }) => name.text)).filter((name) => !names.has(name))).toEqual([]);
  });
});

test('a search says why it found each thing', () => {
  const first = (query: string) => resultsIn(city, query, 'zh').find(({ kind }) => kind === 'service')?.results[0];
  expect(first('休渔')).toMatchObject({ path: '/services/closed-season-grant', match: { kind: 'name', said: '休渔' } });
  expect(first('xybz')).toMatchObject({ path: '/services/closed-season-grant', match: { kind: 'spelt' } });
  expect(first('没有收入的渔民')).toMatchObject({ path: '/services/closed-season-grant', match: { kind: 'text' } });
  expect(resultsIn(city, '', 'zh')).toEqual([]);
});

test('the life stages are those that the pack orders, and only those with a page', () => {
  expect(lifeStages(pack.plan).map(({ id }) => id)).toEqual(['children', 'harbour']);
  expect(lifeStages({ ...pack.plan, lifeOrder: undefined }).map(({ id }) => id)).toEqual(['children', 'harbour']);
});

test('a county or a township is a place; a city, a province or nonsense is none', () => {
  const kinds = [...pack.divisions.values()].map(({ code, id, kind }) => [kind, chosenIn(pack, code ?? id ?? '') !== undefined] as const);
  expect(kinds.filter(([kind, chosen]) => chosen !== (kind === 'county' || kind === 'township'))).toEqual([]);
  expect(chosenIn(pack, 'nowhere')).toBeUndefined();
});

test('an indicator is judged in one sentence, in the direction that is good, with what the last plan reached', () => {
  const judged = (id: string): readonly string[] => {
    const indicator = pack.indicators.get(id);
    return indicator ? indicatorView(city, indicator, 'zh').pairs.map(({ judgement }) => judgement) : [];
  };
  // 58 is below the target of 60; 97 is above the target of 95; 80 - 58 = 22; 98 - 97 = 1.
  expect(judged('first-01-care-points')).toEqual(['2025年是 40%，2030年要达到 60%，增加 20 个百分点。2030年实际是 58%，没有达到目标。']);
  expect(judged('first-02-lighthouses')).toEqual(['2025年是 90%，2030年要达到 95%，增加 5 个百分点。2030年实际是 97%，达到了目标。']);
  expect(judged('second-01-care-points')).toEqual(['2030年是 58%，2035年要达到 80%，增加 22 个百分点。']);
  // One number holds two lines; the second prints no base.
  expect(judged('second-03-fishers-insured')).toEqual(['2030年是 70%，2035年要达到 85%，增加 15 个百分点。', '规划没有印出2030年的数；2035年的目标是 60%。']);
});

test('of a finding about a whole table, the row at hand is shown and the rest is one click away; slips of wording are only counted', () => {
  const places = [1, 2, 3, 1, 2].map((row, index) => ({ citation: { kind: 'row', table: 2, row } as const, file: pack.source.file, line: index + 1, raw: String(row) }));
  const finding = (severity: Finding['severity']): Finding => ({ code: 'missing-item-number', severity, places, subjects: ['second-02-lighthouses'], data: {} });
  const indicator = pack.indicators.get('second-02-lighthouses');
  const about = indicator && foundAbout({ ...city, findingsOf: () => [finding('warning'), finding('info')] }, [indicator.id], indicator.cite, 'zh');
  expect(about?.wording).toBe(1);
  expect(about?.findings.map(({ atOnce, places: shown }) => [atOnce, shown.map(({ raw }) => raw)])).toEqual([[2, ['2', '2', '1', '3', '1']]]);
});

test('outlines keep north up and names inside', () => {
  // A square one degree wide at the equator: as wide as high, so 600 by 600; its centre is its middle.
  const square = { crs: 'EPSG:4326', source: 'X', note: { zh: '示意', en: 'Sketch' }, areas: [{ code: '1', rings: [[[0, -0.5], [1, -0.5], [1, 0.5], [0, 0.5], [0, -0.5]] as const] }] };
  const drawn = outlinesIn(square, new Map([['1', { zh: '方', en: 'Square' }]]));
  expect(drawn).toMatchObject({ width: 600, height: 600, areas: [{ x: 300, y: 300 }] });
  expect(drawn?.areas[0]?.path.startsWith('M0 600L600 600L600 0')).toBe(true);
  expect(outlinesIn(undefined, new Map())).toBeUndefined();
});
