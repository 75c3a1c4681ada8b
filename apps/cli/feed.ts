import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { systemClock } from '#adapters/clock/index.ts';
import { knownShares, listReleases } from '#adapters/columns/index.ts';
import type { Sealing } from '#adapters/columns/index.ts';
import { buildRelease, registered, stagedFeed, stageFeed } from '#adapters/columns/feed/index.ts';
import type { BuildRefusal, Staged, StageResult, Taken } from '#adapters/columns/feed/index.ts';
import { openDuckdb } from '#adapters/duckdb/index.ts';
import { releasesFolder } from '#apps/server/demo-release.ts';
import { isRefused, openSealing } from '#apps/server/sealing.ts';
import { readSettings } from '#apps/server/settings.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { dutiesOf, feedPlan, quoted, syntheticModel } from '#engine/population/index.ts';
import type { FeedPlan, FeedReport } from '#engine/population/index.ts';
import type { RuleBook, sql } from '#engine/rules/index.ts';
import type { Call, Command } from './command.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { openPack } from './pack-book.ts';
import { refuse } from './refusal.ts';
import type { Terminal } from './terminal.ts';

const OPTIONS = { feed: { type: 'string' }, on: { type: 'string' }, data: { type: 'string' }, pack: { type: 'string' } } as const;

/** Checks a department's file, or every file of a folder, and says how good it is. No release is made. */
export const feedCheckCommand: Command = { name: 'feed check', takes: ['FILE'], options: OPTIONS, run: (call) => load(call, false) };

/** Checks and takes a department's file, or every file of a folder, and makes a release of all feeds taken. */
export const feedLoadCommand: Command = { name: 'feed load', takes: ['FILE'], options: OPTIONS, run: (call) => load(call, true) };

/** A file with the mapping that reads it. */
interface Arrived {
  readonly file: string;
  readonly plan: FeedPlan;
}

async function load({ terminal, env, option, given: [path = ''] }: Call, release: boolean): Promise<Exit> {
  const settings = readSettings(env, { data: option('data'), pack: option('pack') });
  if ('kind' in settings) return refuse(terminal, settings);
  const opened = openPack(settings.pack);
  if ('kind' in opened) return refuse(terminal, opened);
  const { book } = opened;
  const target = resolve(path);
  if (!existsSync(target)) return terminal.refuse(EXIT.usage, 'file-missing', { file: target });
  const clock = systemClock(settings.today);
  const on = parseDate(option('on') ?? clock.today(book.pack.plan.calendar.zone));
  if (on === undefined) return terminal.refuse(EXIT.usage, 'today-invalid', { value: option('on') ?? '' });
  const arrived = arrivedAt(terminal, book, target, option('feed'));
  if (!Array.isArray(arrived)) return arrived;
  const root = releasesFolder(settings.folder);
  const feedsRoot = join(root, release ? 'feeds' : 'checks');
  const sealing = openSealing(settings, book.pack, release ? 'make' : 'read');
  if (isRefused(sealing)) return refuse(terminal, sealing);
  const current = listReleases(root, sealing).find((release) => release.current);
  const session = await openDuckdb();
  try {
    const results = await stageAll({ terminal, book, session, feedsRoot, on, before: current ? knownShares(current, book.vocabulary.schema) : new Map() }, arrived);
    const refused = results.some(({ staged }) => !staged);
    return tell(terminal, results, release && !refused ? await build(terminal, book, session, { root, feedsRoot, createdAt: clock.now(), sealing }) : {}, refused);
  } finally {
    await session.close();
  }
}

const NOT_BUILT = { 'register-missing': 'feed.not-built.register-missing', 'synthetic-mixed': 'feed.not-built.synthetic-mixed' } as const satisfies Record<BuildRefusal['kind'], string>;

interface Built {
  readonly id?: string | undefined;
  /** Why no release was made. */
  readonly problem?: BuildRefusal['kind'] | undefined;
}

function tell(terminal: Terminal, results: readonly StageResult[], { id, problem }: Built, refused: boolean): Exit {
  terminal.result({ reports: results.map(({ report, quarantine }) => ({ ...report, quarantine })), release: id ?? null, problem: problem ?? null }, () => {
    for (const { report, quarantine } of results) printReport(terminal, report, quarantine);
    if (id !== undefined) terminal.say('feed.release', { release: id });
    if (problem !== undefined) terminal.say(NOT_BUILT[problem]);
  });
  return refused || problem !== undefined ? EXIT.failed : EXIT.ok;
}

/** The files of a folder by their names, or the one file by `--feed`; registers first, for the others are measured by them. */
function arrivedAt(terminal: Terminal, book: RuleBook, target: string, id: string | undefined): Arrived[] | Exit {
  const files = statSync(target).isDirectory() ? readdirSync(target).filter((name) => /[.](?:parquet|csv|xlsx)$/i.test(name)).map((name) => [basename(name, extname(name)), join(target, name)] as const) : [[id ?? basename(target, extname(target)), target] as const];
  const arrived: Arrived[] = [];
  for (const [name, file] of files) {
    const feed = book.pack.feeds.get(name);
    if (!feed) return terminal.refuse(EXIT.usage, 'feed-unknown', { feed: name });
    const plan = feedPlan(book.pack, book.vocabulary.schema, feed);
    if ('problems' in plan) return terminal.refuse(EXIT.failed, 'feed-faulty', { feed: name, problems: plan.problems.map(({ kind, name: what }) => `${kind} ${what}`).join(', ') });
    arrived.push({ file, plan });
  }
  return arrived.sort((a, b) => Number(b.plan.feed.register === true) - Number(a.plan.feed.register === true));
}

interface Desk {
  readonly terminal: Terminal;
  readonly book: RuleBook;
  readonly session: sql.Session;
  readonly feedsRoot: string;
  readonly on: string;
  readonly before: ReadonlyMap<string, number>;
}

async function stageAll({ terminal, book, session, feedsRoot, on, before }: Desk, arrived: readonly Arrived[]): Promise<readonly StageResult[]> {
  const results: StageResult[] = [];
  const { pack, vocabulary: { schema } } = book;
  const registers = new Map<string, string>();
  const note = (plan: FeedPlan, staged: Staged): void => { for (const [entity, keys] of registered(schema, plan, staged)) registers.set(entity, keys); };
  for (const feed of pack.feeds.values()) {
    const [plan, staged] = [feedPlan(pack, schema, feed), stagedFeed(feedsRoot, feed.id)];
    if (staged && !('problems' in plan)) note(plan, staged);
  }
  for (const { file, plan } of arrived) {
    const register = plan.feed.register === true ? undefined : await keysOnce(session, registers, plan.feed.owner === undefined ? plan.feed.entity : (schema.links.get(plan.feed.entity)?.from ?? ''));
    const result = await stageFeed({ session, plan, file, root: feedsRoot, observedOn: on, validFrom: on, before, register, progress: (rows, all) => { terminal.note(terminal.word('feed.progress', { feed: plan.feed.id, rows, all })); } });
    if (result.staged) note(plan, result.staged);
    results.push(result);
  }
  return results;
}

/** The keys of an entity as a table of the session: every feed about it asks for them. */
async function keysOnce(session: sql.Session, registers: Map<string, string>, entity: string): Promise<string | undefined> {
  const keys = registers.get(entity);
  if (keys === undefined || keys.includes(`"${KEYS}`)) return keys;
  const table = quoted(`${KEYS}${entity}`);
  await session.run(`CREATE OR REPLACE TEMP TABLE ${table} AS ${keys}`);
  const kept = `SELECT key FROM ${table}`;
  registers.set(entity, kept);
  return kept;
}

const KEYS = 'keys of ';

async function build(terminal: Terminal, book: RuleBook, session: sql.Session, { root, feedsRoot, createdAt, sealing }: { readonly root: string; readonly feedsRoot: string; readonly createdAt: string; readonly sealing: Sealing | undefined }): Promise<Built> {
  const { pack, vocabulary: { schema } } = book;
  const feeds = [...pack.feeds.values()].flatMap((feed): Taken[] => {
    const staged = stagedFeed(feedsRoot, feed.id);
    const plan = feedPlan(pack, schema, feed);
    return staged && !('problems' in plan) ? [{ plan, staged }] : [];
  });
  const primary = syntheticModel(pack)?.people.living ?? [...schema.links.values()].find(({ kind }) => kind === 'grouping')?.id ?? '';
  const refusal = await buildRelease({ session, root, schema, city: pack.plan.id, createdAt, sealing, primary, duties: dutiesOf(pack, schema), feeds, progress: (feed, done, all) => { terminal.note(terminal.word('feed.joined', { feed, done, all })); } });
  return refusal ? { problem: refusal.kind } : { id: listReleases(root).find(({ current }) => current)?.id };
}

function printReport(terminal: Terminal, report: FeedReport, quarantine: string | undefined): void {
  const { feed, rows, taken, quarantined, damage, damageLimit, faults, coverage, columns, refused } = report;
  terminal.print(terminal.word('feed.report', { feed, rows, taken, quarantined, damage: damage.toFixed(2), limit: damageLimit }));
  if (coverage !== undefined) terminal.print(`  ${terminal.word('feed.coverage', { percent: coverage.toFixed(2) })}`);
  for (const { column, reason, rows: bad } of faults) terminal.print(`  ${column}  ${terminal.word(`feed.fault.${reason}`)}  ${bad}`);
  for (const { column, drift } of columns) if (drift !== undefined && Math.abs(drift) >= 1) terminal.print(`  ${terminal.word('feed.drift', { column, points: drift.toFixed(2) })}`);
  if (quarantine !== undefined) terminal.print(`  ${terminal.word('feed.quarantine', { file: quarantine })}`);
  if (refused) terminal.print(`  ${terminal.word(`feed.refused.${refused.kind}`, { columns: 'columns' in refused ? refused.columns.join(', ') : '' })}`);
}
