import { CITATION, LAYOUT } from './source/keywords.ts';
import type { BoxItem, Paragraph, Section, SourceBox, SourceDocument, SourceRow, SourceTable } from './source/document.ts';

/**
 * A place in the published plan, by the one citation grammar:
 * `表1 第4行` · `三(二)` or a chapter `三` · `专栏 十一(四) 第7项` or the whole box · `导言` · `文前` · `表2 注` · `脚注 1`.
 */
export type Citation =
  | { readonly kind: 'row'; readonly table: number; readonly row: number }
  | { readonly kind: 'table'; readonly table: number }
  | { readonly kind: 'note'; readonly table: number }
  | { readonly kind: 'section'; readonly section: string }
  | { readonly kind: 'box'; readonly section: string }
  | { readonly kind: 'item'; readonly section: string; readonly item: number }
  | { readonly kind: 'front' }
  | { readonly kind: 'footnote'; readonly no: number };

const { table, row, box, item, ordinal, preamble, front, note, footnote } = CITATION;
const sectionId = `[${LAYOUT.numerals}]+(?:\\([${LAYOUT.numerals}]+\\))?`;
const FORMS: readonly [RegExp, (m: readonly string[]) => Citation][] = [
  [new RegExp(`^${table}(\\d+) ${ordinal}(\\d+)${row}$`), (m) => ({ kind: 'row', table: Number(m[1]), row: Number(m[2]) })],
  [new RegExp(`^${table}(\\d+) ${note}$`), (m) => ({ kind: 'note', table: Number(m[1]) })],
  [new RegExp(`^${table}(\\d+)$`), (m) => ({ kind: 'table', table: Number(m[1]) })],
  [new RegExp(`^${box} (${sectionId}) ${ordinal}(\\d+)${item}$`), (m) => ({ kind: 'item', section: m[1] ?? '', item: Number(m[2]) })],
  [new RegExp(`^${box} (${sectionId})$`), (m) => ({ kind: 'box', section: m[1] ?? '' })],
  [new RegExp(`^(${sectionId}|${preamble})$`), (m) => ({ kind: 'section', section: m[1] ?? '' })],
  [new RegExp(`^${front}$`), () => ({ kind: 'front' })],
  [new RegExp(`^${footnote} (\\d+)$`), (m) => ({ kind: 'footnote', no: Number(m[1]) })],
];

/** The citation that a text spells, or undefined where it follows none of the forms. */
export function parseCitation(text: string): Citation | undefined {
  for (const [form, make] of FORMS) {
    const match = form.exec(text);
    if (match) return make(match);
  }
  return undefined;
}

/** The citation in its one spelling. */
export function printCitation(citation: Citation): string {
  switch (citation.kind) {
    case 'row': return `${table}${citation.table} ${ordinal}${citation.row}${row}`;
    case 'table': return `${table}${citation.table}`;
    case 'note': return `${table}${citation.table} ${note}`;
    case 'section': return citation.section;
    case 'box': return `${box} ${citation.section}`;
    case 'item': return `${box} ${citation.section} ${ordinal}${citation.item}${item}`;
    case 'front': return front;
    case 'footnote': return `${footnote} ${citation.no}`;
    default: return citation satisfies never;
  }
}

/** What a citation names in the source, with the paragraphs a reader would find there. */
export interface CitedPlace {
  readonly citation: Citation;
  readonly paragraphs: readonly Paragraph[];
  readonly section?: Section | undefined;
  readonly table?: SourceTable | undefined;
  readonly row?: SourceRow | undefined;
  readonly box?: SourceBox | undefined;
  readonly item?: BoxItem | undefined;
}

/**
 * The place in the document, or undefined where the document has none.
 *
 * A section's paragraphs are its own: those of its tables and boxes are cited by their own forms. A chapter's
 * are what it says before its first section.
 */
export function resolveCitation(source: SourceDocument, citation: Citation): CitedPlace | undefined {
  switch (citation.kind) {
    case 'front': return { citation, paragraphs: source.front };
    case 'footnote': {
      const found = source.footnotes.find((f) => f.no === citation.no);
      return found && { citation, paragraphs: [found.paragraph] };
    }
    case 'section': {
      const section = source.sections.find((s) => s.id === citation.section);
      return section && { citation, section, paragraphs: section.paragraphs };
    }
    case 'box': case 'item': return boxPlace(source, citation);
    case 'table': case 'note': case 'row': return tablePlace(source, citation);
    default: return citation satisfies never;
  }
}

function boxPlace(source: SourceDocument, citation: Extract<Citation, { kind: 'box' | 'item' }>): CitedPlace | undefined {
  const found = source.boxes.find((b) => b.section === citation.section);
  if (!found) return undefined;
  if (citation.kind === 'box') return { citation, box: found, paragraphs: [found.heading, ...found.items.map((i) => i.paragraph)] };
  const cited = found.items.find((i) => i.no === citation.item);
  return cited && { citation, box: found, item: cited, paragraphs: [cited.paragraph] };
}

function tablePlace(source: SourceDocument, citation: Extract<Citation, { kind: 'table' | 'note' | 'row' }>): CitedPlace | undefined {
  const found = source.tables.find((t) => t.no === citation.table);
  if (!found) return undefined;
  if (citation.kind === 'note') return found.note && { citation, table: found, paragraphs: [found.note] };
  if (citation.kind === 'table') return { citation, table: found, paragraphs: [found.heading, ...found.rows.flatMap(paragraphsOf)] };
  const cited = found.rows.find((r) => r.no === citation.row);
  return cited && { citation, table: found, row: cited, paragraphs: paragraphsOf(cited) };
}

function paragraphsOf(of: SourceRow): Paragraph[] {
  return [of.name, ...of.cells, ...of.parts.flatMap((part) => [part.label, ...part.cells])];
}
