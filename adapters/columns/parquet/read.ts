import { closeSync, fstatSync, openSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';
import type { Column } from '#engine/rules/index.ts';
import { readAt } from '../array-file.ts';
import { booleans, dictionaryPlaces, dictionaryValues, levels, longs, Room } from './decode.ts';
import { decodeThrift, listAt, numberAt, structAt, textAt } from './thrift.ts';
import type { Decoded } from './thrift.ts';

/** Where one column of one row group lies. */
interface Chunk {
  readonly type: number;
  readonly codec: number;
  readonly start: number;
  readonly bytes: number;
}

/** How the values of a column become numbers of a lane. */
export interface Into {
  readonly column: Column;
  /** Where the first row goes. */
  readonly at: number;
  /** What stands for an absent value, and the range beyond which a value is set aside as unknown. */
  readonly absent: number;
  readonly unknown: number;
  readonly min: number;
  readonly max: number;
}

/** Values of a page or a dictionary. */
type Given = { readonly kind: 'words'; readonly values: Int32Array } | { readonly kind: 'doubles'; readonly values: Float64Array };

const [BOOLEAN, INT32, INT64, DOUBLE, BYTE_ARRAY] = [0, 1, 2, 5, 6];
const [PLAIN, PLAIN_DICTIONARY, RLE_DICTIONARY] = [0, 2, 8];

/**
 * Reads numbers, truth values and dates-as-numbers out of a Parquet file, row group by row group, straight into columns.
 *
 * Flat files with pages of version 1, plain or by dictionary, with zstd or without compression: what DuckDB and most
 * warehouses write. Another encoding is a fault with its name; such a file goes through DuckDB first.
 */
export class ParquetReader {
  readonly #handle: number;
  readonly #columns: ReadonlyMap<string, number>;
  readonly #groups: readonly { readonly rows: number; readonly chunks: readonly Chunk[] }[];

  constructor(path: string) {
    this.#handle = openSync(path, 'r');
    const { size } = fstatSync(this.#handle);
    const tail = this.#bytes(size - 8, 8);
    const length = new DataView(tail.buffer, tail.byteOffset).getUint32(0, true);
    const { value: footer } = decodeThrift(this.#bytes(size - 8 - length, length));
    const [, ...leaves] = listAt(footer, 2).filter((item): item is Decoded => item instanceof Map);
    this.#columns = new Map(leaves.map((leaf, number) => [textAt(leaf, 4), number]));
    this.#groups = listAt(footer, 4).filter((item): item is Decoded => item instanceof Map).map((group) => ({
      rows: numberAt(group, 3),
      chunks: listAt(group, 1).filter((item): item is Decoded => item instanceof Map).map(chunkOf),
    }));
  }

  get groups(): readonly { readonly rows: number }[] {
    return this.#groups;
  }

  /** The most rows of a row group. */
  get widest(): number {
    return this.#groups.reduce((most, { rows }) => Math.max(most, rows), 0);
  }

  close(): void {
    closeSync(this.#handle);
  }

  /** Decodes a column of a row group; gives how many values were set aside because they lie outside the range. */
  read(group: number, name: string, into: Into): number {
    let dictionary: Given | undefined;
    let row = into.at;
    let aside = 0;
    for (const { type, page, count, encoding } of this.#pages(group, name)) {
      if (encoding === undefined) dictionary = plain(type, page.slice(), count, new Room());
      else {
        aside += fill({ ...into, at: row }, page, count, encoding, type, dictionary);
        row += count;
      }
    }
    return aside;
  }

  /** The words of a column of texts in a row group, and for each row the place of its word, -1 where it has none; texts come by dictionary. */
  readText(group: number, name: string): { readonly words: readonly string[]; readonly places: Int32Array } {
    const places = new Int32Array(this.#groups[group]?.rows ?? 0);
    let words: readonly string[] = [];
    let row = 0;
    for (const { type, page, count, encoding } of this.#pages(group, name)) {
      if (type !== BYTE_ARRAY) refuse(`texts of type ${type}`);
      if (encoding === undefined) words = wordsOf(page, count);
      else if (encoding === PLAIN_DICTIONARY || encoding === RLE_DICTIONARY) {
        putPlaces(page, places.subarray(row, row + count));
        row += count;
      } else refuse(`texts in encoding ${encoding}`);
    }
    return { words, places };
  }

  /** The pages of a column in a row group; a dictionary, whose `count` is of its values, has no encoding. What they hold lasts until the next one. */
  * #pages(group: number, name: string): Generator<{ readonly type: number; readonly page: Uint8Array; readonly count: number; readonly encoding: number | undefined }> {
    const chunk = this.#groups[group]?.chunks[this.#columns.get(name) ?? -1];
    if (!chunk) throw new Error(`a Parquet file has no column ${name}`);
    const bytes = CHUNK.bytes(chunk.bytes);
    readAt(this.#handle, bytes, chunk.start);
    for (let at = 0; at < bytes.length; ) {
      const { value: header, end } = decodeThrift(bytes, at);
      const stored = numberAt(header, 3);
      const raw = bytes.subarray(end, end + stored);
      const page = chunk.codec === 6 ? inflate(raw, numberAt(header, 2)) : chunk.codec === 0 ? raw : refuse(`compression ${chunk.codec}`);
      at = end + stored;
      const kind = numberAt(header, 1);
      if (kind === 2) yield { type: chunk.type, page, count: numberAt(structAt(header, 7), 1), encoding: undefined };
      else if (kind === 0) yield { type: chunk.type, page, count: numberAt(structAt(header, 5), 1), encoding: numberAt(structAt(header, 5), 2) };
      else refuse(`page type ${kind}`);
    }
  }

  #bytes(at: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    readAt(this.#handle, bytes, at);
    return bytes;
  }
}

function chunkOf(chunk: Decoded): Chunk {
  const about = structAt(chunk, 3);
  const dictionary = numberAt(about, 11);
  const data = numberAt(about, 9);
  return { type: numberAt(about, 1), codec: numberAt(about, 4), bytes: numberAt(about, 7), start: dictionary > 0 ? Math.min(dictionary, data) : data };
}

/** One output buffer a little longer than the page: without it zlib would join pieces, or ask for another piece at its end. */
function inflate(raw: Uint8Array, size: number): Uint8Array {
  const { buffer, byteOffset, length } = zstdDecompressSync(raw, { chunkSize: size + 64 });
  // A plain array of bytes: a Buffer copies where it is sliced.
  return new Uint8Array(buffer, byteOffset, length);
}

function refuse(what: string): never {
  throw new Error(`this reader of Parquet does not know ${what}`);
}

const CHUNK = new Room();
const BODY = new Room();
const VALUES = new Room();

/** Bytes at the beginning of a word, where words want to begin. */
function aligned(bytes: Uint8Array, room: Room): Int32Array {
  if (bytes.byteOffset % 4 === 0) return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  const words = room.words((bytes.length + 3) >> 2);
  new Uint8Array(words.buffer).set(bytes);
  return words;
}

/** So many values as they lie in a plain page; they stand where they stand or in `room`. */
function plain(type: number, page: Uint8Array, count: number, room = BODY): Given {
  switch (type) {
    case BOOLEAN: {
      const values = room.words(count);
      booleans(page, count, values);
      return { kind: 'words', values };
    }
    case INT32: return { kind: 'words', values: aligned(page, room).subarray(0, count) };
    case INT64: return { kind: 'doubles', values: longs(aligned(page, room), count) };
    case DOUBLE: return { kind: 'doubles', values: new Float64Array(page.slice(0, count * 8).buffer) };
    default: return refuse(`type ${type}`);
  }
}

/** The words of a dictionary, each behind its length. */
function wordsOf(page: Uint8Array, count: number): readonly string[] {
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  let at = 0;
  return Array.from({ length: count }, () => {
    const length = view.getUint32(at, true);
    at += 4 + length;
    return new TextDecoder().decode(page.subarray(at - length, at));
  });
}

/** The places of a page of texts to the rows that have one. */
function putPlaces(page: Uint8Array, places: Int32Array): void {
  const length = new DataView(page.buffer, page.byteOffset).getUint32(0, true);
  const { present, count } = levels(page.subarray(4, 4 + length), places.length);
  const given = dictionaryPlaces(page.subarray(4 + length), count, VALUES.words(count));
  let next = 0;
  for (let row = 0; row < places.length; row++) places[row] = present && present[row] === 0 ? -1 : (given[next++] ?? -1);
}

/** Puts the values of a page into a column. */
function fill(into: Into, page: Uint8Array, rows: number, encoding: number, type: number, dictionary: Given | undefined): number {
  const length = new DataView(page.buffer, page.byteOffset).getUint32(0, true);
  const { present, count } = levels(page.subarray(4, 4 + length), rows);
  const body = page.subarray(4 + length);
  if (type === BOOLEAN && !present && encoding === PLAIN && into.column instanceof Int8Array && into.min <= 0 && into.max >= 1) {
    booleans(body, rows, into.column, into.at);
    return 0;
  }
  if (encoding === PLAIN) return put(into, plain(type, body, count), present, rows, undefined);
  if (encoding !== PLAIN_DICTIONARY && encoding !== RLE_DICTIONARY) return refuse(`encoding ${encoding}`);
  const given = dictionary ?? refuse('a page before its dictionary');
  if (given.kind === 'doubles') return put(into, given, present, rows, dictionaryPlaces(body, count, VALUES.words(count)));
  const values = dictionaryValues(body, count, VALUES.words(count), given.values);
  return put(into, { kind: 'words', values }, present, rows, undefined, fits(given.values, into));
}

/** Values into the rows that have one; gives how many were set aside. */
function put(into: Into, given: Given, present: Uint8Array | undefined, rows: number, places: Int32Array | undefined, fitting = false): number {
  if (given.kind === 'doubles') return spreadDoubles(into, present, rows, given.values, places);
  const { values } = given;
  const aside = fitting || fits(values, into) ? 0 : clean(values, into);
  if (present) spread(into, present, values);
  else copy(values.subarray(0, rows), into.column, into.at);
  return aside;
}

/** Whether all values lie in the range: no difference to an end of it is negative. Differences too long for a word look negative, which costs a second look only. */
function fits(values: Int32Array, { min, max }: Into): boolean {
  const [low, high] = [Math.max(min, -0x8000_0000) | 0, Math.min(max, 0x7fff_ffff) | 0];
  let differences = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? 0;
    differences |= (value - low) | (high - value);
  }
  return differences >= 0;
}

/** What lies beyond the range becomes unknown, and is counted. */
function clean(values: Int32Array, { min, max, unknown }: Into): number {
  let aside = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? 0;
    if (value >= min && value <= max) continue;
    values[row] = unknown;
    aside += 1;
  }
  return aside;
}

/** Copies words into a column; a loop of our own is faster than `set` where lanes differ. */
function copy(words: Int32Array, column: Column, at: number): void {
  if (column instanceof Int8Array) for (let row = 0; row < words.length; row++) column[at + row] = words[row] ?? 0;
  else if (column instanceof Int16Array) for (let row = 0; row < words.length; row++) column[at + row] = words[row] ?? 0;
  else column.set(words, at);
}

/** Values one after the other to the rows that have one. One loop for each lane: a loop that meets several kinds of arrays asks at each step. */
function spread({ column, at, absent }: Into, present: Uint8Array, values: Int32Array): void {
  const rows = present.length;
  let next = 0;
  if (column instanceof Int8Array) {
    for (let row = 0; row < rows; row++) {
      const has = present[row] ?? 0;
      const value = values[next] ?? 0;
      column[at + row] = has === 1 ? value : absent;
      next += has;
    }
  } else if (column instanceof Int16Array) {
    for (let row = 0; row < rows; row++) {
      const has = present[row] ?? 0;
      const value = values[next] ?? 0;
      column[at + row] = has === 1 ? value : absent;
      next += has;
    }
  } else {
    for (let row = 0; row < rows; row++) {
      const has = present[row] ?? 0;
      const value = values[next] ?? 0;
      column[at + row] = has === 1 ? value : absent;
      next += has;
    }
  }
}

function spreadDoubles({ column, at, absent, unknown, min, max }: Into, present: Uint8Array | undefined, rows: number, values: Float64Array, places: Int32Array | undefined): number {
  const out = column instanceof Float64Array ? column.subarray(at, at + rows) : new Float64Array(rows);
  let [aside, next] = [0, 0];
  for (let row = 0; row < rows; row++) {
    if (present && present[row] === 0) {
      out[row] = absent;
      continue;
    }
    const value = values[places ? (places[next] ?? 0) : next] ?? NaN;
    next += 1;
    const fits = value >= min && value <= max && Number.isInteger(value);
    out[row] = fits ? value : unknown;
    if (!fits) aside += 1;
  }
  if (out.buffer !== column.buffer) column.set(out, at);
  return aside;
}
