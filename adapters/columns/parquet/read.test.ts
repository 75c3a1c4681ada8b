import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, expect, test } from 'vitest';
import { LANE, newColumn } from '#engine/rules/index.ts';
import type { Lane } from '#engine/rules/index.ts';
import { dictionaryPlaces, dictionaryValues, levels } from './decode.ts';
import { ParquetReader } from './read.ts';
import { bitsWhere, ParquetWriter } from './write.ts';

const folder = mkdtempSync(join(tmpdir(), 'parquet-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ROWS = 5_000;
/** A name, the lane it is read into, and how DuckDB makes it; whether it becomes plain or a dictionary depends on how many values there are. */
const COLUMNS: readonly (readonly [name: string, lane: Lane, made: string])[] = [
  ['truth', 'int8', 'random() < 0.3'],
  ['truth or nothing', 'int8', 'CASE WHEN random() < 0.4 THEN random() < 0.5 END'],
  ['few', 'int8', 'CAST(floor(random() * 7) AS TINYINT)'],
  ['few or nothing', 'int8', 'CASE WHEN random() < 0.2 THEN CAST(floor(random() * 40) AS TINYINT) END'],
  ['always five', 'int8', 'CAST(5 AS TINYINT)'],
  ['many', 'int16', 'CAST(floor(random() * 3000) AS SMALLINT)'],
  ['in runs', 'int32', 'CAST(range // 700 AS INTEGER)'],
  ['all different', 'int32', 'CAST(floor(random() * 2000000000) - 100 AS INTEGER)'],
  ['different or nothing', 'int32', 'CASE WHEN random() < 0.9 THEN CAST(floor(random() * 2000000000) AS INTEGER) END'],
  ['nothing', 'int32', 'CAST(NULL AS INTEGER)'],
  ['long', 'float64', 'CAST(floor(random() * 10000000000) AS BIGINT)'],
  ['few long or nothing', 'float64', 'CASE WHEN random() < 0.5 THEN CAST(floor(random() * 50) AS BIGINT) END'],
  ['double', 'float64', 'CAST(floor(random() * 9) AS DOUBLE)'],
];

test.each([['zstd', 0, 9e9], ['uncompressed', 0, 9e9], ['zstd', 1, 4]] as const)('what DuckDB writes with %s is read as DuckDB reads it, and what lies beyond %i to %i is set aside', async (compression, min, max) => {
  const path = join(folder, `${compression}-${min}.parquet`);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT ${COLUMNS.map(([name, , made]) => `${made} AS "${name}"`).join(', ')} FROM range(${ROWS})) TO '${path}' (FORMAT parquet, COMPRESSION ${compression}, ROW_GROUP_SIZE 2048)`);
  const written = (await connection.runAndReadAll(`SELECT ${COLUMNS.map(([name]) => `CAST("${name}" AS DOUBLE) AS "${name}"`).join(', ')} FROM read_parquet('${path}')`)).getColumnsObject();
  connection.closeSync();
  instance.closeSync();
  const reader = new ParquetReader(path);
  expect(reader.groups.length).toBeGreaterThan(1);
  for (const [name, lane] of COLUMNS) {
    const { unknown, none } = LANE[lane];
    const column = newColumn(lane, ROWS);
    let [at, aside] = [0, 0];
    reader.groups.forEach(({ rows }, group) => {
      aside += reader.read(group, name, { column, at, absent: none, unknown, min, max });
      at += rows;
    });
    const beyond = (value: number): boolean => value < min || value > max;
    const values = (written[name] ?? []).map((value) => (value === null ? null : Number(value)));
    expect([...column], name).toEqual(values.map((value) => (value === null ? none : beyond(value) ? unknown : value)));
    expect(aside, name).toBe(values.filter((value) => value !== null && beyond(value)).length);
  }
  reader.close();
});

test('a page that ends too soon, or names a value that its dictionary does not have, is a fault', () => {
  // 3 begins a stretch of eight, and sixteen are asked for.
  expect(() => levels(Uint8Array.of(3, 0xff), 16)).toThrow('too soon');
  expect(() => dictionaryPlaces(Uint8Array.of(1, 3, 0xff), 16, new Int32Array(16))).toThrow('too soon');
  // Two bits each, least first: 0 1 2 3 0 1 2 3; then eight times 3 as a run.
  const [stretch, run] = [Uint8Array.of(2, 3, 0b11100100, 0b11100100), Uint8Array.of(2, 16, 3)];
  expect([...dictionaryValues(stretch, 8, new Int32Array(8), Int32Array.of(10, 11, 12, 13))]).toEqual([10, 11, 12, 13, 10, 11, 12, 13]);
  for (const bytes of [stretch, run]) expect(() => dictionaryValues(bytes, 8, new Int32Array(8), Int32Array.of(10, 11, 12))).toThrow('does not have');
});

test('words come back row by row, none where a row has none, and other words in another row group', () => {
  const path = join(folder, 'words.parquet');
  const writer = new ParquetWriter(path, [{ name: 'word', type: 'text' }, { name: 'fen', type: 'int64' }], 'zstd');
  writer.group(3, (at) => (at === 0 ? { present: bitsWhere(3, (row) => row !== 1), values: Uint8Array.of(1, 0), words: ['岛', 'sea'] } : { present: undefined, values: BigInt64Array.of(1n, 2n, 2n ** 40n) }));
  writer.group(9, (at) => (at === 0 ? { present: undefined, values: new Uint8Array(9), words: ['灯湾'] } : { present: bitsWhere(9, () => false), values: new Int32Array() }));
  writer.close();
  const reader = new ParquetReader(path);
  expect(reader.readText(0, 'word')).toEqual({ words: ['岛', 'sea'], places: Int32Array.of(1, -1, 0) });
  expect(reader.readText(1, 'word')).toEqual({ words: ['灯湾'], places: new Int32Array(9) });
  const fen = new Float64Array(3);
  reader.read(0, 'fen', { column: fen, at: 0, absent: NaN, unknown: NaN, min: 0, max: Number.MAX_SAFE_INTEGER });
  expect([...fen]).toEqual([1, 2, 2 ** 40]);
  expect(() => reader.readText(0, 'fen')).toThrow('texts of type 2');
  reader.close();
});
