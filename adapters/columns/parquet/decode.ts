/*
 * The encodings of Parquet that columns of numbers come in.
 * (github.com/apache/parquet-format, Encodings.md)
 */

/** Which rows have a value, 1 each; `present` is undefined where all have. */
export function levels(bytes: Uint8Array, rows: number): { readonly present: Uint8Array | undefined; readonly count: number } {
  const [head, bits] = varint(bytes, 0);
  if ((head & 1) === 0 && head >>> 1 >= rows && bytes[bits] === 1) return { present: undefined, count: rows };
  const present = new Uint8Array(rows);
  let count = 0;
  let at = 0;
  for (let done = 0; done < rows; ) {
    const [run, next] = varint(bytes, at);
    const length = (run & 1) === 0 ? run >>> 1 : (run >>> 1) * 8;
    const end = Math.min(rows, done + length);
    if ((run & 1) === 0) {
      const one = bytes[next] === 1 ? 1 : 0;
      if (one === 1) present.fill(1, done, end);
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
    byte = bytes[at++] ?? 0;
    value |= (byte & 0x7f) << shift;
  }
  return [value, at];
}

/** The places in a dictionary of so many values, put into `places`: one byte for the width, then runs. */
export function dictionaryPlaces(bytes: Uint8Array, count: number, places: Int32Array): Int32Array {
  const width = bytes[0] ?? 0;
  if (width > 0) runs(bytes, 1, width, count, places);
  else places.fill(0);
  return places;
}

/** Runs of one value repeated, and stretches of values packed bit by bit, least first. */
function runs(bytes: Uint8Array, start: number, width: number, count: number, out: Int32Array): void {
  let at = start;
  for (let done = 0; done < count; ) {
    const [head, next] = varint(bytes, at);
    at = next;
    if ((head & 1) === 0) {
      const end = Math.min(count, done + (head >>> 1));
      let value = 0;
      for (let byte = 0; byte < width; byte += 8) value |= (bytes[at++] ?? 0) << byte;
      out.fill(value, done, end);
      done = end;
    } else {
      const length = (head >>> 1) * 8;
      const packed = (length * width) / 8;
      unpack(words(bytes, at, packed), width, out, done, Math.min(count, done + length));
      at += packed;
      done += length;
    }
  }
}

/** Bytes as whole words with one more behind them. */
function words(bytes: Uint8Array, at: number, length: number): Int32Array {
  const copy = new Int32Array((length >> 2) + 2);
  new Uint8Array(copy.buffer).set(bytes.subarray(at, at + length));
  return copy;
}

/** Values of `width` bits one after the other. */
function unpack(packed: Int32Array, width: number, out: Int32Array, from: number, to: number): void {
  if (width > 30) throw new Error('this reader of Parquet does not know a dictionary of more than 2^30 values');
  const mask = 2 ** width - 1;
  let bit = 0;
  for (let row = from; row < to; row++) {
    const at = bit >>> 5;
    const shift = bit & 31;
    const low = (packed[at] ?? 0) >>> shift;
    // A shift by 32 is a shift by nothing, so the upper word goes in two steps.
    const high = ((packed[at + 1] ?? 0) << 1) << (31 - shift);
    out[row] = (low | high) & mask;
    bit += width;
  }
}

/** Truth values, eight to the byte. */
export function booleans(bytes: Uint8Array, count: number): Int32Array {
  const values = new Int32Array(count);
  for (let row = 0; row < count; row++) values[row] = ((bytes[row >> 3] ?? 0) >> (row & 7)) & 1;
  return values;
}

/** Whole numbers of 64 bits as doubles; beyond 2^53 they lie outside every range and are set aside. */
export function longs(bytes: Uint8Array, count: number): Float64Array {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, count * 2);
  const values = new Float64Array(count);
  for (let row = 0; row < count; row++) values[row] = ((words[2 * row] ?? 0) >>> 0) + (words[2 * row + 1] ?? 0) * 4_294_967_296;
  return values;
}
