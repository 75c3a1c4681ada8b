import { crc32 } from 'node:zlib';

/** The largest file that is taken, in bytes. */
export const LARGEST_PHOTO = 8 * 1024 * 1024;

/** A photo as it may be kept: what it shows, and nothing of where, when and with what it was taken. */
export type PhotoCheck =
  | { readonly kind: 'photo'; readonly media: 'image/jpeg' | 'image/png'; readonly bytes: Uint8Array }
  | { readonly kind: 'photo-empty' | 'photo-too-large' | 'photo-other-kind' | 'photo-damaged' };

/** Looks at what a file holds, whatever it is called, and takes out what is not the picture. */
export function checkPhoto(bytes: Uint8Array): PhotoCheck {
  if (bytes.length === 0) return { kind: 'photo-empty' };
  if (bytes.length > LARGEST_PHOTO) return { kind: 'photo-too-large' };
  const [media, clean] = startsWith(bytes, JPEG) ? (['image/jpeg', cleanJpeg] as const) : startsWith(bytes, PNG) ? (['image/png', cleanPng] as const) : [undefined];
  if (media === undefined) return { kind: 'photo-other-kind' };
  const cleaned = clean(bytes);
  return cleaned ? { kind: 'photo', media, bytes: cleaned } : { kind: 'photo-damaged' };
}

const JPEG = [0xff, 0xd8, 0xff] as const;
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean => start.every((byte, at) => bytes[at] === byte);
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Tables, frame and scans of a JPEG, and of what applications wrote only that it is JFIF or Adobe's and which side is up; undefined where it breaks off. */
function cleanJpeg(bytes: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let [at, hasFrame, orientation] = [2, false, 1];
  while (at + 4 <= bytes.length) {
    const marker = view.getUint16(at);
    if (marker === 0xffd9) return hasFrame ? joined([...kept.slice(0, 1), ...sideUp(orientation), ...kept.slice(1), bytes.subarray(at, at + 2)]) : undefined;
    if (marker === 0xffff) { at += 1; continue; }
    if (marker < 0xffc0) return undefined;
    const length = view.getUint16(at + 2);
    let end = at + 2 + length;
    if (length < 2 || end > bytes.length) return undefined;
    if (isFrame(marker)) hasFrame = true;
    if (marker === 0xffe1) orientation = orientationIn(bytes.subarray(at + 4, end)) ?? orientation;
    if (marker === 0xffda) end = endOfScan(bytes, end);
    if (isPicture(marker)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  // Some cameras leave out the mark of the end; two bytes may be left.
  return at + 2 === bytes.length && view.getUint16(at) === 0xffd9 && hasFrame ? joined([...kept.slice(0, 1), ...sideUp(orientation), ...kept.slice(1), bytes.subarray(at)]) : undefined;
}

/** Frames of every way of coding; DHT, JPG and DAC have numbers between them. */
const isFrame = (marker: number): boolean => marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
/** Not what applications write (APP1 to APP13, APP15: Exif, XMP, places) nor comments; APP0 and APP14 say how colours are coded. */
const isPicture = (marker: number): boolean => marker !== 0xfffe && (marker < 0xffe0 || marker > 0xffef || marker === 0xffe0 || marker === 0xffee);

/** Where the coded bytes of a scan end: at the next marker that is no restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at !== -1 && (bytes[at + 1] === 0 || ((bytes[at + 1] ?? 0) & 0xf8) === 0xd0)) at = bytes.indexOf(0xff, at + 2);
  return at === -1 ? bytes.length : at;
}

/** Which side is up, as Exif says it; undefined where it does not. */
function orientationIn(segment: Uint8Array): number | undefined {
  if (String.fromCodePoint(...segment.subarray(0, 4)) !== 'Exif' || segment.length < 20) return undefined;
  const tiff = segment.subarray(6);
  const [view, little] = [viewOf(tiff), tiff[0] === 0x49];
  const first = view.getUint32(4, little);
  if (first + 2 > tiff.length) return undefined;
  const count = view.getUint16(first, little);
  for (let entry = 0; entry < count; entry++) {
    const place = first + 2 + entry * 12;
    if (place + 12 > tiff.length) return undefined;
    const value = view.getUint16(place + 8, little);
    if (view.getUint16(place, little) === 0x0112) return value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}

/** An Exif segment that says which side is up and nothing else; none where that is the usual one. */
function sideUp(orientation: number): readonly Uint8Array[] {
  if (orientation === 1) return [];
  return [Uint8Array.of(0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0)];
}

/** The chunks of a PNG that make the picture. */
const PICTURE_CHUNKS: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'bKGD', 'pHYs']);

/** A PNG without texts, times and Exif, and without what follows its end; undefined where a chunk is not whole. */
function cleanPng(bytes: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [bytes.subarray(0, PNG.length)];
  let hasData = false;
  for (let at: number = PNG.length; at + 12 <= bytes.length;) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length || crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) return undefined;
    const name = String.fromCodePoint(...bytes.subarray(at + 4, at + 8));
    if (at === PNG.length && name !== 'IHDR') return undefined;
    if (PICTURE_CHUNKS.has(name)) kept.push(bytes.subarray(at, end));
    if (name === 'IDAT') hasData = true;
    if (name === 'IEND') return hasData ? joined(kept) : undefined;
    at = end;
  }
  return undefined;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
