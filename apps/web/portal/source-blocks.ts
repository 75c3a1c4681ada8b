import type { Paragraph, SourceDocument, SourceTable } from '#engine/pack/index.ts';

/** The published text cut for reading. Every printed line stands in exactly one block, under its line number. */
export type Block =
  | { readonly kind: LineKind | 'text'; readonly line: number; readonly text: string }
  | { readonly kind: 'table'; readonly title: string; readonly rows: readonly (readonly Paragraph[])[] };

type LineKind = 'chapter' | 'section' | 'caption' | 'item' | 'small';

/** The blocks in printed order. */
export function blocksOf(source: SourceDocument): readonly Block[] {
  const kinds = kindsOf(source);
  const tables = source.tables.map((table): Extract<Block, { kind: 'table' }> => ({ kind: 'table', title: table.title, rows: rowsOf(source, table) }));
  const tableAt = new Map(tables.map((table) => [table.rows[0]?.[0]?.line ?? 0, table]));
  const inTable = new Set(tables.flatMap(({ rows }) => rows.flat().map(({ line }) => line)));
  return source.lines.flatMap((raw, index): Block[] => {
    const line = index + 1;
    const table = tableAt.get(line);
    if (table) return [table];
    const text = raw.trim();
    return text === '' || inTable.has(line) ? [] : [{ kind: kinds.get(line) ?? 'text', line, text }];
  });
}

/** What the lines are that are no ordinary paragraph. */
function kindsOf(source: SourceDocument): ReadonlyMap<number, LineKind> {
  const lines = (kind: LineKind, paragraphs: readonly (Paragraph | undefined)[]): (readonly [number, LineKind])[] => paragraphs.flatMap((paragraph) => (paragraph ? [[paragraph.line, kind] as const] : []));
  const sections = headed(source);
  return new Map([
    ...lines('chapter', sections.filter(({ id }) => !id.includes('(')).map(({ heading }) => heading)),
    ...lines('section', sections.filter(({ id }) => id.includes('(')).map(({ heading }) => heading)),
    ...lines('caption', [...source.boxes, ...source.tables].map(({ heading }) => heading)),
    ...lines('item', source.boxes.flatMap(({ items }) => items.map(({ paragraph }) => paragraph))),
    ...lines('small', [...source.front, ...source.footnotes.map(({ paragraph }) => paragraph), ...source.tables.map(({ note }) => note)]),
  ]);
}

/** The sections that have a heading of their own; the preamble begins with its first paragraph. */
export function headed({ sections }: SourceDocument): SourceDocument['sections'] {
  return sections.filter(({ heading, paragraphs }) => paragraphs[0]?.line !== heading.line);
}

/**
 * A table row by row, made from every line between its heading and its last cell: a bare number begins the row that
 * follows it, and a line that belongs to no row is the name of a group and a row of its own.
 */
function rowsOf(source: SourceDocument, table: SourceTable): readonly (readonly Paragraph[])[] {
  const { starts, cells } = linesOf(table);
  const last = [...cells].reduce((a, b) => Math.max(a, b), 0);
  const made: Paragraph[][] = [];
  let number: Paragraph[] = [];
  for (const paragraph of paragraphsOf(source, table.heading.line + 1, last)) {
    const { line } = paragraph;
    const isNumber = !cells.has(line) && /^\d+$/.test(paragraph.text);
    if (starts.has(line)) made.push([...number, paragraph]);
    else if (cells.has(line)) made.at(-1)?.push(paragraph);
    else if (!isNumber) made.push([paragraph]);
    number = isNumber ? [paragraph] : [];
  }
  return made;
}

/** The lines at which a row begins, and those of all cells. */
function linesOf({ header, rows }: SourceTable): { readonly starts: ReadonlySet<number>; readonly cells: ReadonlySet<number> } {
  const first = [...header.slice(0, 1), ...rows.flatMap(({ name, parts }) => [name, ...parts.map(({ label }) => label)])];
  const rest = [...header, ...rows.flatMap(({ cells, parts }) => [...cells, ...parts.flatMap((part) => part.cells)])];
  return { starts: new Set(first.map(({ line }) => line)), cells: new Set([...first, ...rest].map(({ line }) => line)) };
}

function paragraphsOf({ lines }: SourceDocument, from: number, to: number): Paragraph[] {
  return lines.slice(from - 1, to).map((raw, index) => ({ line: from + index, column: 1, text: raw.trim() })).filter(({ text }) => text !== '');
}
