import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import PDFDocument from 'pdfkit';
import { create } from 'qrcode';
import type { Paper, PaperBlock } from '#engine/paper/index.ts';
import { unpackedFont } from './font.ts';

const FILES = join(dirname(createRequire(import.meta.url).resolve('@fontsource/noto-sans-sc/package.json')), 'files');
/** Chinese; Latin letters and digits are in files of their own. */
const NAMES = { 'han-plain': 'chinese-simplified-400', 'han-strong': 'chinese-simplified-700', 'latin-plain': 'latin-400', 'latin-strong': 'latin-700' } as const;
type Weight = 'plain' | 'strong';

/** Unpacked when the first paper is printed, and kept: some megabytes. */
let fonts: ReadonlyMap<string, Buffer> | undefined;
const fontsOf = (): ReadonlyMap<string, Buffer> => (fonts ??= new Map(Object.entries(NAMES).map(([name, file]) => [name, unpackedFont(join(FILES, `noto-sans-sc-${file}-normal.woff`))])));

/** Points: A4 with a margin that a hole punch leaves whole. */
const PAGE = { size: 'A4', margin: 64 } as const;
const SIZE = { title: 24, heading: 16, text: 13, foot: 10 } as const;
const LINE = 1.6;
const QR_POINTS = 96;
const INK = '#1B1D1C';
const MUTED = '#565C59';

/** Papers as a PDF: large type, their text in it, no picture but the code, each on sheets of its own. Chinese and Latin fonts come with the program. */
export async function printPdf(...papers: readonly [Paper, ...Paper[]]): Promise<Uint8Array> {
  const [{ title, from }] = papers;
  const document = new PDFDocument({ ...PAGE, bufferPages: true, lang: 'zh-CN', displayTitle: true, info: { Title: title, Author: from } });
  const bytes: Buffer[] = [];
  document.on('data', (piece: Buffer) => bytes.push(piece));
  const ended = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject));
  for (const [name, font] of fontsOf()) document.registerFont(name, font);
  const write = writer(document);
  papers.forEach((paper, at) => {
    if (at > 0) document.addPage();
    writePaper(document, write, paper);
  });
  document.end();
  await ended;
  return new Uint8Array(Buffer.concat(bytes));
}

function writePaper(document: InstanceType<typeof PDFDocument>, write: Write, paper: Paper): void {
  write(paper.from, { size: SIZE.text, color: MUTED });
  write(paper.title, { size: SIZE.title, weight: 'strong', after: 4 });
  write(paper.day, { size: SIZE.text, color: MUTED, after: 12 });
  for (const block of paper.blocks) writeBlock(write, block);
  if (paper.check) writeCheck(document, write, paper.check);
  document.moveDown(1);
  for (const line of paper.foot) write(line, { size: SIZE.foot, color: MUTED });
}

interface Style {
  readonly size: number;
  readonly weight?: Weight;
  readonly color?: string;
  /** Points below. */
  readonly after?: number;
}

type Write = (text: string, style: Style) => void;

/** Writes a paragraph, each stretch of it in the font that has its characters. A character that neither has is printed as an empty box by the font. */
function writer(document: InstanceType<typeof PDFDocument>): Write {
  return (text, { size, weight = 'plain', color = INK, after = 0 }) => {
    document.fillColor(color).fontSize(size);
    const stretches = text.match(/[\u0020-\u024f]+|[^\u0020-\u024f]+/g) ?? [''];
    stretches.forEach((stretch, at) => {
      document.font(`${/^[\u0020-\u024f]/.test(stretch) ? 'latin' : 'han'}-${weight}`).text(stretch, { continued: at < stretches.length - 1, lineGap: size * (LINE - 1.4) });
    });
    document.y += after;
  };
}

function writeBlock(write: Write, block: PaperBlock): void {
  switch (block.kind) {
    case 'heading': return write(block.text, { size: SIZE.heading, weight: 'strong', after: 4 });
    case 'text': return write(block.text, { size: SIZE.text, after: 8 });
    case 'facts': return block.rows.forEach(([name, value], at) => write(`${name}　${value}`, { size: SIZE.text, after: at === block.rows.length - 1 ? 12 : 2 }));
    default: return block satisfies never;
  }
}

/** The code as a square to scan, and in letters beside it for whoever types. */
function writeCheck(document: InstanceType<typeof PDFDocument>, write: Write, { says, url, code }: NonNullable<Paper['check']>): void {
  const { size, data } = create(url, { errorCorrectionLevel: 'M' }).modules;
  if (document.y + QR_POINTS + 60 > document.page.height - PAGE.margin) document.addPage();
  const [left, top, cell] = [document.page.margins.left, document.y + 12, QR_POINTS / size];
  for (let row = 0; row < size; row++) for (let column = 0; column < size; column++) if (data[row * size + column] === 1) document.rect(left + column * cell, top + row * cell, cell, cell);
  document.fill(INK);
  document.y = top + QR_POINTS + 8;
  document.x = left;
  write(says, { size: SIZE.text, after: 2 });
  write(code, { size: SIZE.heading, weight: 'strong', after: 2 });
  write(url, { size: SIZE.foot, color: MUTED });
}
