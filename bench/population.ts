import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { SnapshotWriter } from '#adapters/columns/index.ts';
import { ParquetWriter } from '#adapters/columns/parquet/write.ts';
import type { ParquetColumn, Values } from '#adapters/columns/parquet/write.ts';
import { LANE, laneOf } from '#engine/rules/index.ts';
import type { Column, Lane } from '#engine/rules/index.ts';
import { drawPeople } from './people.ts';
import type { Batch } from './people.ts';
import { FACTS, WORLD } from './world.ts';

/** The files of a benchmark population: made once, used again while seed and version match. */
export interface Population {
  /** One row a person, sorted by household, zstd: `household` and the 26 facts. */
  readonly parquet: string;
  /** The same as a snapshot. */
  readonly snapshot: string;
  readonly folder: string;
}

/** Raise it when the people drawn would differ. */
const VERSION = 4;
const SEED = 20_260_630;

export function cacheFolder(): string {
  return process.env['MINSHENG_BENCH'] ?? '/tmp/minsheng-bench';
}

/** So many people as Parquet and as a snapshot, in bounded memory. */
export async function preparePopulation(people: number): Promise<Population> {
  const folder = join(cacheFolder(), `people-${people}-v${VERSION}-${SEED}`);
  const ready: Population = { folder, parquet: join(folder, 'people.parquet'), snapshot: join(folder, 'snapshot') };
  if (existsSync(folder)) return ready;
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  draw(people, draft);
  await compress(join(draft, 'plain.parquet'), join(draft, 'people.parquet'));
  rmSync(join(draft, 'plain.parquet'));
  renameSync(draft, folder);
  return ready;
}

const lanes = new Map(FACTS.map(({ id, type }): [string, Lane] => [id, laneOf(type, type.kind === 'code' ? WORLD.codeLists.get(type.list)?.codes.length : 0) ?? 'float64']));
export const laneOfFact = (id: string): Lane => lanes.get(id) ?? 'float64';

function draw(people: number, folder: string): void {
  const snapshot = new SnapshotWriter(join(folder, 'snapshot'), WORLD);
  const open = new Map(FACTS.map((fact) => [fact.id, snapshot.column(fact, laneOfFact(fact.id))]));
  const columns: readonly ParquetColumn[] = [{ name: 'household', type: 'int32' }, ...FACTS.map(({ id }): ParquetColumn => ({ name: id, type: laneOfFact(id) === 'float64' ? 'int64' : 'int32' }))];
  const plain = new ParquetWriter(join(folder, 'plain.parquet'), columns);
  const starts: number[] = [0];
  let total = 0;
  for (const batch of drawPeople(people, SEED)) {
    for (const [id, column] of batch.columns) open.get(id)?.append(column);
    const firstHousehold = starts.length - 1;
    for (const size of batch.sizes) {
      total += size;
      starts.push(total);
    }
    const home = homes(batch);
    plain.group(batch.people, (at) => valuesOf(batch, home, firstHousehold, at));
  }
  plain.close();
  for (const column of open.values()) column.close();
  snapshot.link('living', { starts: Int32Array.from(starts) });
  snapshot.finish({ primary: 'living', rows: { person: total, household: starts.length - 1 }, quarantine: { count: 0, counts: {}, listed: [] } });
}

/** The household of each person of a batch, from 0. */
function homes({ people, sizes }: Batch): Int32Array {
  const home = new Int32Array(people);
  let at = 0;
  sizes.forEach((size, household) => {
    home.fill(household, at, at + size);
    at += size;
  });
  return home;
}

function valuesOf({ people, columns }: Batch, home: Int32Array, firstHousehold: number, at: number): Values {
  const fact = FACTS[at - 1];
  if (!fact) return { present: undefined, values: home.map((household) => household + firstHousehold) };
  const column = columns.get(fact.id) ?? new Int8Array();
  return present(fact.entity === 'person' ? column : spread(column, home), people, LANE[laneOfFact(fact.id)].none);
}

const spread = (column: Column, home: Int32Array): Int32Array => Int32Array.from(home, (household) => column[household] ?? 0);

/**
 * The values above the marks, and whose they are. None and unknown both are nulls in this file: whoever has none of
 * a disability has no level of it, and the benchmark's rules ask for the kind first.
 */
function present(column: Column, rows: number, none: number): Values {
  const bits = new Uint8Array(Math.ceil(rows / 8));
  const values = column instanceof Float64Array ? new BigInt64Array(rows) : new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const value = column[row] ?? none;
    if (value <= none) continue;
    bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7));
    if (values instanceof BigInt64Array) values[count++] = BigInt(value);
    else values[count++] = value;
  }
  return { present: bits, values: values.subarray(0, count) };
}

/** The narrow types and the compression that a data warehouse would use, written by DuckDB. */
async function compress(from: string, to: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const columns = FACTS.map(({ id, type }) => `CAST("${id}" AS ${type.kind === 'boolean' ? 'BOOLEAN' : SQL_TYPE[laneOfFact(id)]}) AS "${id}"`);
  await connection.run(`COPY (SELECT household, ${columns.join(', ')} FROM read_parquet('${from}')) TO '${to}' (FORMAT parquet, COMPRESSION zstd)`);
  connection.closeSync();
  instance.closeSync();
}

const SQL_TYPE = { int8: 'TINYINT', int16: 'SMALLINT', int32: 'INTEGER', float64: 'BIGINT' } as const satisfies Record<Lane, string>;
