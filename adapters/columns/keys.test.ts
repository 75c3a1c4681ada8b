import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { keysOf, rowNumbers } from '#engine/population/index.ts';
import { keyIndexFile, KeyIndexWriter, openKeyIndex, rowsBefore } from './index.ts';
import type { Release } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, ids: readonly string[], pieces = 1) {
  const path = join(folder, name);
  const writer = new KeyIndexWriter(path, ids.length);
  const size = Math.ceil(ids.length / pieces);
  for (let at = 0; at < ids.length; at += size) {
    const part = ids.slice(at, at + size);
    writer.append(Buffer.from(part.join('')), part.map((id) => Buffer.byteLength(id)));
  }
  writer.finish();
  return openKeyIndex(path);
}

test('an index leads from every row to its id and back, whatever the ids hold and however they came', () => {
  const ids = [...Array.from({ length: 5_000 }, (_, row) => `P${String((row * 7_919) % 100_003).padStart(9, '0')}`), '灯湾-1', 'a b\nc', '-', '😀'];
  const index = written('many', ids, 7);
  expect(ids.map((_, row) => index.idOf(row))).toEqual(ids);
  expect(ids.map((id) => index.rowOf(id))).toEqual([...ids.keys()]);
  for (const id of ['', 'P', 'p000000000', `${ids[0]} `, '灯湾']) expect(index.rowOf(id)).toBeUndefined();
  for (const row of [-1, 0.5, ids.length, Number.NaN]) expect(index.idOf(row)).toBeUndefined();
  index.close();
});

test('a search that reaches the end of the table goes on at its start, and one row or none is an index too', () => {
  // Sixteen slots hold eight ids at most: every search that begins behind the last empty slot runs over the end.
  for (let seed = 0; seed < 200; seed++) {
    const ids = Array.from({ length: 8 }, (_, at) => `${seed}:${at}`);
    const index = written('small', ids);
    expect([...ids, 'nobody'].map((id) => index.rowOf(id))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, undefined]);
    index.close();
  }
  const [one, none] = [written('one', ['x']), written('none', [])];
  expect([one.rowOf('x'), one.rowOf('y'), none.rowOf('x'), none.idOf(0)]).toEqual([0, undefined, undefined, undefined]);
});

test('a file that is no index is a fault, and so is an index that was not filled', () => {
  const writer = new KeyIndexWriter(join(folder, 'short'), 2);
  writer.append(Buffer.from('a'), [1]);
  expect(() => writer.finish()).toThrow('fewer keys than rows');
  expect(() => openKeyIndex(join(folder, 'short'))).toThrow('a file of keys is none');
});

test('keys of two kinds never meet, and a drawn city is named by its rows', () => {
  const keys = keysOf(new Map([['living', rowNumbers(3)], ['joint-living', rowNumbers(2)], ['joint', rowNumbers(9)]]));
  expect([keys.keyOf('living', 2), keys.keyOf('living', 3), keys.keyOf('village', 0)]).toEqual(['living-2', undefined, undefined]);
  expect(keys.rowOf('joint-living-1')).toEqual({ entity: 'joint-living', row: 1 });
  for (const key of ['living-3', 'living-01', 'living--1', 'living-1e0', 'living', '1', 'village-0', '']) expect(keys.rowOf(key)).toBeUndefined();
});

test('the rows of one release are found in another by their ids', () => {
  const release = (id: string, ids: readonly string[]): Release => {
    mkdirSync(join(folder, id));
    written(join(id, keyIndexFile('person')), ids).close();
    return { id, folder: join(folder, id), current: false, about: { format: 1, synthetic: true, city: 'town', createdAt: '', people: ids.length, feeds: [] } };
  };
  const [may, june] = [release('may', ['ada', 'bo', 'cy', '灯湾-1']), release('june', ['cy', 'new', '灯湾-1', 'ada', 'ad', 'adaa'])];
  expect(rowsBefore(may, june, 'person')).toEqual(Int32Array.of(2, -1, 3, 0, -1, -1));
  expect(rowsBefore(june, may, 'person')).toEqual(Int32Array.of(3, -1, 0, 2));
  expect(rowsBefore(may, june, 'household')).toBeUndefined();
});
