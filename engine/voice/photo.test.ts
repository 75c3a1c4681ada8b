import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { checkPhoto, LARGEST_PHOTO } from './index.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const joined = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
const text = (of: Uint8Array): string => Buffer.from(of).toString('latin1');

function chunk(name: string, data: Uint8Array): Uint8Array {
  const [body, frame] = [joined(bytes(name), data), new DataView(new ArrayBuffer(8))];
  frame.setUint32(0, data.length);
  frame.setUint32(4, crc32(body));
  return joined(new Uint8Array(frame.buffer, 0, 4), body, new Uint8Array(frame.buffer, 4, 4));
}

const PNG_START = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const HEADER = chunk('IHDR', Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0));
const PIXELS = chunk('IDAT', new Uint8Array(deflateSync(Uint8Array.of(0, 10, 20, 30))));
const END = chunk('IEND', new Uint8Array());

const segment = (marker: number, data: Uint8Array): Uint8Array => joined([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255], data);
/** Exif of a camera that stood on its side (6), with a place. */
const EXIF = segment(0xe1, joined(bytes('Exif\0\0'), [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0], bytes('29.08N 119.65E')));
const FRAME = segment(0xc0, Uint8Array.of(8, 0, 1, 0, 1, 1, 1, 0x11, 0));
const SCAN = joined(segment(0xda, Uint8Array.of(1, 1, 0, 0, 63, 0)), [0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]);
const jpeg = (...between: readonly Uint8Array[]): Uint8Array => joined([0xff, 0xd8], ...between, FRAME, SCAN, [0xff, 0xd9]);

describe('a photo', () => {
  test('of a phone is kept without the place where it was taken, and still the right side up', () => {
    const cleaned = checkPhoto(jpeg(segment(0xe0, bytes('JFIF\0xxxxxxx')), EXIF, segment(0xfe, bytes('remark')), segment(0xe2, bytes('MPF'))));
    expect(cleaned.kind === 'photo' && cleaned.media).toBe('image/jpeg');
    const kept = cleaned.kind === 'photo' ? cleaned.bytes : new Uint8Array();
    expect(text(kept)).toContain('JFIF');
    expect(text(kept)).not.toMatch(/119\.65|remark|MPF/);
    // Looked at again it says the same: the side that is up is all that Exif still says.
    expect([text(kept).match(/Exif/g)?.length, checkPhoto(kept)]).toEqual([1, cleaned]);
  });

  test('ends where the picture ends, whatever hangs on behind', () => {
    const plain = checkPhoto(jpeg());
    expect(plain).toEqual({ kind: 'photo', media: 'image/jpeg', bytes: jpeg() });
    expect(checkPhoto(joined(jpeg(), bytes('<script>alert(1)</script>')))).toEqual(plain);
    const png = joined(PNG_START, HEADER, PIXELS, END);
    expect(checkPhoto(joined(png, bytes('PK\u0003\u0004')))).toEqual({ kind: 'photo', media: 'image/png', bytes: png });
  });

  test('as PNG loses texts, times and Exif', () => {
    const cleaned = checkPhoto(joined(PNG_START, HEADER, chunk('tEXt', bytes('Author\0Mia')), chunk('eXIf', bytes('119.65E')), PIXELS, chunk('tIME', bytes('1234567')), END));
    expect(cleaned).toEqual({ kind: 'photo', media: 'image/png', bytes: joined(PNG_START, HEADER, PIXELS, END) });
  });

  test.each<readonly [string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'photo-empty'],
    ['a page that calls itself a picture', bytes('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'photo-other-kind'],
    ['a GIF', bytes('GIF89a.....'), 'photo-other-kind'],
    ['a JPEG that breaks off', jpeg().slice(0, -3), 'photo-damaged'],
    ['the first bytes of a JPEG before a page', joined([0xff, 0xd8, 0xff], bytes('<html>')), 'photo-damaged'],
    ['a JPEG without a picture', joined([0xff, 0xd8], EXIF, [0xff, 0xd9]), 'photo-damaged'],
    ['a PNG whose chunk was altered', joined(PNG_START, HEADER, PIXELS.with(9, 99), END), 'photo-damaged'],
    ['a PNG without an end', joined(PNG_START, HEADER, PIXELS), 'photo-damaged'],
    ['a file of more than 8 MB', new Uint8Array(LARGEST_PHOTO + 1), 'photo-too-large'],
  ])('is not %s', (_what, file, kind) => {
    expect(checkPhoto(file)).toEqual({ kind });
  });

  test('is never longer than what came, but for which side is up, and no cut of one is a fault', () => {
    const whole = jpeg(EXIF);
    for (let length = 0; length <= whole.length; length++) expect(['photo', 'photo-empty', 'photo-other-kind', 'photo-damaged']).toContain(checkPhoto(whole.slice(0, length)).kind);
  });
});
