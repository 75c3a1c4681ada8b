import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createHash } from 'node:crypto';
import { DAY, judged, literal, quoted, trimmed } from '#engine/population/index.ts';
import type { FeedFault, FeedPlan, FeedReport } from '#engine/population/index.ts';
import { LANE } from '#engine/rules/index.ts';
import type { Schema, sql } from '#engine/rules/index.ts';
import { ABOUT_FEED, KEPT_REPORT } from '../release.ts';
import type { AboutFeed, KeptReport } from '../release.ts';
import { writeSynced } from '../folder.ts';
import { asParquet, digestOf } from './source.ts';

/** What loading a feed goes by. */
export interface StageOrder {
  readonly session: sql.Session;
  readonly plan: FeedPlan;
  readonly file: string;
  /** Where feeds are kept: `<root>/<feed>/<digest>/` and the file `current` beside it. */
  readonly root: string;
  /** The day on which the values were seen to be so, and from which they hold, for the whole feed. */
  readonly observedOn: string;
  readonly validFrom: string;
  /** Known share of each fact in the release that holds, from 0 to 1. */
  readonly before: ReadonlyMap<string, number>;
  /** SQL that gives the `key` of every thing of this kind that there is; undefined for a register itself or where there is none. */
  readonly register: string | undefined;
  readonly progress?: ((rows: number, all: number) => void) | undefined;
}

/** A feed that was checked: its good rows as numbers in Parquet. */
export interface Staged {
  readonly feed: string;
  readonly folder: string;
  /** SQL that gives the good rows, each thing once. */
  readonly good: string;
  readonly about: AboutFeed;
}

export interface StageResult {
  readonly report: FeedReport;
  /** Undefined where the feed was refused. */
  readonly staged: Staged | undefined;
  /** The bad rows with their reasons; undefined where there are none. */
  readonly quarantine: string | undefined;
}

/** So many rows are checked at a time; a load that was broken off goes on at the first block that is not there. */
const BLOCK = 2_000_000;

/** Checks a file against its mapping, keeps the good rows and puts the bad ones aside. */
export async function stageFeed(order: StageOrder): Promise<StageResult> {
  const { session, plan, file, root } = order;
  const sha256 = await digestOf(file);
  // Another mapping reads another meaning, so it is another folder.
  const version = createHash('sha256').update(`${sha256} ${JSON.stringify(plan, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}`).digest('hex').slice(0, 16);
  const folder = join(root, plan.feed.id, version);
  mkdirSync(folder, { recursive: true });
  const source = await asParquet(session, file, folder);
  const there = new Set((await session.rows(`SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet(${literal(source)}))`)).map(([name]) => String(name)));
  const missing = plan.headings.filter((heading) => !there.has(heading));
  const empty = { rows: 0, taken: 0, quarantined: 0, damage: 0, damageLimit: plan.damageLimit * 100, faults: [], coverage: undefined, columns: [] };
  const about = { feed: plan.feed.id, department: plan.feed.department, synthetic: plan.feed.synthetic };
  if (missing.length > 0) return { report: { ...about, ...empty, refused: { kind: 'columns-missing', columns: missing } }, staged: undefined, quarantine: undefined };
  const rows = await count(session, `SELECT count(*) FROM read_parquet(${literal(source)})`);
  await checkBlocks(order, source, folder, rows);
  const parts = `read_parquet(${literal(join(folder, 'part-*.parquet'))})`;
  const orphaned = order.register;
  const whose = plan.feed.owner === undefined ? 'key' : 'owner';
  await session.run(`CREATE OR REPLACE TEMP TABLE again AS SELECT key, min(row) AS first FROM ${parts} WHERE fault IS NULL GROUP BY key HAVING count(*) > 1`);
  await session.run(`CREATE OR REPLACE TEMP TABLE orphan AS ${orphaned === undefined ? `SELECT CAST(NULL AS VARCHAR) AS key WHERE false` : `SELECT DISTINCT ${whose} AS key FROM ${parts} WHERE fault IS NULL AND ${whose} NOT IN (${orphaned})`}`);
  const reason = `CASE WHEN p.fault IS NOT NULL THEN p.fault WHEN p.row > a.first THEN 'key:duplicate' WHEN o.key IS NOT NULL THEN '${whose}:orphan' END`;
  const judgedRows = `SELECT p.row, ${reason} AS reason FROM ${parts} p LEFT JOIN again a ON a.key = p.key LEFT JOIN orphan o ON o.key = p.${whose}`;
  await session.run(`CREATE OR REPLACE TEMP TABLE bad AS SELECT row, reason FROM (${judgedRows}) WHERE reason IS NOT NULL`);
  await session.run(`COPY bad TO ${literal(join(folder, BAD))} (FORMAT parquet)`);
  const good = goodRows(folder);
  const quarantined = await count(session, 'SELECT count(*) FROM bad');
  const quarantine = quarantined === 0 ? undefined : join(folder, 'quarantine.csv');
  if (quarantine !== undefined) await session.run(`COPY (SELECT b.row + 1 AS row, ${namedReasons(plan)} AS reasons, s.* EXCLUDE (file_row_number) FROM bad b JOIN read_parquet(${literal(source)}, file_row_number = true) s ON s.file_row_number = b.row ORDER BY b.row) TO ${literal(quarantine)} (FORMAT csv, HEADER)`);
  const refused = judged(rows, quarantined, plan.damageLimit);
  const report: FeedReport = {
    ...about, rows, taken: rows - quarantined, quarantined, damage: rows === 0 ? 0 : (quarantined / rows) * 100, damageLimit: plan.damageLimit * 100, refused,
    faults: await faultsOf(session, plan), coverage: await coverageOf(session, plan.feed.owner === undefined ? rows - quarantined : await count(session, `SELECT count(DISTINCT owner) FROM (${good})`), order.register), columns: await columnsOf(session, plan, good, order.before),
  };
  if (refused) return { report, staged: undefined, quarantine };
  const made: AboutFeed = { feed: plan.feed.id, file: basename(file), sha256, rows, taken: rows - quarantined, quarantined, observedOn: order.observedOn, validFrom: order.validFrom };
  const staged: Staged = { feed: plan.feed.id, folder, good, about: made };
  writeSynced(join(folder, 'about.json'), `${JSON.stringify(made, undefined, 1)}\n`);
  writeSynced(join(folder, 'report.json'), `${JSON.stringify(report, undefined, 1)}\n`);
  for (const name of readdirSync(folder)) if (/^source[.]|^sheet[.]/.test(name)) rmSync(join(folder, name));
  writeSynced(join(root, plan.feed.id, 'current.draft'), version);
  renameSync(join(root, plan.feed.id, 'current.draft'), join(root, plan.feed.id, 'current'));
  return { report, staged, quarantine };
}

/** The rows that were put aside, by number. */
const BAD = 'bad.parquet';

function goodRows(folder: string): string {
  return `SELECT * EXCLUDE (fault) FROM read_parquet(${literal(join(folder, 'part-*.parquet'))}) WHERE row NOT IN (SELECT row FROM read_parquet(${literal(join(folder, BAD))}))`;
}

async function count(session: sql.Session, query: string): Promise<number> {
  return Number((await session.rows(query))[0]?.[0] ?? 0);
}

/** Each block becomes a file; a file that is there is whole, for it is renamed when it is. */
async function checkBlocks({ session, plan, progress }: StageOrder, source: string, folder: string, rows: number): Promise<void> {
  const texts = plan.headings.map(trimmed);
  for (let block = 0; block * BLOCK < Math.max(1, rows); block++) {
    const part = join(folder, `part-${String(block).padStart(4, '0')}.parquet`);
    const [from, to] = [block * BLOCK, (block + 1) * BLOCK];
    if (!existsSync(part)) {
      const cells = `SELECT file_row_number AS "\u0001row", ${texts.join(', ')} FROM read_parquet(${literal(source)}, file_row_number = true) WHERE file_row_number >= ${from} AND file_row_number < ${to}`;
      await session.run(`COPY (${checkedSql(plan, cells)}) TO ${literal(`${part}.draft`)} (FORMAT parquet)`);
      renameSync(`${part}.draft`, part);
    }
    progress?.(Math.min(to, rows), rows);
  }
}

/** Row number, id, groups, relations, numbers, and every fault as `<column>:<reason>`. */
function checkedSql({ feed, columns, checks, days }: FeedPlan, cells: string): string {
  const key = quoted(feed.key);
  const groups = Object.values(feed.groups ?? {}).map((heading, at) => `${quoted(heading)} AS g${at}`);
  const relations = Object.values(feed.relations ?? {}).map((heading, at) => `${quoted(heading)} AS r${at}`);
  const read = [...columns.map(({ cell, lane }, at) => ({ code: `v${at}`, cell, as: `v${at}`, type: lane === 'float64' ? 'BIGINT' : 'INTEGER' })), ...days.map(({ cell, of }, at) => ({ code: `d${at}`, cell, as: of, type: 'INTEGER' }))];
  const missing = (heading: string): string => `CASE WHEN ${quoted(heading)} IS NULL THEN 'key-missing' END`;
  const faults = [
    ['key', missing(feed.key)], ...(feed.owner === undefined ? [] : [['owner', missing(feed.owner)]]),
    ...read.map(({ code, cell: { fault } }) => [code, ofCell(fault, code)]), ...checks.map(({ fault }, at) => [`c${at}`, fault]),
  ];
  const doubtful = [key, ...(feed.owner === undefined ? [] : [quoted(feed.owner)])].map((one) => `${one} IS NULL`);
  doubtful.push(...columns.map((_, at) => `v${at} IS NULL`), ...days.map(({ of, column }) => `(${of} IS NULL AND ${quoted(column)} IS NOT NULL)`), ...checks.map(({ fault }) => `(${fault}) IS NOT NULL`));
  const withDays = `SELECT *${read.map(({ code, cell: { day } }) => (day === undefined ? '' : `, ${day} AS ${ofCell(DAY, code)}`)).join('')} FROM (${cells})`;
  const withValues = `SELECT *${read.map(({ code, cell: { value }, as, type }) => `, CAST(${ofCell(value, code)} AS ${type}) AS ${as}`).join('')} FROM (${withDays})`;
  // Nearly all rows are good: seeing that every cell has a number costs less than asking each what is wrong with it.
  const fault = `CASE WHEN ${doubtful.join(' OR ')} THEN concat_ws(' ', ${faults.map(([code, one]) => `'${code}:' || (${one})`).join(', ')}) END`;
  return `SELECT "\u0001row" AS row, ${[`${key} AS key`, ...(feed.owner === undefined ? [] : [`${quoted(feed.owner)} AS owner`]), ...groups, ...relations, ...read.map(({ as }) => as)].join(', ')}, ${fault} AS fault FROM (${withValues})`;
}

/** The SQL of one of the cells that are read beside one another. */
const ofCell = (text: string, code: string): string => text.replaceAll(DAY, `"\u0001day ${code}"`);

/** The heading that a fault is about. */
function headingOf({ feed, columns, checks, days }: FeedPlan, code: string): string {
  if (code === 'owner') return feed.owner ?? feed.key;
  const at = Number(code.slice(1));
  const places = code.startsWith('v') ? columns : code.startsWith('c') ? checks : code.startsWith('d') ? days : [];
  return places[at]?.column ?? feed.key;
}

/** Reasons with headings instead of places. */
function namedReasons(plan: FeedPlan): string {
  const named = [...plan.columns.map((_, at) => `v${at}`), ...plan.checks.map((_, at) => `c${at}`), ...plan.days.map((_, at) => `d${at}`), 'key', ...(plan.feed.owner === undefined ? [] : ['owner'])].toReversed();
  const place = `split_part(reason, ':', 1)`;
  // Of several reasons the first has its heading; the rest are places of the mapping.
  return `CASE ${place} ${named.map((code) => `WHEN '${code}' THEN ${literal(headingOf(plan, code))}`).join(' ')} END || ':' || substr(reason, strpos(reason, ':') + 1)`;
}

async function faultsOf(session: sql.Session, plan: FeedPlan): Promise<readonly FeedFault[]> {
  const rows = await session.rows(`SELECT one, count(*) FROM (SELECT unnest(string_split(reason, ' ')) AS one FROM bad) GROUP BY one ORDER BY count(*) DESC, one`);
  return rows.map(([one, count]) => {
    const [code = '', reason = ''] = String(one).split(':');
    return { column: headingOf(plan, code), reason, rows: Number(count) };
  });
}

/** What share of the things of the register are told of, in percent. */
async function coverageOf(session: sql.Session, told: number, register: string | undefined): Promise<number | undefined> {
  if (register === undefined) return undefined;
  const all = await count(session, `SELECT count(*) FROM (${register})`);
  return all === 0 ? undefined : (told / all) * 100;
}

async function columnsOf(session: sql.Session, { columns }: FeedPlan, good: string, before: ReadonlyMap<string, number>): Promise<FeedReport['columns']> {
  if (columns.length === 0) return [];
  const figures = columns.map(({ lane }, at) => {
    const { unknown, none } = LANE[lane];
    // Sums of truths: five filters a column cost ten times as much.
    return `CAST(sum(CAST(v${at} = ${none} AS INTEGER)) AS BIGINT), CAST(sum(CAST(v${at} = ${unknown} AS INTEGER)) AS BIGINT), min(CASE WHEN v${at} > ${none} THEN v${at} END), max(CASE WHEN v${at} > ${none} THEN v${at} END)`;
  });
  const [[all = null, ...row] = []] = await session.rows(`SELECT count(*), ${figures.join(', ')} FROM (${good})`);
  return columns.map(({ column, fact }, at) => {
    const [none = null, unknown = null, min = null, max = null] = row.slice(at * 4, at * 4 + 4);
    const known = Number(all) - Number(none) - Number(unknown);
    const last = before.get(fact.id);
    return {
      column, fact: fact.id, known, none: Number(none), unknown: Number(unknown),
      min: min === null ? undefined : Number(min), max: max === null ? undefined : Number(max),
      drift: last === undefined || Number(all) === 0 ? undefined : (known / Number(all) - last) * 100,
    };
  });
}

/** By entity, SQL that gives the keys of what a register says there is: its rows, and the groups they form. */
export function registered(schema: Schema, { feed }: FeedPlan, { good }: Staged): readonly (readonly [entity: string, keys: string])[] {
  if (feed.register !== true) return [];
  const groups = Object.keys(feed.groups ?? {}).map((link, at) => [schema.links.get(link)?.to ?? link, `SELECT DISTINCT g${at} AS key FROM (${good}) WHERE g${at} IS NOT NULL`] as const);
  return [[feed.entity, `SELECT key FROM (${good})`], ...groups];
}

/** How good a file was that was taken. */
export function reportOf({ folder }: Staged): KeptReport {
  return KEPT_REPORT.parse(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')));
}

/** The staged feed that holds for a mapping; undefined where none was taken yet. */
export function stagedFeed(root: string, feed: string): Staged | undefined {
  const pointer = join(root, feed, 'current');
  if (!existsSync(pointer)) return undefined;
  const folder = join(root, feed, readFileSync(pointer, 'utf8').trim());
  const about: unknown = JSON.parse(readFileSync(join(folder, 'about.json'), 'utf8'));
  return { feed, folder, good: goodRows(folder), about: ABOUT_FEED.parse(about) };
}
