import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { unpackedFont } from './font.ts';
import { printPdf } from './pdf.ts';

const FONT = join(dirname(createRequire(import.meta.url).resolve('@fontsource/noto-sans-sc/package.json')), 'files/noto-sans-sc-latin-400-normal.woff');

test('a font unpacked is the font: each table sums up to what its directory says', () => {
  const font = unpackedFont(FONT);
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, at) => ({ tag: font.toString('latin1', 12 + at * 16, 16 + at * 16), checksum: font.readUInt32BE(16 + at * 16), from: font.readUInt32BE(20 + at * 16), length: font.readUInt32BE(24 + at * 16) }));
  expect(tables.map(({ tag }) => tag)).toEqual(expect.arrayContaining(['cmap', 'glyf', 'head', 'hhea', 'loca']));
  for (const { tag, checksum, from, length } of tables) {
    let sum = 0;
    // The sum of the head leaves out the number that makes the sum of the whole font right.
    for (let at = 0; at < length; at += 4) if (!(tag === 'head' && at === 8)) sum = (sum + Buffer.concat([font.subarray(from + at, Math.min(from + at + 4, from + length)), Buffer.alloc(4)]).readUInt32BE(0)) >>> 0;
    expect([tag, sum]).toEqual([tag, checksum]);
  }
});

test('a paper is a file of pages, as long as it needs, and what no font has does not stop it', async () => {
  const paper = { title: '证明', from: '灯湾', day: '2031年6月15日', blocks: [{ kind: 'text', text: '兹证明 1,234.00 元 𠮷😀' }], foot: ['100'] } as const;
  const pages = (bytes: Uint8Array): number => Number(/\/Count (\d+)/.exec(Buffer.from(bytes).toString('latin1'))?.[1]);
  const one = await printPdf({ ...paper, check: { says: '核对', url: 'http://127.0.0.1/check?code=A', code: 'A' } });
  expect([Buffer.from(one.subarray(0, 5)).toString(), pages(one)]).toEqual(['%PDF-', 1]);
  expect(pages(await printPdf({ ...paper, blocks: Array.from({ length: 80 }, () => paper.blocks[0]) }))).toBeGreaterThan(1);
  // Letters for several people: each begins on a sheet of its own.
  expect(pages(await printPdf(paper, paper, paper))).toBe(3);
});
