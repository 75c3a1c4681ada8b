import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDuckdb } from '#adapters/duckdb/index.ts';
import { CONFLICT, dutiesOf, feedPlan, NO_ORIGINS, NOBODY, provenanceOf, syntheticId, syntheticModel } from '#engine/population/index.ts';
import type { FeedPlan, Snapshot } from '#engine/population/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { LANE, linkRules } from '#engine/rules/index.ts';
import type { sql } from '#engine/rules/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { isStored, keysFile, listReleases, loadOrigins, loadSnapshot, openKeys, openRelease, verifyRelease, writeSyntheticRelease } from '../index.ts';
import type { Release } from '../index.ts';
import { buildRelease, registered, stageFeed, writeFeeds } from './index.ts';
import type { StageResult } from './index.ts';

const { pack } = loadPack(packFiles('lantern-bay'));
const model = pack && syntheticModel(pack);
if (!pack || !model) throw new Error('Lantern Bay draws no city');
const { schema } = linkRules(pack).book.vocabulary;
const duties = dutiesOf(pack, schema);
const folder = mkdtempSync(join(tmpdir(), 'feeds-'));
let session: sql.Session;
beforeAll(async () => { session = await openDuckdb(); });
afterAll(async () => {
  await session.close();
  rmSync(folder, { recursive: true });
});

function plan(id: string): FeedPlan {
  const feed = pack?.feeds.get(id);
  const made = pack && feed && feedPlan(pack, schema, feed);
  if (!made || 'problems' in made) throw new Error(`the mapping ${id} is wrong`);
  return made;
}

const stage = (id: string, file: string, root: string, register?: string): Promise<StageResult> =>
  stageFeed({ session, plan: plan(id), file, root: join(root, 'feeds'), observedOn: '2031-06-15', validFrom: '2031-06-01', before: new Map(), register });

function opened(release: Release | undefined): Snapshot {
  const stored = release && openRelease(release, schema);
  if (!stored || !isStored(stored)) throw new Error('the release does not open');
  return loadSnapshot(stored, new Set(schema.facts.keys()));
}

const PEOPLE = [
  '编号,户号,配偶,子女,号码,性别,生日,住地',
  `P1,H2,P2,,${syntheticId(1, 19900101, true)},1,1990/01/01,990101001`,
  `P2,H2,P1,,${syntheticId(2, 19920229, false)},2,1992/02/29,990101001`,
  `P3,H1,不详,P1;P2,${syntheticId(3, 19600505, false)},2,1960/05/05,990122100`,
];
const FISHERS = [
  '编号,等级,收入,有捕捞证',
  'P1,1,1234.5,有',
  'P2,,不详,',
  'P2,2,1,无', // The second row about the same person.
  'P9,1,1,有', // Nobody of the register.
  'P3,3,1,有', // No such grade.
  'P3,1,1.234,也许', // A tenth of a fen, and no such word: the first fault is named.
  ',1,1,有',
];

function write(name: string, lines: readonly string[]): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

test('good rows go on, bad ones are put aside with their reasons, and a release joins what was told', async () => {
  const root = join(folder, 'a');
  const people = await stage('people', write('people.csv', PEOPLE), root);
  expect(people.report).toMatchObject({ rows: 3, taken: 3, quarantined: 0, refused: undefined });
  if (!people.staged) throw new Error('the register was refused');
  const keys = new Map(registered(schema, plan('people'), people.staged)).get('person');
  const fishers = await stage('fishers', write('fishers.csv', FISHERS), root, keys);
  expect(fishers.report).toMatchObject({ rows: 7, taken: 2, quarantined: 5, refused: { kind: 'damage' } });
  expect(new Map(fishers.report.faults.map(({ column, reason, rows }) => [`${column} ${reason}`, rows]))).toEqual(new Map([['编号 duplicate', 1], ['编号 orphan', 1], ['编号 key-missing', 1], ['等级 bad-code', 1], ['收入 wrong-kind', 1], ['有捕捞证 bad-code', 1]]));
  expect(readFileSync(fishers.quarantine ?? '', 'utf8').split('\n').slice(0, 2)).toEqual(['row,reasons,编号,等级,收入,有捕捞证', '3,编号:duplicate,P2,2,1,无']);

});

test('a release joins what was told; what nobody told is unknown', async () => {
  const root = join(folder, 'e');
  const people = await stage('people', write('people.csv', PEOPLE), root);
  if (!people.staged) throw new Error('the register was refused');
  const keys = new Map(registered(schema, plan('people'), people.staged)).get('person');
  const good = await stage('fishers', write('fishers.csv', FISHERS.slice(0, 4)), root, keys);
  if (!good.staged) throw new Error('three good rows of four were refused');
  expect(await buildRelease({ session, root, schema, city: 'lantern-bay', createdAt: '2031-06-15T00:00:00Z', primary: 'living', duties, feeds: [{ plan: plan('people'), staged: people.staged }, { plan: plan('fishers'), staged: good.staged }] })).toBeUndefined();
  const [release] = listReleases(root);
  const snapshot = opened(release);
  // H1 comes before H2, so P3 is row 0.
  expect(await session.rows(`SELECT key FROM read_parquet('${join(release?.folder ?? '', keysFile('person'))}')`)).toEqual([['P3'], ['P1'], ['P2']]);
  const stored = release && openRelease(release, schema);
  if (!release || !stored || !isStored(stored)) throw new Error('the release does not open');
  const named = openKeys(release, stored);
  expect([0, 1, 2, 3].map((row) => named.keyOf('person', row))).toEqual(['person-P3', 'person-P1', 'person-P2', undefined]);
  expect(['person-P2', 'living-H2', 'person-H2'].map((key) => named.rowOf(key))).toEqual([{ entity: 'person', row: 2 }, { entity: 'living', row: 1 }, undefined]);
  named.close();
  expect([...(snapshot.links.get('living')?.starts ?? [])]).toEqual([0, 1, 3]);
  expect([...(snapshot.columns.get('person.birth-date') ?? [])]).toEqual([19600505, 19900101, 19920229]);
  // P3: no row, so nothing is known. P2: an empty grade means none, an empty licence no; the income is said not to be known.
  expect([...(snapshot.columns.get('person.fisher-grade') ?? [])]).toEqual([LANE.int8.unknown, 0, LANE.int8.none]);
  expect([...(snapshot.columns.get('person.month-income') ?? [])]).toEqual([LANE.int32.unknown, 123_450, LANE.int32.unknown]);
  expect([...(snapshot.columns.get('person.fishing-licence') ?? [])]).toEqual([LANE.int8.unknown, 1, 0]);
  expect(snapshot.links.get('spouse')).toEqual({ starts: Int32Array.of(0, 0, 1, 2), targets: Int32Array.of(2, 1), lost: Int8Array.of(1, 0, 0), group: undefined });
  expect(release?.about.feeds.map(({ feed, validFrom }) => `${feed} ${validFrom}`)).toEqual(['people 2031-06-01', 'fishers 2031-06-01']);
});

test('spells come with whose they are; one of nobody, or that does not say when it began, is put aside', async () => {
  const root = join(folder, 'h');
  const people = await stage('people', write('people.csv', PEOPLE), root);
  if (!people.staged) throw new Error('the register was refused');
  const keys = new Map(registered(schema, plan('people'), people.staged)).get('person');
  const VISITS = ['记录号,编号,哪天,到哪天,项目', 'V1,P2,1992-03-08,1992-03-08,首访', 'V2,P3,1960-05-12,,首访', 'V3,P2,1992-09-01,1992-09-01,半岁', 'V3,P2,1992-09-01,1992-09-01,半岁', 'V4,P9,1992-09-01,,半岁', 'V5,,1992-09-01,,半岁', 'V6,P1,,,半岁'];
  const visits = await stage('visits', write('visits.csv', VISITS), root, keys);
  expect(new Map(visits.report.faults.map(({ column, reason, rows }) => [`${column} ${reason}`, rows]))).toEqual(new Map([['记录号 duplicate', 1], ['编号 orphan', 1], ['编号 key-missing', 1], ['哪天 not-a-date', 1]]));
  // Of three people two have been visited.
  expect([visits.report.taken, Math.round(visits.report.coverage ?? 0)]).toEqual([3, 67]);
  if (!visits.staged) throw new Error('three good rows of seven were refused');
  await buildRelease({ session, root, schema, city: 'lantern-bay', createdAt: '2031-06-15T00:00:00Z', primary: 'living', duties, feeds: [people.staged, visits.staged].map((staged) => ({ plan: plan(staged.feed), staged })) });
  const snapshot = opened(listReleases(root)[0]);
  // Rows: P3, P1, P2. Who is in no row has no visit, which is known.
  expect(snapshot.links.get('care-visit')).toMatchObject({ starts: Int32Array.of(0, 1, 1, 3), lost: undefined });
  expect([...(snapshot.columns.get('care-visit.from') ?? [])]).toEqual([19600512, 19920308, 19920901]);
  expect([...(snapshot.columns.get('care-visit.until') ?? [])]).toEqual([LANE.int32.none, 19920308, 19920901]);
  expect([...(snapshot.columns.get('care-visit.item') ?? [])]).toEqual([0, 0, 1]);
});

test('a workbook says the same as a file of text, and a file without a column is refused', async () => {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('渔民');
  for (const line of FISHERS.slice(0, 3)) sheet.addRow(line.split(','));
  const file = join(folder, 'fishers.xlsx');
  mkdirSync(folder, { recursive: true });
  await workbook.xlsx.writeFile(file);
  expect((await stage('fishers', file, join(folder, 'b'))).report).toMatchObject({ rows: 2, taken: 2, faults: [] });
  expect((await stage('fishers', write('short.csv', ['编号,等级', 'P1,1']), join(folder, 'b'))).report.refused).toEqual({ kind: 'columns-missing', columns: ['收入', '有捕捞证'] });
});

test('a synthetic feed with a number that may be somebody’s does not take that row', async () => {
  // The worked example of GB 11643: its check character is right.
  const lines = [...PEOPLE, 'P4,H3,,,11010519491231002X,1,1949/12/31,990101001'];
  expect((await stage('people', write('mixed.csv', lines), join(folder, 'c'))).report.faults).toEqual([{ column: '号码', reason: 'id-of-somebody', rows: 1 }]);
});

test('a column of unified social credit codes is checked by their last character', async () => {
  const mapped = { ...plan('fishers').feed, columns: [...plan('fishers').feed.columns, { column: '代码', check: 'credit-code' as const }] };
  const checked = (synthetic: boolean): Promise<StageResult> => {
    const made = feedPlan(pack, schema, { ...mapped, synthetic });
    if ('problems' in made) throw new Error(JSON.stringify(made.problems));
    const lines = FISHERS.slice(0, 3).map((line, at) => `${line},${['代码', '113307000025923025', '113307000025923026'][at] ?? ''}`);
    return stageFeed({ session, plan: made, file: write('codes.csv', lines), root: join(folder, `e${String(synthetic)}`), observedOn: '2031-06-15', validFrom: '2031-06-15', before: new Map(), register: undefined });
  };
  expect((await checked(false)).report.faults).toEqual([{ column: '代码', reason: 'id-check-digit', rows: 1 }]);
  expect((await checked(true)).report.faults).toEqual([{ column: '代码', reason: 'id-of-somebody', rows: 1 }]);
});

test('a city that was sent as feeds is the city that was drawn, and releases before it stay readable', async () => {
  const root = join(folder, 'd');
  const order = { model, schema, people: 400, seed: 5, on: 20310615, createdAt: '2031-06-15T00:00:00Z' };
  writeSyntheticRelease(root, order);
  const { files } = await writeFeeds(session, join(folder, 'sent'), order);
  const staged = [];
  for (const file of files.toSorted().toReversed()) {
    const id = file.slice(file.lastIndexOf('/') + 1, -'.parquet'.length);
    const { staged: one, report } = await stage(id, file, root);
    expect(report.refused).toBeUndefined();
    if (one) staged.push({ plan: plan(id), staged: one });
  }
  await buildRelease({ session, root, schema, city: 'lantern-bay', createdAt: '2031-06-16T00:00:00Z', primary: 'living', duties, feeds: staged });
  expect(listReleases(root).map((release) => verifyRelease(release, schema))).toEqual([undefined, undefined]);
  const [drawn, sent] = listReleases(root).map(opened);
  for (const fact of ['person.sex', 'person.birth-date', 'person.resident-area']) expect(sent?.columns.get(fact)).toEqual(drawn?.columns.get(fact));
  // Spells too, but for those of nobody, those sent twice and the days that are none: row 13 and row 11 of 200.
  const visitsOf = (of: typeof drawn): number => of?.links.get('care-visit')?.starts.at(-1) ?? 0;
  expect([visitsOf(drawn), visitsOf(sent)]).toEqual([200, 198]);
  for (const link of ['living', 'spouse', 'children']) expect(sent?.links.get(link)?.starts).toEqual(drawn?.links.get(link)?.starts);
  // One row in 2,000 speaks of nobody or is sent twice: row 7 twice and row 13 not at all of 400.
  const grade = (of: typeof drawn): readonly number[] => [...(of?.columns.get('person.fisher-grade') ?? [])];
  expect(grade(sent).flatMap((value, row) => (value === grade(drawn)[row] ? [] : [row]))).toEqual([13]);
  expect(listReleases(root).map(({ id, current }) => [id, current])).toEqual([['v1', false], ['v2', true]]);
  // So is where it came from: of a quarter of 100 heads some had their grade from the harbour office alone, and some in conflict.
  const [first, second] = listReleases(root).map((release) => loadOrigins(release, new Set(schema.facts.keys())));
  const whose = (of: typeof first, row: number): unknown => { const from = provenanceOf(of ?? NO_ORIGINS, 'person.fisher-grade', row); return [from?.feed, from?.feed === 'harbour-office' && from, of?.givers.get('person.fisher-grade')?.by?.[row]]; };
  const rows = Array.from({ length: 400 }, (_, row) => row).filter((row) => row !== 13);
  expect(rows.map((row) => whose(second, row))).toEqual(rows.map((row) => whose(first, row)));
  const by = [...(first?.givers.get('person.fisher-grade')?.by ?? [])];
  expect([by.includes(1), by.includes(CONFLICT), by.includes(NOBODY)]).toEqual([true, true, false]);
  expect(first?.feeds.map(({ feed, observedOn }) => [feed, typeof observedOn])).toEqual([['fishers', 'number'], ['harbour-office', 'object'], ['people', 'number'], ['visits', 'number']]);
});

test('a row is as old as it says it is, or as its file', async () => {
  const root = join(folder, 'g');
  const people = await stage('people', write('people.csv', PEOPLE), root);
  const harbour = await stage('harbour-office', write('harbour.csv', ['编号,渔民证,登记日,起始日', 'P1,1,2031-02-03,2030-01-01', 'P2,2,,', 'P3,1,昨天,']), root);
  expect(harbour.report.faults).toEqual([{ column: '登记日', reason: 'not-a-date', rows: 1 }]);
  const fishers = await stage('fishers', write('fishers.csv', ['编号,等级,收入,有捕捞证', 'P1,2,不详,']), root);
  const staged = [people, harbour, fishers].flatMap(({ staged: one }) => (one ? [{ plan: plan(one.feed), staged: one }] : []));
  await buildRelease({ session, root, schema, city: 'lantern-bay', createdAt: '2031-06-15T00:00:00Z', primary: 'living', duties, feeds: staged });
  const [release] = listReleases(root);
  const origins = release && loadOrigins(release, new Set(schema.facts.keys()));
  const seen = (row: number): unknown => provenanceOf(origins ?? NO_ORIGINS, 'person.fisher-grade', row);
  // Rows: P3, P1, P2. The fisheries office holds the grade, so of P1 its word stands though another told first; of P2 the office says nothing.
  expect([seen(0), seen(1), seen(2)]).toEqual([undefined, { feed: 'fishers', department: 'fisheries', observedOn: 20310615, validFrom: 20310601 }, { feed: 'harbour-office', department: 'development', observedOn: 20310615, validFrom: 20310615 }]);
  expect(origins?.feeds.find(({ feed }) => feed === 'harbour-office')).toMatchObject({ observedOn: Int32Array.of(0, 20310203, 20310615), validFrom: Int32Array.of(0, 20300101, 20310615) });
  expect(origins?.givers.get('person.fisher-grade')?.by).toEqual(Int8Array.of(NOBODY, CONFLICT, 1));
});
