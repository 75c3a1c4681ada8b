import { createReadStream, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { literal, membersOf, startsOfSizes } from '#engine/population/index.ts';
import type { Days, Duty, FeedDay, FeedPlan } from '#engine/population/index.ts';
import { LANE, newColumn } from '#engine/rules/index.ts';
import type { Column, Lane, LinkColumns, Schema, sql } from '#engine/rules/index.ts';
import { keyIndexFile, KeyIndexWriter } from '../keys.ts';
import { finishRelease, keysFile, noteReports } from '../release.ts';
import type { Sealing } from '../seal.ts';
import { SnapshotWriter } from '../store.ts';
import { ParquetReader } from '../parquet/read.ts';
import { FactsOut } from './facts-out.ts';
import { reportOf } from './stage.ts';
import type { Staged } from './stage.ts';

/** A feed that was taken, with its mapping. */
export interface Taken {
  readonly plan: FeedPlan;
  readonly staged: Staged;
}

export interface BuildOrder {
  readonly session: sql.Session;
  readonly root: string;
  readonly schema: Schema;
  readonly city: string;
  readonly createdAt: string;
  readonly sealing?: Sealing | undefined;
  /** The grouping whose members lie together. */
  readonly primary: string;
  readonly feeds: readonly Taken[];
  /** Who holds which fact: of two feeds that give one, the holder's counts first. */
  readonly duties: ReadonlyMap<string, Duty>;
  readonly progress?: ((feed: string, done: number, all: number) => void) | undefined;
}

/** Why no release can be made of the feeds that were taken. */
export type BuildRefusal = { readonly kind: 'register-missing'; readonly entity: string } | { readonly kind: 'synthetic-mixed' };

/**
 * Joins the feeds to the register and writes a release. Nothing of it is seen before it is whole.
 *
 * What no feed tells of a thing is unknown. Where two feeds give the same fact the first counts that knows the value: the
 * holder's, then in the order of the pack; that they differ is kept with the origins.
 */
export async function buildRelease(order: BuildOrder): Promise<BuildRefusal | undefined> {
  const { session, root, schema, feeds, primary, sealing } = order;
  const person = schema.links.get(primary)?.from ?? '';
  const register = feeds.find(({ plan }) => plan.feed.register === true && plan.feed.entity === person);
  if (!register) return { kind: 'register-missing', entity: person };
  if (new Set(feeds.map(({ plan }) => plan.feed.synthetic)).size > 1) return { kind: 'synthetic-mixed' };
  const scratch = join(root, 'scratch');
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  const writer = new SnapshotWriter(root, schema, { keep: true, sealing });
  try {
    const world = await joinThings(order, register, scratch);
    // The surrogate ids in the order of the rows: what leads from a person to a row and back.
    for (const [entity, table] of world.tables) {
      // Nobody asks for a spell by its number: it is found through whose it is.
      if (schema.links.get(entity)?.kind === 'spells') continue;
      await session.run(`COPY (SELECT key FROM ${table} ORDER BY r) TO ${literal(writer.beside(keysFile(entity)))} (FORMAT parquet, COMPRESSION zstd)`);
      await writeKeyIndex(session, table, { path: writer.beside(keyIndexFile(entity)), rows: world.rows.get(entity) ?? 0, scratch });
    }
    const rowsOf = (entity: string): number => world.rows.get(entity) ?? 0;
    const facts = new FactsOut(writer, feeds.map(({ plan }) => plan), order.duties);
    let done = 0;
    for await (const [taken, reader] of ahead(feeds, (one) => joinedRows(session, one, world, scratch))) {
      if (reader) takeFacts(taken, reader, world, facts);
      done += 1;
      order.progress?.(taken.plan.feed.id, done, feeds.length);
    }
    facts.finish();
    noteReports(writer, feeds.map(({ staged }) => reportOf(staged)));
    for (const { id, kind, from, to } of schema.links.values()) writer.link(id, world.links.get(id) ?? unknownLink(kind, rowsOf(from), rowsOf(to)));
    const rows = Object.fromEntries([...schema.entities.keys()].map((entity) => [entity, rowsOf(entity)]));
    finishRelease(writer, { format: 1, synthetic: register.plan.feed.synthetic, city: order.city, createdAt: order.createdAt, people: rowsOf(person), feeds: feeds.map(({ staged }) => staged.about) }, { primary, rows, quarantine: { count: 0, counts: {}, listed: [] } });
    return undefined;
  } catch (error) {
    writer.discard();
    throw error;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The same as an index that leads from an id to its row. Ids pass as hexadecimal lines: whatever they hold, a line stays a line. */
async function writeKeyIndex(session: sql.Session, table: string, { path, rows, scratch }: { readonly path: string; readonly rows: number; readonly scratch: string }): Promise<void> {
  const lines = join(scratch, 'keys.hex');
  await session.run(`COPY (SELECT hex(encode(key)) FROM ${table} ORDER BY r) TO ${literal(lines)} (FORMAT csv, HEADER false)`);
  const index = new KeyIndexWriter(path, rows);
  for await (const ids of inLines(lines)) index.append(Buffer.from(ids.join(''), 'hex'), ids.map(({ length }) => length / 2));
  index.finish();
  rmSync(lines);
}

/** The lines of a file, many at a time. */
async function* inLines(path: string): AsyncGenerator<readonly string[]> {
  let rest = '';
  for await (const piece of createReadStream(path, { encoding: 'latin1', highWaterMark: 1 << 20 })) {
    const lines = `${rest}${String(piece)}`.split('\n');
    rest = lines.pop() ?? '';
    yield lines;
  }
  if (rest !== '') yield [rest];
}

/** What is made of each item, in order; the next is being made while the last is worked with. Nothing is still being made afterwards. */
async function* ahead<Item, Made>(items: readonly Item[], make: (item: Item) => Promise<Made>): AsyncGenerator<readonly [Item, Made]> {
  let next: Promise<Made> | undefined;
  try {
    for (const [at, item] of items.entries()) {
      const made = await (next ?? make(item));
      const following = items[at + 1];
      next = following && make(following);
      yield [item, made];
    }
  } finally {
    await Promise.allSettled([next]);
  }
}

/** The rows of a feed beside the rows of the things they are about. */
async function joinedRows(session: sql.Session, { plan, staged }: Taken, world: World, scratch: string): Promise<ParquetReader | undefined> {
  const table = world.tables.get(plan.feed.entity);
  if (table === undefined || plan.columns.length === 0) return undefined;
  const told = [...plan.days.map(({ of }) => of), ...plan.columns.map((_, at) => `v${at}`)];
  return materialise(session, `SELECT t.r, ${told.map((name) => `f.${name}`).join(', ')} FROM (${staged.good}) f JOIN ${table} t ON ${plan.feed.owner === undefined ? 't.key = f.key' : 't.row = f.row'}`, join(scratch, `facts-${plan.feed.id}.parquet`));
}

/** The facts of one feed, each value in the row of the thing it is about, and when they were seen. */
function takeFacts({ plan, staged }: Taken, reader: ParquetReader, world: World, facts: FactsOut): void {
  const rows = world.rows.get(plan.feed.entity) ?? 0;
  const places = wordsOf(reader, 'r');
  const dated = (of: FeedDay['of']): boolean => plan.days.some((one) => one.of === of);
  const usual = (day: string): number => Number(day.replaceAll('-', ''));
  const observedOn = dated('observed') ? daysPlaced(wordsOf(reader, 'observed'), usual(staged.about.observedOn), places, rows) : usual(staged.about.observedOn);
  const validFrom = dated('valid') ? daysPlaced(wordsOf(reader, 'valid'), observedOn, places, rows) : dated('observed') ? observedOn : usual(staged.about.validFrom);
  facts.days(plan, observedOn, validFrom);
  for (const [at, { fact, lane }] of plan.columns.entries()) facts.take(plan, fact, placed(reader, `v${at}`, lane, places, rows));
  reader.close();
}

/** Days in the rows of the things; a row without one has the usual day, one that the feed does not speak of none. */
function daysPlaced(told: Int32Array, usual: Days, places: Int32Array, rows: number): Int32Array {
  const days = new Int32Array(rows);
  for (const [at, day] of told.entries()) {
    const row = places[at] ?? 0;
    days[row] = day > 0 ? day : typeof usual === 'number' ? usual : (usual[row] ?? 0);
  }
  return days;
}

/** The things of all kinds in their rows, and how they are joined. */
interface World {
  readonly rows: ReadonlyMap<string, number>;
  /** A table `(key, r)` by entity; of spells `(row, owner, r)`, by the row of the file. */
  readonly tables: ReadonlyMap<string, string>;
  readonly links: ReadonlyMap<string, LinkColumns>;
}

async function joinThings({ session, schema, feeds, primary }: BuildOrder, { plan, staged }: Taken, scratch: string): Promise<World> {
  const [groups, relations] = [Object.keys(plan.feed.groups ?? {}), Object.keys(plan.feed.relations ?? {})];
  const main = groups.indexOf(primary);
  const [rows, tables, links] = [new Map<string, number>(), new Map<string, string>(), new Map<string, LinkColumns>()];
  const extra = [...groups.map((_, at) => `g${at}`), ...relations.map((_, at) => `r${at}`)].map((name) => `, ${name}`).join('');
  await session.run(`CREATE OR REPLACE TEMP TABLE people AS SELECT key${extra}, CAST(row_number() OVER (ORDER BY ${main < 0 ? '' : `g${main} NULLS LAST, `}row) - 1 AS INTEGER) AS r FROM (${staged.good})`);
  rows.set(plan.feed.entity, await countOf(session, 'people'));
  tables.set(plan.feed.entity, 'people');
  for (const [at, link] of groups.entries()) {
    const to = schema.links.get(link)?.to ?? '';
    const table = `group_${at}`;
    await session.run(`CREATE OR REPLACE TEMP TABLE ${table} AS SELECT key, size, CAST(row_number() OVER (ORDER BY first) - 1 AS INTEGER) AS r FROM (SELECT g${at} AS key, CAST(count(*) AS INTEGER) AS size, min(r) AS first FROM people WHERE g${at} IS NOT NULL GROUP BY g${at})`);
    const sizes = await numbers(session, `SELECT size FROM ${table} ORDER BY r`, scratch);
    rows.set(to, sizes.length);
    tables.set(to, table);
    links.set(link, link === primary ? { starts: startsOfSizes(sizes) } : membersOf(await numbers(session, `SELECT coalesce(g.r, ${LANE.int32.none}) AS n FROM people p LEFT JOIN ${table} g ON g.key = p.g${at} ORDER BY p.r`, scratch), sizes.length));
  }
  for (const [at, link] of relations.entries()) links.set(link, await relation(session, `r${at}`, plan.feed.unknownMark, rows.get(plan.feed.entity) ?? 0, scratch));
  for (const other of feeds.filter((one) => one.plan.feed.register === true && !tables.has(one.plan.feed.entity))) {
    const table = `other_${tables.size}`;
    await session.run(`CREATE OR REPLACE TEMP TABLE ${table} AS SELECT key, CAST(row_number() OVER (ORDER BY row) - 1 AS INTEGER) AS r FROM (${other.staged.good})`);
    rows.set(other.plan.feed.entity, await countOf(session, table));
    tables.set(other.plan.feed.entity, table);
  }
  for (const { plan: { feed }, staged: { good } } of feeds.filter((one) => one.plan.feed.owner !== undefined)) {
    const owners = tables.get(schema.links.get(feed.entity)?.from ?? '');
    if (owners === undefined) continue;
    const table = `spells_${tables.size}`;
    await session.run(`CREATE OR REPLACE TEMP TABLE ${table} AS SELECT f.row, o.r AS owner, CAST(row_number() OVER (ORDER BY o.r, f.row) - 1 AS INTEGER) AS r FROM (${good}) f JOIN ${owners} o ON o.key = f.owner`);
    const counts = await numbers(session, `SELECT coalesce(s.size, 0) AS n FROM ${owners} o LEFT JOIN (SELECT owner, CAST(count(*) AS INTEGER) AS size FROM ${table} GROUP BY owner) s ON s.owner = o.r ORDER BY o.r`, scratch);
    rows.set(feed.entity, await countOf(session, table));
    tables.set(feed.entity, table);
    links.set(feed.entity, { starts: startsOfSizes(counts) });
  }
  return { rows, tables, links };
}

async function countOf(session: sql.Session, table: string): Promise<number> {
  return Number((await session.rows(`SELECT count(*) FROM ${table}`))[0]?.[0] ?? 0);
}

/** Whom everybody is related to; a related thing that is not in the register is left out. */
async function relation(session: sql.Session, column: string, mark: string | undefined, rows: number, scratch: string): Promise<LinkColumns> {
  const marked = mark === undefined ? 'false' : `${column} = ${literal(mark)}`;
  await session.run(`CREATE OR REPLACE TEMP TABLE pairs AS SELECT p.r AS a, t.r AS b FROM (SELECT r, unnest(string_split(${column}, ';')) AS key FROM people WHERE ${column} IS NOT NULL AND NOT (${marked})) p JOIN people t ON t.key = p.key`);
  const [from, targets] = [await numbers(session, 'SELECT a AS n FROM pairs ORDER BY a, b', scratch), await numbers(session, 'SELECT b AS n FROM pairs ORDER BY a, b', scratch)];
  const counts = new Int32Array(rows);
  for (const row of from) counts[row] = (counts[row] ?? 0) + 1;
  const lost = Int8Array.from(await numbers(session, `SELECT CASE WHEN ${marked} THEN 1 ELSE 0 END AS n FROM people ORDER BY r`, scratch));
  return { starts: startsOfSizes(counts), targets, lost: lost.includes(1) ? lost : undefined };
}

/** Nobody told how things are joined: relations are not known, a grouping has nobody. */
function unknownLink(kind: 'grouping' | 'relation' | 'spells', from: number, to: number): LinkColumns {
  if (kind === 'grouping') return membersOf(new Int32Array(from).fill(LANE.int32.none), to);
  return { starts: new Int32Array(from + 1), lost: new Int8Array(from).fill(1), ...(kind === 'relation' ? { targets: new Int32Array() } : {}) };
}

/** The rows of a query as Parquet, so that they reach columns without becoming objects. */
async function materialise(session: sql.Session, query: string, path: string): Promise<ParquetReader> {
  await session.run(`COPY (${query}) TO ${literal(path)} (FORMAT parquet, COMPRESSION uncompressed, PARQUET_VERSION v1)`);
  return new ParquetReader(path);
}

async function numbers(session: sql.Session, query: string, scratch: string): Promise<Int32Array> {
  const reader = await materialise(session, query, join(scratch, 'numbers.parquet'));
  const whole = wordsOf(reader, /AS n /.test(query) ? 'n' : 'size');
  reader.close();
  return whole;
}

/** A whole column of words. */
function wordsOf(reader: ParquetReader, name: string): Int32Array {
  const whole = new Int32Array(reader.groups.reduce((sum, { rows }) => sum + rows, 0));
  let at = 0;
  reader.groups.forEach(({ rows }, group) => {
    reader.read(group, name, { column: whole, at, ...ALL.int32 });
    at += rows;
  });
  return whole;
}

/** Every value of a lane and its marks, taken as they are. */
const ALL = Object.fromEntries(Object.entries(LANE).map(([lane, { unknown, none, most }]) => [lane, { absent: unknown, unknown, min: Math.min(unknown, none), max: most }])) as Readonly<Record<Lane, { absent: number; unknown: number; min: number; max: number }>>;

/** A column with each value in its row; rows that no value was told of are unknown. Sorting here costs less than in the query. */
function placed(reader: ParquetReader, name: string, lane: Lane, places: Int32Array, rows: number): Column {
  const whole = newColumn(lane, rows).fill(LANE[lane].unknown);
  let at = 0;
  for (const [group, { rows: count }] of reader.groups.entries()) {
    const piece = newColumn(lane, count);
    reader.read(group, name, { column: piece, at: 0, ...ALL[lane] });
    for (let row = 0; row < count; row++) whole[places[at + row] ?? 0] = piece[row] ?? 0;
    at += count;
  }
  return whole;
}
