import type { Paragraph, SourceDocument, SourceTable } from '#engine/pack/index.ts';

/** The published text cut for reading. Every printed line stands in exactly one block, under its line number. */
export type Block =
  | { readonly kind: 'chapter' | 'section' | 'caption' | 'item' | 'small' | 'text'; readonly line: number; readonly text: string }
  | { readonly kind: 'table'; readonly title: string; readonly rows: readonly (readonly Paragraph[])[] };

/** The blocks in printed order. */
export function blocksOf(source: SourceDocument): readonly Block[] {
  const kinds = new Map<number, 'chapter' | 'section' | 'caption' | 'item' | 'small'>();
  for (const { id, heading } of source.sections) kinds.set(heading.line, id.includes('(') ? 'section' : 'chapter');
  for (const { heading, items } of source.boxes) {
    kinds.set(heading.line, 'caption');
    for (const { paragraph } of items) kinds.set(paragraph.line, 'item');
  }
  for (const { paragraph } of source.footnotes) kinds.set(paragraph.line, 'small');
  for (const { line } of source.front) kinds.set(line, 'small');
  const tables = new Map<number, Block>();
  const inTable = new Set<number>();
  for (const table of source.tables) {
    kinds.set(table.heading.line, 'caption');
    if (table.note) kinds.set(table.note.line, 'small');
    const rows = rowsOf(source, table);
    tables.set(rows[0]?.[0]?.line ?? 0, { kind: 'table', title: table.title, rows });
    for (const { line } of rows.flat()) inTable.add(line);
  }
  return source.lines.flatMap((raw, index): Block[] => {
    const line = index + 1;
    const table = tables.get(line);
    if (table) return [table];
    const text = raw.trim();
    return text === '' || inTable.has(line) ? [] : [{ kind: kinds.get(line) ?? 'text', line, text }];
  });
}

/**
 * A table row by row, made from every line between its heading and its last cell: a bare number begins the row that
 * follows it, and a line that belongs to no row is the name of a group and a row of its own.
 */
function rowsOf(source: SourceDocument, { heading, header, rows }: SourceTable): readonly (readonly Paragraph[])[] {
  const starts = new Set([header[0]?.line, ...rows.flatMap(({ name, parts }) => [name.line, ...parts.map(({ label }) => label.line)])]);
  const cells = new Set([...header, ...rows.flatMap(({ name, cells: own, parts }) => [name, ...own, ...parts.flatMap((part) => [part.label, ...part.cells])])].map(({ line }) => line));
  const last = [...cells].reduce((a, b) => Math.max(a, b), 0);
  const made: Paragraph[][] = [];
  let number: Paragraph[] = [];
  for (let line = heading.line + 1; line <= last; line++) {
    const text = source.lines[line - 1]?.trim() ?? '';
    if (text === '') continue;
    const paragraph = { line, column: 1, text };
    if (starts.has(line)) made.push([...number, paragraph]);
    else if (cells.has(line)) made.at(-1)?.push(paragraph);
    else if (!/^\d+$/.test(text)) made.push([paragraph]);
    number = !cells.has(line) && /^\d+$/.test(text) ? [paragraph] : [];
  }
  return made;
}
