/*
 * The encodings of Parquet that columns of numbers come in.
 * (github.com/apache/parquet-format, Encodings.md)
 */

/** Memory that is used again for every page; nothing of it outlives the page. */
export class Room {
  #words = new Int32Array();
  #bytes = new Uint8Array();

  words(length: number): Int32Array {
    if (this.#words.length < length) this.#words = new Int32Array(length);
    return this.#words.subarray(0, length);
  }

  bytes(length: number): Uint8Array {
    if (this.#bytes.length < length) this.#bytes = new Uint8Array(length);
    return this.#bytes.subarray(0, length);
  }
}

const PRESENT = new Room();

/** Which rows have a value, 1 each, until the next page is read; `present` is undefined where all have. */
export function levels(bytes: Uint8Array, rows: number): { readonly present: Uint8Array | undefined; readonly count: number } {
  const [head, bits] = varint(bytes, 0);
  if ((head & 1) === 0 && head >>> 1 >= rows && bytes[bits] === 1) return { present: undefined, count: rows };
  const present = PRESENT.bytes(rows);
  let count = 0;
  let at = 0;
  for (let done = 0; done < rows; ) {
    const [run, next] = varint(bytes, at);
    const length = (run & 1) === 0 ? run >>> 1 : (run >>> 1) * 8;
    const end = Math.min(rows, done + length);
    if ((run & 1) === 0) {
      const one = bytes[next] === 1 ? 1 : 0;
      present.fill(one, done, end);
      count += one * (end - done);
      at = next + 1;
    } else {
      count += bitsOf(bytes, next, present, done, end);
      at = next + length / 8;
    }
    done += length;
  }
  return count === rows ? { present: undefined, count } : { present, count };
}

function bitsOf(bytes: Uint8Array, start: number, out: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let row = from; row < to; row++) {
    const one = ((bytes[start + ((row - from) >> 3)] ?? 0) >> ((row - from) & 7)) & 1;
    out[row] = one;
    count += one;
  }
  return count;
}

/** A number in seven bits a byte, and where the next thing begins. */
function varint(bytes: Uint8Array, start: number): readonly [number, number] {
  let [value, shift, at] = [0, 0, start];
  for (let byte = 0x80; byte >= 0x80; shift += 7) {
    byte = bytes[at++] ?? endsTooSoon();
    value |= (byte & 0x7f) << shift;
  }
  return [value, at];
}

function endsTooSoon(): never {
  throw new RangeError('a Parquet page ends too soon');
}

/** The places in a dictionary of so many values, put into `places`: one byte for the width, then runs. */
export function dictionaryPlaces(bytes: Uint8Array, count: number, places: Int32Array): Int32Array {
  runs(bytes, count, places, undefined);
  return places;
}

/** The values at such places, put into `values`; a place that the dictionary does not have is a fault. */
export function dictionaryValues(bytes: Uint8Array, count: number, values: Int32Array, dictionary: Int32Array): Int32Array {
  runs(bytes, count, values, dictionary);
  return values;
}

/** Runs of one place repeated, and stretches of places packed bit by bit, least first; with a dictionary its values. */
function runs(bytes: Uint8Array, count: number, out: Int32Array, dictionary: Int32Array | undefined): void {
  if (count === 0) return;
  const width = bytes[0] ?? 0;
  const whole = dictionary && padded(dictionary, width);
  const most = dictionary ? dictionary.length - 1 : Infinity;
  if (width === 0) {
    out.fill(dictionary ? valueAt(dictionary, 0) : 0, 0, count);
    return;
  }
  let at = 1;
  for (let done = 0; done < count; ) {
    const [head, next] = varint(bytes, at);
    at = next;
    if ((head & 1) === 0) {
      const end = Math.min(count, done + (head >>> 1));
      let value = 0;
      for (let byte = 0; byte < width; byte += 8) value |= (bytes[at++] ?? 0) << byte;
      out.fill(dictionary ? valueAt(dictionary, value) : value, done, end);
      done = end;
    } else {
      const length = (head >>> 1) * 8;
      const packed = (length * width) / 8;
      const end = Math.min(count, done + length);
      const stretch = words(bytes, at, packed);
      if (!whole) unpack(stretch, width, out, done, end);
      else if (unpackValues(stretch, width, out, done, end, whole) > most) noSuchPlace();
      at += packed;
      done += length;
    }
  }
}

function valueAt(dictionary: Int32Array, place: number): number {
  return dictionary[place] ?? noSuchPlace();
}

function noSuchPlace(): never {
  throw new Error('a Parquet page names a value that its dictionary does not have');
}

const PACKED = new Room();
const DICTIONARY = new Room();

/** Bytes as whole words with one more behind them. */
function words(bytes: Uint8Array, at: number, length: number): Int32Array {
  const copy = PACKED.words((length >> 2) + 2);
  new Uint8Array(copy.buffer).set(bytes.subarray(at, at + length));
  return copy;
}

/** A dictionary with an entry for every place of that width; dictionaries of numbers have far fewer than 2^21 values. */
function padded(dictionary: Int32Array, width: number): Int32Array {
  if (width > 21) throw new Error('this reader of Parquet does not know a dictionary of more than 2^21 values');
  const whole = DICTIONARY.words(2 ** width);
  whole.set(dictionary.subarray(0, whole.length));
  return whole;
}

/** Places of `width` bits one after the other. */
function unpack(packed: Int32Array, width: number, out: Int32Array, from: number, to: number): void {
  if (width > 30) throw new Error('this reader of Parquet does not know a dictionary of more than 2^30 values');
  const mask = 2 ** width - 1;
  let bit = 0;
  for (let row = from; row < to; row++) {
    out[row] = placeAt(packed, bit) & mask;
    bit += width;
  }
}

/** The values at such places; gives the last place of the dictionary that was named. */
function unpackValues(packed: Int32Array, width: number, out: Int32Array, from: number, to: number, values: Int32Array): number {
  const mask = 2 ** width - 1;
  let bit = 0;
  let most = 0;
  for (let row = from; row < to; row++) {
    const place = placeAt(packed, bit) & mask;
    if (place > most) most = place;
    out[row] = values[place] ?? 0;
    bit += width;
  }
  return most;
}

/** The bits from one on; a shift by 32 is a shift by nothing, so the upper word goes in two steps. */
function placeAt(packed: Int32Array, bit: number): number {
  const at = bit >>> 5;
  const shift = bit & 31;
  return ((packed[at] ?? 0) >>> shift) | (((packed[at + 1] ?? 0) << 1) << (31 - shift));
}

/** Truth values, eight to the byte, put into `out` from an entry on. */
export function booleans(bytes: Uint8Array, count: number, out: Int8Array | Int32Array, from = 0): void {
  if (out instanceof Int8Array) for (let row = 0; row < count; row++) out[from + row] = ((bytes[row >> 3] ?? 0) >> (row & 7)) & 1;
  else for (let row = 0; row < count; row++) out[from + row] = ((bytes[row >> 3] ?? 0) >> (row & 7)) & 1;
}

/** Whole numbers of 64 bits as doubles; beyond 2^53 they lie outside every range and are set aside. */
export function longs(words: Int32Array, count: number): Float64Array {
  const values = new Float64Array(count);
  for (let row = 0; row < count; row++) values[row] = ((words[2 * row] ?? 0) >>> 0) + (words[2 * row + 1] ?? 0) * 4_294_967_296;
  return values;
}
