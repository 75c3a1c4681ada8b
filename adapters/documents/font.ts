import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

/** Bytes of the head of a WOFF file, of an entry of its directory, and of those of the font inside. */
const [WOFF_HEAD, WOFF_ENTRY, FONT_HEAD, FONT_ENTRY] = [44, 20, 12, 16];
const WOFF = 0x774f4646;

/**
 * The font inside a WOFF file, unpacked. Whoever lays out text with a packed one unpacks the same table for each letter.
 *
 * A file that is none is a fault. Source: WOFF File Format 1.0, W3C Recommendation, sections 3 to 5.
 */
export function unpackedFont(path: string): Buffer {
  const woff = readFileSync(path);
  if (woff.readUInt32BE(0) !== WOFF) throw new Error(`${path} is no WOFF file`);
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, at) => {
    const entry = WOFF_HEAD + at * WOFF_ENTRY;
    const [tag, from, packed, length, checksum] = [0, 4, 8, 12, 16].map((field) => woff.readUInt32BE(entry + field));
    const bytes = woff.subarray(from ?? 0, (from ?? 0) + (packed ?? 0));
    return { tag: tag ?? 0, checksum: checksum ?? 0, bytes: packed === length ? bytes : inflateSync(bytes) };
  });
  const head = Buffer.alloc(FONT_HEAD + count * FONT_ENTRY);
  head.writeUInt32BE(woff.readUInt32BE(4), 0);
  head.writeUInt16BE(count, 4);
  const power = Math.floor(Math.log2(count));
  head.writeUInt16BE(2 ** power * 16, 6);
  head.writeUInt16BE(power, 8);
  head.writeUInt16BE((count - 2 ** power) * 16, 10);
  let at = head.length;
  const parts: Buffer[] = [head];
  tables.forEach(({ tag, checksum, bytes }, index) => {
    const entry = FONT_HEAD + index * FONT_ENTRY;
    [tag, checksum, at, bytes.length].forEach((value, field) => head.writeUInt32BE(value, entry + field * 4));
    // Tables begin at multiples of four bytes.
    const padding = Buffer.alloc((4 - (bytes.length % 4)) % 4);
    parts.push(bytes, padding);
    at += bytes.length + padding.length;
  });
  return Buffer.concat(parts);
}
