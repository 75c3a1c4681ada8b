import { CITATION, LAYOUT } from './keywords.ts';
import type { BoxItem, Paragraph, Section, SourceBox, SourceDocument, SourceFootnote, SourceRow, SourceTable } from './document.ts';

/** How many cells a row of each table has, its number and name included; declared by the pack. */
export type TableColumns = ReadonlyMap<number, number>;

/**
 * The parts of a published plan.
 *
 * Never fails: what it cannot place stays a paragraph of the section it stands in, so a damaged text gives a
 * smaller document and the citations that no longer resolve say where.
 */
export function parseSource(file: string, text: string, columns: TableColumns): SourceDocument {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const paragraphs = lines.flatMap((line, index): Paragraph[] => {
    const trimmed = trim(line);
    return trimmed === '' ? [] : [{ line: index + 1, column: line.indexOf(trimmed) + 1, text: trimmed }];
  });
  const firstChapter = paragraphs.findIndex((p) => LAYOUT.chapter.test(p.text));
  const preambleStart = startOfPreamble(paragraphs, firstChapter);
  const cutter = new Cutter(columns);
  cutter.open(CITATION.preamble, paragraphs[preambleStart] ?? { line: 1, column: 1, text: '' }, CITATION.preamble);
  cutter.read(paragraphs.slice(preambleStart));
  return { file, lines, front: paragraphs.slice(0, preambleStart), ...cutter.result() };
}

function trim(line: string): string {
  return line.replace(/^[\s\u00a0•]+|[\s\u00a0]+$/g, '');
}

/** The preamble is the run of full sentences just before the first chapter. */
function startOfPreamble(paragraphs: readonly Paragraph[], firstChapter: number): number {
  let start = Math.max(0, firstChapter);
  while (start > 0 && LAYOUT.stop.test((paragraphs[start - 1]?.text ?? '').slice(-1))) start--;
  return start;
}

class Cutter {
  readonly #columns: TableColumns;
  readonly #sections: { id: string; heading: Paragraph; title: string; paragraphs: Paragraph[] }[] = [];
  readonly #tables: SourceTable[] = [];
  readonly #boxes: (Omit<SourceBox, 'items'> & { items: BoxItem[] })[] = [];
  readonly #footnotes: SourceFootnote[] = [];
  #chapter = '';
  #box: (Omit<SourceBox, 'items'> & { items: BoxItem[] }) | undefined;

  constructor(columns: TableColumns) {
    this.#columns = columns;
  }

  open(id: string, heading: Paragraph, title: string): void {
    this.#sections.push({ id, heading, title, paragraphs: [] });
    this.#box = undefined;
  }

  read(paragraphs: readonly Paragraph[]): void {
    for (let index = 0; index < paragraphs.length; index++) {
      const paragraph = paragraphs[index];
      if (!paragraph) continue;
      const table = LAYOUT.table.exec(paragraph.text);
      if (table && this.#columns.has(Number(table[1]))) index += this.#table(paragraphs.slice(index), Number(table[1]), table[2] ?? '');
      else this.#place(paragraph);
    }
  }

  result(): Pick<SourceDocument, 'sections' | 'tables' | 'boxes' | 'footnotes'> {
    const sections: readonly Section[] = this.#sections;
    return { sections, tables: this.#tables, boxes: this.#boxes, footnotes: this.#footnotes };
  }

  get #here(): string {
    return this.#sections.at(-1)?.id ?? '';
  }

  #place(paragraph: Paragraph): void {
    const { text } = paragraph;
    const chapter = LAYOUT.chapter.exec(text);
    if (chapter) {
      this.#chapter = chapter[1] ?? '';
      return this.open(this.#chapter, paragraph, chapter[2] ?? '');
    }
    const section = LAYOUT.section.exec(text);
    if (section) return this.open(`${this.#chapter}(${section[1]})`, paragraph, section[2] ?? '');
    const footnote = LAYOUT.footnote.exec(text);
    if (footnote) {
      this.#footnotes.push({ no: Number(footnote[1]), paragraph });
      return;
    }
    const box = LAYOUT.box.exec(text);
    if (box && !LAYOUT.stop.test(text)) {
      this.#box = { section: this.#here, heading: paragraph, printedNo: box[1] === undefined ? undefined : Number(box[1]), position: this.#boxes.length + 1, title: box[2] ?? '', items: [] };
      this.#boxes.push(this.#box);
      return;
    }
    if (this.#box) this.#box.items.push(boxItem(paragraph, this.#box.items.length + 1));
    else this.#sections.at(-1)?.paragraphs.push(paragraph);
  }

  /** Reads a table from its heading on; gives how many paragraphs beyond the heading it took. */
  #table(from: readonly Paragraph[], no: number, title: string): number {
    const heading = from[0];
    if (!heading) return 0;
    const body = from.slice(1);
    const end = body.findIndex((p) => LAYOUT.section.test(p.text) || LAYOUT.chapter.test(p.text) || LAYOUT.tableNote.test(p.text) || LAYOUT.table.test(p.text));
    const cells = end < 0 ? body : body.slice(0, end);
    const noteMatch = LAYOUT.tableNote.test(body[end]?.text ?? '') ? body[end] : undefined;
    const first = cells.findIndex((p) => p.text === '1');
    this.#tables.push({
      no, title, heading, section: this.#here,
      header: cells.slice(0, Math.max(0, first - 1)),
      rows: tableRows(cells.slice(Math.max(0, first - 1)), this.#columns.get(no) ?? 0),
      note: noteMatch,
    });
    return cells.length + (noteMatch ? 1 : 0);
  }
}

function boxItem(paragraph: Paragraph, position: number): BoxItem {
  const numbered = LAYOUT.boxItem.exec(paragraph.text);
  const rest = numbered?.[2] ?? paragraph.text;
  const stop = rest.search(LAYOUT.stop);
  const title = (stop < 0 ? rest : rest.slice(0, stop)).replace(/^[“"](.+)[”"]$/, '$1');
  const printedNo = numbered ? Number(numbered[1]) : undefined;
  return { no: printedNo ?? position, printedNo, title, text: stop < 0 ? '' : rest.slice(stop + 1), paragraph };
}

/**
 * The rows of a flattened table: each starts at the next expected number, after an optional group name.
 *
 * A row has its number, its name and `columns - 2` values; a group name for the rows below may trail it. A row
 * that holds several lines repeats a label and its values instead.
 */
function tableRows(cells: readonly Paragraph[], columns: number): SourceRow[] {
  const starts: number[] = [];
  for (let index = 0; index < cells.length; index++) {
    const farEnough = starts.length === 0 || index - (starts.at(-1) ?? 0) >= columns;
    if (farEnough && cells[index]?.text === String(starts.length + 1) && !LAYOUT.value.test(cells[index + 1]?.text ?? '1')) starts.push(index);
  }
  let group = cells[(starts[0] ?? 0) - 1]?.text ?? '';
  return starts.flatMap((start, position): SourceRow[] => {
    const values = cells.slice(start + 2, starts[position + 1]);
    const hasTrailer = position + 1 < starts.length && values.length % (columns - 1) === (values.length === columns - 1 ? 0 : 1) && !LAYOUT.value.test(values.at(-1)?.text ?? '/') && values.length >= columns - 1;
    const own = hasTrailer ? values.slice(0, -1) : values;
    const name = cells[start + 1];
    const row = name && { no: position + 1, group, name, ...(own.length > columns - 2 ? { cells: [], parts: partsOf(own, columns - 1) } : { cells: own, parts: [] }) };
    if (hasTrailer) group = values.at(-1)?.text ?? group;
    return row ? [row] : [];
  });
}

function partsOf(values: readonly Paragraph[], width: number): SourceRow['parts'] {
  const parts: SourceRow['parts'][number][] = [];
  for (let index = 0; index + width <= values.length; index += width) {
    const label = values[index];
    if (label) parts.push({ label, cells: values.slice(index + 1, index + width) });
  }
  return parts;
}
