import { closeSync, fstatSync, openSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';
import type { Column } from '#engine/rules/index.ts';
import { readAt } from '../array-file.ts';
import { booleans, dictionaryPlaces, levels, longs } from './decode.ts';
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

const [BOOLEAN, INT32, INT64, DOUBLE] = [0, 1, 2, 5];
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
    const chunk = this.#groups[group]?.chunks[this.#columns.get(name) ?? -1];
    if (!chunk) throw new Error(`a Parquet file has no column ${name}`);
    const bytes = this.#bytes(chunk.start, chunk.bytes);
    let dictionary: Given | undefined;
    let row = into.at;
    let aside = 0;
    for (let at = 0; at < bytes.length; ) {
      const { value: header, end } = decodeThrift(bytes, at);
      const stored = numberAt(header, 3);
      const raw = bytes.subarray(end, end + stored);
      const page = chunk.codec === 6 ? inflate(raw, numberAt(header, 2)) : chunk.codec === 0 ? raw.slice() : refuse(`compression ${chunk.codec}`);
      at = end + stored;
      if (numberAt(header, 1) === 2) {
        dictionary = plain(chunk.type, page, numberAt(structAt(header, 7), 1));
        continue;
      }
      if (numberAt(header, 1) !== 0) refuse(`page type ${numberAt(header, 1)}`);
      const rows = numberAt(structAt(header, 5), 1);
      aside += fill({ ...into, at: row }, page, rows, numberAt(structAt(header, 5), 2), chunk.type, dictionary);
      row += rows;
    }
    return aside;
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

/** One output buffer of the right size: without it the pieces would be joined again. */
function inflate(raw: Uint8Array, size: number): Uint8Array {
  const whole = zstdDecompressSync(raw, { chunkSize: Math.max(64, size) });
  const { buffer, byteOffset } = whole;
  // Arrays of words want to begin at a multiple of eight; and a plain array of bytes copies where it is sliced.
  return byteOffset % 8 === 0 ? new Uint8Array(buffer, byteOffset, whole.length) : new Uint8Array(whole);
}

function refuse(what: string): never {
  throw new Error(`this reader of Parquet does not know ${what}`);
}

/** Values as they lie in a plain page. */
function plain(type: number, page: Uint8Array, count: number): Given {
  switch (type) {
    case BOOLEAN: return { kind: 'words', values: booleans(page, count) };
    case INT32: return { kind: 'words', values: new Int32Array(page.buffer, page.byteOffset, count) };
    case INT64: return { kind: 'doubles', values: longs(page, count) };
    case DOUBLE: return { kind: 'doubles', values: new Float64Array(page.buffer, page.byteOffset, count) };
    default: return refuse(`type ${type}`);
  }
}

/** Puts the values of a page into a column. */
function fill(into: Into, page: Uint8Array, rows: number, encoding: number, type: number, dictionary: Given | undefined): number {
  const length = new DataView(page.buffer, page.byteOffset).getUint32(0, true);
  const { present, count } = levels(page.subarray(4, 4 + length), rows);
  const places = encoding === PLAIN ? undefined : encoding === PLAIN_DICTIONARY || encoding === RLE_DICTIONARY ? dictionaryPlaces(page.subarray(4 + length), count, room(PLACES, count)) : refuse(`encoding ${encoding}`);
  // Words want to begin at a multiple of their length.
  const body = places ? page : page.slice(4 + length);
  const given = places ? (dictionary ?? refuse('a page before its dictionary')) : plain(type, body, count);
  const { column, at } = into;
  if (given.kind === 'doubles') return spreadDoubles(into, present, rows, given.values, places);
  if (!present && !places) return spreadWords(into, rows, given.values, column.subarray(at, at + rows));
  const words = column instanceof Int32Array ? column.subarray(at, at + rows) : room(WORDS, rows);
  const values = places ? pick(given.values, places) : given.values;
  const aside = places && fits(given.values, into) ? 0 : clean(values, into);
  if (present) spread(words, present, values, into.absent);
  else words.set(values);
  if (words.buffer !== column.buffer) put(words, column.subarray(at, at + rows));
  return aside;
}

/** Memory that is used again for each page; nothing of it outlives the page. */
interface Room {
  words: Int32Array;
}
const PLACES: Room = { words: new Int32Array() };
const WORDS: Room = { words: new Int32Array() };

function room(of: Room, length: number): Int32Array {
  if (of.words.length < length) of.words = new Int32Array(length);
  return of.words.subarray(0, length);
}

/** The values at these places of a dictionary. */
function pick(dictionary: Int32Array, places: Int32Array): Int32Array {
  const last = dictionary.length - 1;
  for (let row = 0; row < places.length; row++) {
    const place = places[row] ?? 0;
    if (place > last) throw new Error('a Parquet page names a value that its dictionary does not have');
    places[row] = dictionary[place] ?? 0;
  }
  return places;
}

/** Whether a dictionary lies in the range, so that no value needs to be asked. */
function fits(dictionary: Int32Array, { min, max }: Into): boolean {
  return dictionary.every((value) => value >= min && value <= max);
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

function spreadWords(into: Into, rows: number, values: Int32Array, column: Column): number {
  const aside = clean(values, into);
  put(values.subarray(0, rows), column);
  return aside;
}

/** Copies words into a column; a loop of our own is faster than `set` where lanes differ. */
function put(words: Int32Array, column: Column): void {
  if (column instanceof Int8Array) for (let row = 0; row < words.length; row++) column[row] = words[row] ?? 0;
  else if (column instanceof Int16Array) for (let row = 0; row < words.length; row++) column[row] = words[row] ?? 0;
  else column.set(words);
}

/** Values one after the other to the rows that have one. */
function spread(words: Int32Array, present: Uint8Array, values: Int32Array, absent: number): void {
  let next = 0;
  for (let row = 0; row < words.length; row++) {
    const has = present[row] ?? 0;
    const value = values[next] ?? 0;
    words[row] = has === 1 ? value : absent;
    next += has;
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
