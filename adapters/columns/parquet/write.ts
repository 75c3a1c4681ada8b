import { closeSync, openSync } from 'node:fs';
import { zstdCompressSync } from 'node:zlib';
import type { Column } from '#engine/rules/index.ts';
import { bytesOf } from '../array-file.ts';
import { PRIVATE, writeAll } from '../folder.ts';
import { encodeThrift, i32, i64, list, struct, text, varint } from './thrift.ts';
import type { ThriftValue } from './thrift.ts';

/** What a column of a Parquet file holds; `byte` is a small number, and `text` one of at most 256 words, kept as one byte each. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: 'int32' | 'int64' | 'double' | 'byte' | 'text';
}

/**
 * The values of a column in one row group: those of the rows that have one, in order, and of which rows they are
 * (bit by bit, least first; absent where every row has one).
 */
export interface Values {
  readonly present: Uint8Array | undefined;
  /** Of a text the places of its words; of whole numbers of 64 bits also their halves, lower first. */
  readonly values: Column | Uint8Array | BigInt64Array;
  /** The words of a text in this row group. */
  readonly words?: readonly string[];
}

const TYPE = { int32: 1, int64: 2, double: 5, byte: 1, text: 6 } as const;
const UTF8 = 0;
const [PLAIN, RLE, RLE_DICTIONARY] = [0, 3, 8];
const [UNCOMPRESSED, ZSTD] = [0, 6];
const MAGIC = new TextEncoder().encode('PAR1');

/** Bytes as a stretch of eight-bit places in Parquet's run encoding: the bytes themselves behind their count. */
const BYTES = Int32Array.from({ length: 256 }, (_, value) => value);

/**
 * Writes a Parquet file row group by row group.
 *
 * Values go down as they lie in memory: plain numbers, and bytes as places in a dictionary of 256. Column names go
 * into the footer as text. `zstd` compresses each page at the fastest level.
 */
export class ParquetWriter {
  readonly #handle: number;
  readonly #columns: readonly ParquetColumn[];
  readonly #codec: number;
  readonly #groups: ThriftValue[] = [];
  #at = 0;
  #rows = 0;

  constructor(path: string, columns: readonly ParquetColumn[], compression: 'none' | 'zstd' = 'none') {
    this.#handle = openSync(path, 'w', PRIVATE.file);
    this.#columns = columns;
    this.#codec = compression === 'zstd' ? ZSTD : UNCOMPRESSED;
    this.#put(MAGIC);
  }

  /** One row group, column after column. */
  group(rows: number, valuesOf: (column: number) => Values): void {
    const begin = this.#at;
    const chunks = this.#columns.map((column, number) => this.#chunk(column, rows, valuesOf(number)));
    this.#groups.push(struct({ 1: list('struct', chunks), 2: i64(this.#at - begin), 3: i64(rows) }));
    this.#rows += rows;
  }

  close(): void {
    const root = struct({ 4: text('rows'), 5: i32(this.#columns.length) });
    const columns = this.#columns.map(({ name, type }) => struct({ 1: i32(TYPE[type]), 3: i32(1), 4: text(name), ...(type === 'text' ? { 6: i32(UTF8) } : {}) }));
    const footer = encodeThrift(struct({ 1: i32(1), 2: list('struct', [root, ...columns]), 3: i64(this.#rows), 4: list('struct', this.#groups), 6: text('minsheng') }));
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, footer.length, true);
    this.#put(footer, length, MAGIC);
    closeSync(this.#handle);
  }

  #chunk({ name, type }: ParquetColumn, rows: number, { present, values, words }: Values): ThriftValue {
    const start = this.#at;
    const isPlaces = type === 'byte' || type === 'text';
    const dictionary = type === 'byte' ? this.#dictionary(bytesOf(BYTES), BYTES.length) : type === 'text' ? this.#dictionary(wordBytes(words ?? []), words?.length ?? 0) : 0;
    const data = this.#at;
    const encoding = isPlaces ? RLE_DICTIONARY : PLAIN;
    const body = isPlaces ? byteRuns(values) : [bytesOf(values)];
    const page = this.#page([definition(present, rows), ...body], (sizes) => struct({ 1: i32(0), ...sizes, 5: struct({ 1: i32(rows), 2: i32(encoding), 3: i32(RLE), 4: i32(RLE) }) }));
    return struct({
      2: i64(start),
      3: struct({
        1: i32(TYPE[type]), 2: list('i32', [i32(encoding), i32(PLAIN), i32(RLE)]), 3: list('text', [text(name)]), 4: i32(this.#codec), 5: i64(rows),
        6: i64(dictionary + page), 7: i64(this.#at - start), 9: i64(data), ...(isPlaces ? { 11: i64(start) } : {}),
      }),
    });
  }

  #dictionary(bytes: Uint8Array, count: number): number {
    return this.#page([bytes], (sizes) => struct({ 1: i32(2), ...sizes, 7: struct({ 1: i32(count), 2: i32(PLAIN) }) }));
  }

  /** Writes a page; gives what it would take without compression. */
  #page(parts: readonly Uint8Array[], header: (sizes: Record<number, ThriftValue>) => ThriftValue): number {
    const plain = parts.reduce((sum, part) => sum + part.length, 0);
    const body = this.#codec === ZSTD ? [new Uint8Array(zstdCompressSync(Buffer.concat(parts), FASTEST))] : parts;
    const stored = body.reduce((sum, part) => sum + part.length, 0);
    const head = encodeThrift(header({ 2: i32(plain), 3: i32(stored) }));
    this.#put(head, ...body);
    return head.length + plain;
  }

  #put(...parts: readonly Uint8Array[]): void {
    for (const part of parts) {
      writeAll(this.#handle, part);
      this.#at += part.length;
    }
  }
}

/** zstd's parameter 100 is the level; negative levels are the fast ones. */
const FASTEST = { params: { 100: -3 } };

/** Which rows have a value, one bit each, behind the length of the stretch. */
function definition(present: Uint8Array | undefined, rows: number): Uint8Array {
  const bytes: number[] = [];
  if (!present) varint(rows * 2, bytes);
  else varint(Math.ceil(rows / 8) * 2 + 1, bytes);
  const bits = present?.subarray(0, Math.ceil(rows / 8)) ?? Uint8Array.of(1);
  const levels = new Uint8Array(4 + bytes.length + bits.length);
  new DataView(levels.buffer).setUint32(0, bytes.length + bits.length, true);
  levels.set(bytes, 4);
  levels.set(bits, 4 + bytes.length);
  return levels;
}

/** Words as a dictionary has them: each behind its length. */
function wordBytes(words: readonly string[]): Uint8Array {
  return Buffer.concat(words.flatMap((word) => {
    const bytes = new TextEncoder().encode(word);
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, bytes.length, true);
    return [length, bytes];
  }));
}

/** One bit for each row that `has`, least first, as `present` wants them. */
export function bitsWhere(rows: number, has: (row: number) => boolean): Uint8Array {
  const bits = new Uint8Array(Math.ceil(rows / 8));
  for (let row = 0; row < rows; row++) if (has(row)) bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7));
  return bits;
}

/** One bit for each row whose reason is yes, which is 0, least first. */
export function yesBits(reasons: Uint8Array): Uint8Array {
  const bits = new Uint8Array(Math.ceil(reasons.length / 8));
  const yes = (row: number): number => ((reasons[row] ?? 1) - 1) >>> 31;
  const whole = reasons.length >> 3;
  for (let eight = 0, row = 0; eight < whole; eight++, row += 8) bits[eight] = yes(row) | (yes(row + 1) << 1) | (yes(row + 2) << 2) | (yes(row + 3) << 3) | (yes(row + 4) << 4) | (yes(row + 5) << 5) | (yes(row + 6) << 6) | (yes(row + 7) << 7);
  for (let row = whole * 8; row < reasons.length; row++) bits[whole] = (bits[whole] ?? 0) | (yes(row) << (row & 7));
  return bits;
}

/** Whole numbers below 2^53 as words of 64 bits, lower half first. */
export function longsOf(amounts: Column): Int32Array {
  const words = new Int32Array(amounts.length * 2);
  for (let at = 0; at < amounts.length; at++) {
    const amount = amounts[at] ?? 0;
    words[2 * at] = amount;
    words[2 * at + 1] = Math.floor(amount / 4_294_967_296);
  }
  return words;
}

/** One byte for the width, then one run of whole eights; what fills the last eight is not read. */
function byteRuns(values: Values['values']): readonly Uint8Array[] {
  const eights = Math.ceil(values.length / 8);
  const head: number[] = [8];
  varint(eights * 2 + 1, head);
  return [Uint8Array.from(head), bytesOf(values), new Uint8Array(eights * 8 - values.length)];
}
