import { printDecimal, toNumber } from '#engine/kernel/index.ts';
import type { Decimal } from '#engine/kernel/index.ts';
import { resolveCitation } from '../citation.ts';
import type { Citation } from '../citation.ts';
import type { Finding, FindingPlace, Indicator, Pack } from '../pack.ts';
import type { Comparison } from '../schema/common.ts';
import type { Paragraph } from '../source/document.ts';
import { SENTENCE } from './keywords.ts';

/** One printed paragraph of the plan with the citation that names it. */
export interface Passage extends Paragraph {
  readonly citation: Citation;
  readonly kind: 'heading' | 'prose' | 'item' | 'cell' | 'note';
}

/** A sentence of prose or of a box item; its stop is not part of it. */
export interface Sentence {
  readonly passage: Passage;
  readonly text: string;
}

export type CellName = 'base' | 'target' | 'actual';

/** A printed value of a table: of an indicator, or of one of its lines. */
export interface Cell {
  readonly indicator: Indicator;
  /** Id of the line where the row has several, else of the indicator. */
  readonly id: string;
  readonly name: string;
  readonly cell: CellName;
  readonly year: number;
  /** The cell as printed. */
  readonly raw: string;
  /** Undefined where no number is printed. */
  readonly value: Decimal | undefined;
  readonly op: Comparison | undefined;
  readonly cumulative: boolean;
  readonly place: FindingPlace;
}

/** A pack as the linter reads it: every paragraph with its citation, every sentence, every cell of the tables. */
export interface Reading {
  readonly pack: Pack;
  readonly passages: readonly Passage[];
  readonly sentences: readonly Sentence[];
  readonly cells: readonly Cell[];
}

/** One question that the linter asks of a plan. It computes from the pack and its source text and knows no case by name. */
export type LintRule = (reading: Reading) => readonly Finding[];

export function readForLint(pack: Pack): Reading {
  const passages = passagesOf(pack);
  const sentences = passages.filter(({ kind }) => kind === 'prose' || kind === 'item').flatMap((passage) => passage.text.split(SENTENCE.stop).filter((text) => text !== '').map((text) => ({ passage, text })));
  return { pack, passages, sentences, cells: cellsOf(pack) };
}

/** In the order of the text. The tables' cells are passages too. */
function passagesOf({ source }: Pack): readonly Passage[] {
  const passage = (paragraph: Paragraph, citation: Citation, kind: Passage['kind']): Passage => ({ ...paragraph, citation, kind });
  return [
    ...source.sections.flatMap((section): Passage[] => {
      const citation: Citation = { kind: 'section', section: section.id };
      return [...(section.paragraphs.includes(section.heading) || section.heading.line === section.paragraphs[0]?.line ? [] : [passage(section.heading, citation, 'heading')]), ...section.paragraphs.map((one) => passage(one, citation, 'prose'))];
    }),
    ...source.boxes.flatMap((box) => [passage(box.heading, { kind: 'box', section: box.section }, 'heading'), ...box.items.map((item) => passage(item.paragraph, { kind: 'item', section: box.section, item: item.no }, 'item'))]),
    ...source.tables.flatMap((table): Passage[] => [
      ...[table.heading, ...table.header].map((one) => passage(one, { kind: 'table', table: table.no }, 'heading')),
      ...table.rows.flatMap((row) => [row.name, ...row.cells, ...row.parts.flatMap((part) => [part.label, ...part.cells])].map((one) => passage(one, { kind: 'row', table: table.no, row: row.no }, 'cell'))),
      ...(table.note ? [passage(table.note, { kind: 'note', table: table.no }, 'note')] : []),
    ]),
    ...source.footnotes.map((note) => passage(note.paragraph, { kind: 'footnote', no: note.no }, 'note')),
  ].sort((a, b) => a.line - b.line);
}

function cellsOf(pack: Pack): readonly Cell[] {
  return [...pack.indicators.values()].flatMap((indicator) => {
    const { cite } = indicator;
    const table = cite.kind === 'row' ? pack.plan.document.tables.find((one) => one.no === cite.table) : undefined;
    const row = resolveCitation(pack.source, cite)?.row;
    if (!table || !row) return [];
    const columns = table.columns.filter((column) => column !== 'no' && column !== 'name');
    const lines = indicator.parts && indicator.parts.length > 0 ? indicator.parts.map((part, index) => ({ of: part, id: part.id, printed: row.parts[index]?.cells ?? [] })) : [{ of: indicator, id: indicator.id, printed: row.cells }];
    return lines.flatMap(({ of, id, printed }) => columns.flatMap((column, index): Cell[] => {
      const paragraph = printed[index];
      if (column === 'attribute' || !paragraph) return [];
      const found = of[column];
      const counted = typeof found === 'object' && 'value' in found ? found : undefined;
      return [{
        indicator, id, name: of.name.zh, cell: column, year: table[column] ?? table.target, raw: paragraph.text,
        value: counted?.value, op: counted?.op, cumulative: counted?.cumulative ?? false,
        place: { citation: cite, file: pack.source.file, line: paragraph.line, raw: paragraph.text },
      }];
    }));
  });
}

/** One line of a table: its cells by what they hold. */
export interface Row {
  readonly id: string;
  readonly name: string;
  readonly indicator: Indicator;
  readonly base: Cell | undefined;
  readonly target: Cell | undefined;
  readonly actual: Cell | undefined;
}

export function rowsOf(reading: Reading): readonly Row[] {
  const ids = [...new Map(reading.cells.map((cell) => [cell.id, cell])).values()];
  return ids.map(({ id, name, indicator }) => ({ id, name, indicator, base: cellOf(reading, id, 'base'), target: cellOf(reading, id, 'target'), actual: cellOf(reading, id, 'actual') }));
}

/** The cell of an indicator or of one of its lines. */
export function cellOf({ cells }: Reading, id: string, name: CellName): Cell | undefined {
  return cells.find((one) => one.id === id && one.cell === name);
}

/** Where a record's quote is printed: the paragraph at its citation that holds it, else the first one there. */
export function quotePlace({ pack }: Reading, cite: Citation, quote: string): FindingPlace {
  const paragraphs = resolveCitation(pack.source, cite)?.paragraphs ?? [];
  const at = paragraphs.find((one) => one.text.includes(quote)) ?? paragraphs[0];
  return { citation: cite, file: pack.source.file, line: at?.line ?? 1, raw: quote };
}

/** A stretch of a passage as a place. */
export function placeIn({ pack }: Reading, passage: Passage, raw: string): FindingPlace {
  return { citation: passage.citation, file: pack.source.file, line: passage.line, raw };
}

/** The name of an indicator as its row prints it. */
export function namePlace({ pack }: Reading, indicator: Indicator): FindingPlace {
  const name = resolveCitation(pack.source, indicator.cite)?.row?.name;
  return { citation: indicator.cite, file: pack.source.file, line: name?.line ?? 1, raw: name?.text ?? indicator.name.zh };
}

/** The records that stand where a passage stands: the service or project of a box item, the indicator of a row, targets and background facts quoted from the paragraph. */
export function subjectsAt({ pack }: Reading, passage: Passage, raw: string): readonly string[] {
  const here = JSON.stringify(passage.citation);
  const same = (cite: Citation): boolean => JSON.stringify(cite) === here || (cite.kind === 'box' && passage.citation.kind === 'item' && cite.section === passage.citation.section);
  const own = passage.kind === 'item' || passage.kind === 'cell' ? [...pack.services.values(), ...pack.indicators.values()].filter((record) => same(record.cite)) : [];
  const quoted = [...pack.targets.values(), ...pack.background.values(), ...pack.projects.values()].filter((record) => same(record.cite) && (record.quote.includes(raw) || raw.includes(record.quote)));
  return [...new Set([...own, ...quoted].map((record) => record.id))];
}

/** Whether some target or fact of the pack carries these words already. */
export function matchesQuote({ pack }: Reading, passage: Passage, raw: string): boolean {
  return [...pack.targets.values(), ...pack.background.values()].some(({ quote }) => passage.text.includes(quote) && (quote.includes(raw) || raw.includes(quote)));
}

/** One finding for many places of the same small fault; none where there is no place. */
export function aggregate(code: string, severity: Finding['severity'], places: readonly FindingPlace[], subjects: readonly string[] = [], data: Finding['data'] = {}): readonly Finding[] {
  return places.length === 0 ? [] : [{ code, severity, places: [...places].sort((a, b) => a.line - b.line), subjects: [...new Set(subjects)], data: { count: places.length, ...data } }];
}

/** Sections that tell what was so before the plan, by the background facts quoted from them. */
export function baselineSections({ pack }: Reading): ReadonlySet<string> {
  const facts = [...pack.background.values()].map(({ cite }) => JSON.stringify(cite));
  return new Set(facts.filter((cite) => facts.filter((other) => other === cite).length > 3));
}

/** A number as the plan would print it. */
export function shown(value: Decimal): string {
  return printDecimal(value);
}

/** For ratios only: equality and order of printed numbers are decided on decimals. */
export function amount(value: Decimal): number {
  return toNumber(value);
}

/** The pairs of neighbouring characters of a word, in order. */
export function pairsIn(text: string): readonly string[] {
  const chars = Array.from(text);
  return chars.slice(1).map((char, index) => `${chars[index]}${char}`);
}

/** Whether all characters of a name stand in another in the same order. */
export function isWithin(short: string, long: string): boolean {
  let at = 0;
  for (const char of long) if (char === short[at]) at++;
  return at === short.length;
}

/** How alike two names are, by the pairs of neighbouring characters they share: 0 to 1 (Dice). */
export function likeness(a: string, b: string): number {
  const left = pairsIn(a);
  const right = pairsIn(b);
  const rest = [...right];
  const shared = left.filter((pair) => {
    const at = rest.indexOf(pair);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
  return left.length + right.length === 0 ? 0 : (2 * shared.length) / (left.length + right.length);
}

/** Every match of a pattern in the passages of some kinds; the pattern itself is not moved on. */
export function matches({ passages }: Reading, pattern: RegExp, kinds: readonly Passage['kind'][] = ['prose', 'item']): readonly { readonly passage: Passage; readonly match: RegExpExecArray; readonly raw: string }[] {
  const every = new RegExp(pattern, pattern.flags.includes('g') ? pattern.flags : `${pattern.flags}g`);
  return passages.filter(({ kind }) => kinds.includes(kind)).flatMap((passage) => [...passage.text.matchAll(every)].map((match) => ({ passage, match, raw: match[0] })));
}
