import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, openSync, closeSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { finishRelease, isStored, listReleases, openSnapshot, SnapshotWriter, writeSyntheticRelease } from '#adapters/columns/index.ts';
import type { AboutRelease, Sealing, StoredSnapshot } from '#adapters/columns/index.ts';
import { bytesOf, readArray, readAt } from '#adapters/columns/array-file.ts';
import { ParquetReader } from '#adapters/columns/parquet/read.ts';
import { ParquetWriter } from '#adapters/columns/parquet/write.ts';
import { screened } from '#engine/entitlement/index.ts';
import { readManifest, vocabularyDigest } from '#engine/population/index.ts';
import type { Manifest, StoredArray, SyntheticModel } from '#engine/population/index.ts';
import { LANE, newColumn, NOBODY_SIGNS, seenFact } from '#engine/rules/index.ts';
import type { Column, Lane, LinkColumns, RuleBook, Schema } from '#engine/rules/index.ts';
import { cacheFolder } from './population.ts';

/*
 * The whole city as a warehouse would hand it over: for each kind of thing one Parquet file, zstd, narrow types, a
 * column a fact, null where it is unknown; and one file for each array of a link. Drawn once, then used again.
 */

const SEED = 1;
const ROWS = 262_144;

/** A drawn city as Parquet. */
export interface Residents {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly about: AboutRelease;
}

/** The columns that deciding everybody on these days reads: what may be looked at only by signature, and who has signed, too. */
export function columnsRead(book: RuleBook, days: readonly number[]): ReadonlySet<string> {
  const seen = days.flatMap((day) => screened(book).programAt(day).facts.map(seenFact));
  return new Set([...seen.flatMap(({ fact, signed }) => [fact, ...(signed === undefined || signed === NOBODY_SIGNS ? [] : [signed])]), ...book.vocabulary.areas.values()]);
}

export async function prepareResidents(model: SyntheticModel, schema: Schema, people: number, on: number): Promise<Residents> {
  const folder = join(cacheFolder(), `residents-${people}-v${model.people.version}-${on}-${createHash('sha256').update(vocabularyDigest(schema)).digest('hex').slice(0, 8)}`);
  if (!existsSync(folder)) await draw(folder, { model, schema, people, on });
  const manifest = readManifest(readFileSync(join(folder, 'manifest.json'), 'utf8'), schema);
  if ('kind' in manifest) throw new Error(`the residents of the benchmark: ${manifest.kind}`);
  const about: AboutRelease = JSON.parse(readFileSync(join(folder, 'release.json'), 'utf8'));
  return { folder, manifest, about };
}

async function draw(folder: string, { model, schema, people, on }: { readonly model: SyntheticModel; readonly schema: Schema; readonly people: number; readonly on: number }): Promise<void> {
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const root = join(draft, 'release');
  writeSyntheticRelease(root, { model, schema, people, seed: SEED, on, createdAt: '2026-11-24T00:00:00.000Z' });
  await writeParquet(root, draft, schema);
  rmSync(root, { recursive: true });
  renameSync(draft, folder);
}

/** A release as Parquet. */
export async function writeParquet(root: string, to: string, schema: Schema): Promise<void> {
  const stored = openSnapshot(root, schema, { verify: false });
  const [release] = listReleases(root);
  if (!isStored(stored) || !release) throw new Error('the drawn city cannot be read');
  for (const entity of Object.keys(stored.manifest.rows)) await writeThings(to, stored, entity);
  for (const { file, array } of arraysOf(stored.manifest)) await writeNumbers(join(to, file), readArray(stored.folder, array));
  for (const name of ['manifest.json', 'release.json']) cpSync(join(release.folder, name), join(to, name));
}

/** The file of each array of a link. */
function arraysOf({ links }: Manifest): readonly { readonly file: string; readonly array: StoredArray }[] {
  return links.flatMap(({ link, starts, targets, lost, group }) => Object.entries({ starts, targets, lost, group }).flatMap(([name, array]) => (array ? [{ file: `link-${link}-${name}.parquet`, array }] : [])));
}

const plainType = (lane: Lane): 'int32' | 'int64' => (lane === 'float64' ? 'int64' : 'int32');
const words = (column: Column): Int32Array | BigInt64Array => (column instanceof Float64Array ? BigInt64Array.from(column, BigInt) : Int32Array.from(column));

/** All facts about one kind of thing. */
async function writeThings(draft: string, { folder, manifest }: StoredSnapshot, entity: string): Promise<void> {
  const columns = manifest.columns.filter((column) => column.entity === entity);
  const rows = manifest.rows[entity] ?? 0;
  if (columns.length === 0 || rows === 0) return;
  const plain = join(draft, 'plain.parquet');
  const writer = new ParquetWriter(plain, columns.map(({ fact, lane }) => ({ name: fact, type: plainType(lane) })));
  const handles = columns.map(({ file }) => openSync(join(folder, file), 'r'));
  for (let from = 0; from < rows; from += ROWS) {
    const count = Math.min(ROWS, rows - from);
    writer.group(count, (at) => {
      const lane = columns[at]?.lane ?? 'int32';
      const piece = newColumn(lane, count);
      readAt(handles[at] ?? NaN, bytesOf(piece), from * LANE[lane].bytes);
      return { present: undefined, values: words(piece) };
    });
  }
  writer.close();
  for (const handle of handles) closeSync(handle);
  await compress(plain, join(draft, `${entity}.parquet`), columns.map(({ fact, lane, marks }) => `CAST(NULLIF("${fact}", ${marks.unknown}) AS ${SQL_TYPE[lane]}) AS "${fact}"`));
  rmSync(plain);
}

async function writeNumbers(to: string, column: Column): Promise<void> {
  const plain = `${to}.plain`;
  const writer = new ParquetWriter(plain, [{ name: 'value', type: 'int32' }]);
  for (let from = 0; from < column.length; from += ROWS) {
    const piece = column.subarray(from, from + ROWS);
    writer.group(piece.length, () => ({ present: undefined, values: words(piece) }));
  }
  writer.close();
  await compress(plain, to, ['value']);
  rmSync(plain);
}

const SQL_TYPE = { int8: 'TINYINT', int16: 'SMALLINT', int32: 'INTEGER', float64: 'BIGINT' } as const satisfies Record<Lane, string>;

async function compress(from: string, to: string, columns: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT ${columns.join(', ')} FROM read_parquet('${from}')) TO '${to}' (FORMAT parquet, COMPRESSION zstd)`);
  connection.closeSync();
  instance.closeSync();
}

/** Takes a city in from its Parquet files as a release: the columns of some facts, and every link, with or without what seals them. Measured. */
export function takeIn({ folder, manifest, about }: Residents, root: string, schema: Schema, facts: ReadonlySet<string>, sealing?: Sealing): void {
  const writer = new SnapshotWriter(root, schema, { sealing });
  for (const entity of Object.keys(manifest.rows)) {
    const columns = manifest.columns.filter((column) => column.entity === entity && facts.has(column.fact));
    if (columns.length === 0) continue;
    const reader = new ParquetReader(join(folder, `${entity}.parquet`));
    for (const { fact: id, lane } of columns) {
      const fact = schema.facts.get(id);
      if (!fact) continue;
      const { unknown, most } = LANE[lane];
      const open = writer.column(fact, lane);
      const room = newColumn(lane, reader.widest);
      reader.groups.forEach(({ rows }, group) => {
        const piece = room.subarray(0, rows);
        reader.read(group, id, { column: piece, at: 0, absent: unknown, unknown, min: unknown, max: most });
        open.append(piece);
      });
      open.close();
    }
    reader.close();
  }
  for (const { link, starts, targets, lost, group } of manifest.links) writer.link(link, { starts: numbers(folder, link, 'starts', starts) ?? new Int32Array(1), targets: numbers(folder, link, 'targets', targets), group: numbers(folder, link, 'group', group), lost: lostOf(folder, link, lost) });
  finishRelease(writer, about, { primary: manifest.primary, rows: manifest.rows, quarantine: manifest.quarantine });
}

function numbers(folder: string, link: string, name: string, array: StoredArray | undefined): Int32Array | undefined {
  return array && read(folder, link, name, new Int32Array(array.length));
}

function lostOf(folder: string, link: string, array: StoredArray | undefined): LinkColumns['lost'] {
  return array && read(folder, link, 'lost', new Int8Array(array.length));
}

function read<A extends Int32Array | Int8Array>(folder: string, link: string, name: string, into: A): A {
  const reader = new ParquetReader(join(folder, `link-${link}-${name}.parquet`));
  let at = 0;
  reader.groups.forEach(({ rows }, group) => {
    reader.read(group, 'value', { column: into, at, absent: 0, unknown: 0, min: -0x8000_0000, max: 0x7fff_ffff });
    at += rows;
  });
  reader.close();
  return into;
}
