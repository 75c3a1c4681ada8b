import { AlignmentType, Document, Footer, HeadingLevel, Packer, PageNumber, Paragraph, TextRun } from 'docx';
import type { Memo, MemoLabels } from '#engine/kernel/index.ts';

const FONTS = { ascii: 'Times New Roman', eastAsia: 'SimSun', hAnsi: 'Times New Roman' };

/** A memo as DOCX on A4 that an official can edit and send on. */
export async function toDocx(memo: Memo, labels: MemoLabels): Promise<Uint8Array> {
  const plain = (text: string, indent = false): Paragraph => new Paragraph({ spacing: { line: 360, after: 120 }, ...(indent ? { indent: { left: 480 } } : {}), children: [new TextRun(text)] });
  const head = (label: string, text: string): Paragraph => new Paragraph({ spacing: { after: 80 }, children: [new TextRun({ text: `${label}${text}` })] });
  let number = 0;
  const document = new Document({
    title: memo.title,
    creator: memo.from,
    styles: { default: { document: { run: { size: 24, font: FONTS } } } },
    sections: [{
      properties: { page: { size: { width: 11906, height: 16838 }, margin: { top: 1440, bottom: 1440, left: 1588, right: 1474 } } },
      footers: { default: new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] })] })] }) },
      children: [
        new Paragraph({ heading: HeadingLevel.TITLE, alignment: AlignmentType.CENTER, spacing: { after: 320 }, children: [new TextRun({ text: memo.title, bold: true, size: 36, font: FONTS, color: '000000' })] }),
        head(labels.to, memo.to), head(labels.from, memo.from), head(labels.date, memo.date),
        ...memo.opening.map((text) => plain(text)),
        ...memo.sections.flatMap((section) => [
          new Paragraph({ heading: HeadingLevel.HEADING_1, spacing: { before: 320, after: 160 }, children: [new TextRun({ text: section.heading, bold: true, size: 28, font: FONTS, color: '000000' })] }),
          plain(section.intro),
          ...section.points.flatMap((point) => [
            new Paragraph({ spacing: { before: 160, after: 60 }, keepNext: true, children: [new TextRun({ text: `${++number}. ${point.title}`, bold: true })] }),
            plain(point.text, true),
            ...point.places.map((place) => new Paragraph({ indent: { left: 480 }, spacing: { after: 40 }, children: [new TextRun({ text: place, size: 21 })] })),
          ]),
        ]),
        ...memo.closing.map((text) => plain(text)),
      ],
    }],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}
