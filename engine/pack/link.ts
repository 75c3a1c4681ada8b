import { dayAfter } from '#engine/kernel/index.ts';
import type { Diagnostic } from '#engine/kernel/index.ts';
import { printCitation, resolveCitation } from './citation.ts';
import type { Citation } from './citation.ts';
import { KINDS } from './kinds.ts';
import type { Kind } from './kinds.ts';
import { linksOf } from './links.ts';
import type { Link } from './links.ts';
import { nearest } from './nearest.ts';
import type { PackRead, RawRecord } from './read.ts';
import type { SourceDocument, SourceRow } from './source/document.ts';

/** The ids and names that a link may name, by kind of link. */
type Known = Record<Exclude<Link['kind'], 'citation'>, ReadonlySet<string>>;

/** The columns of each table by its number, in printed order, as the plan declares them. */
export type Columns = ReadonlyMap<number, readonly string[]>;

/** What is wrong between the records of a pack, and between them and the source text. */
export function linkPack({ records, refused }: Pick<PackRead, 'records' | 'refused'>, source: SourceDocument, columns: Columns): Diagnostic[] {
  const known = knownIds(records, refused);
  return [
    ...duplicates(records),
    ...records.flatMap((record) => [
      ...linksOf(KINDS[record.kind].schema, record.value).flatMap((link) => brokenLink(record, link, known, source)),
      ...(record.folder === undefined ? [] : misplaced(record, known, records)),
      ...(record.kind === 'indicators' ? printedCells(record, source, columns) : []),
      ...(record.kind === 'services' ? [...officialName(record, source), ...payerShares(record)] : []),
      ...(record.kind === 'parameters' ? valuesOverlap(record) : []),
      ...lostQuote(record, source),
    ]),
  ];
}

function error(record: RawRecord, path: readonly PropertyKey[], code: string, data: Record<string, string | number>, near?: string): Diagnostic {
  return { code, severity: 'error', place: record.place(path), data, ...(near === undefined ? {} : { nearest: near }) };
}

function knownIds(records: readonly RawRecord[], refused: PackRead['refused']): Known {
  const idsOf = (kind: Kind): ReadonlySet<string> => new Set([...records, ...refused].filter((record) => record.kind === kind).map((record) => record.id));
  const domains = records.find((record) => record.kind === 'plan')?.value['domains'] as readonly { id: string }[] | undefined;
  const parts = records.flatMap((record) => ((record.value['parts'] as readonly { id: string }[] | undefined) ?? []).map((part) => part.id));
  const indicator = new Set([...idsOf('indicators'), ...parts]);
  const target = idsOf('targets');
  return {
    domain: new Set(domains?.map((domain) => domain.id)),
    department: idsOf('departments'),
    division: idsOf('divisions'),
    event: idsOf('events'),
    indicator, target,
    'indicator or target': new Set([...indicator, ...target]),
    parameter: idsOf('parameters'),
    precedence: idsOf('precedence'),
    remedy: idsOf('remedies'),
    service: idsOf('services'),
    source: idsOf('sources'),
    system: idsOf('systems'),
    unit: idsOf('units'),
  };
}

function brokenLink(record: RawRecord, { kind, value, path }: Link, known: Known, source: SourceDocument): Diagnostic[] {
  if (kind === 'citation') {
    const cited = value as Citation;
    return resolveCitation(source, cited) ? [] : [error(record, path, 'citation-absent', { citation: printCitation(cited) })];
  }
  const name = String(value);
  if (known[kind].has(name)) return [];
  const code = kind === 'unit' ? 'unit-unknown' : 'reference-dangling';
  return [error(record, path, code, { kind, id: name }, nearest(name, known[kind]))];
}

/** Two records of a kind with one id; the later one is wrong. */
function duplicates(records: readonly RawRecord[]): Diagnostic[] {
  const seen = new Map<string, RawRecord>();
  return records.flatMap((record): Diagnostic[] => {
    if (KINDS[record.kind].shape === 'plain') return [];
    const key = `${record.kind}\0${record.id}`;
    const first = seen.get(key);
    if (!first) {
      seen.set(key, record);
      return [];
    }
    return [error(record, ['id'], 'id-duplicate', { id: record.id, file: first.at.file, line: first.at.line })];
  });
}

/** A record in a folder that is no domain or no table of the plan. */
function misplaced(record: RawRecord, known: Known, records: readonly RawRecord[]): Diagnostic[] {
  const folders = record.kind === 'services' ? known.domain : new Set(tableIds(records).values());
  const folder = record.folder ?? '';
  return folders.has(folder) ? [] : [error(record, [], 'folder-unknown', { folder, allowed: [...folders].join(' | ') })];
}

function tableIds(records: readonly RawRecord[]): ReadonlyMap<number, string> {
  const document = records.find((record) => record.kind === 'plan')?.value['document'] as { tables: readonly { no: number; id: string }[] } | undefined;
  return new Map(document?.tables.map((table) => [table.no, table.id]));
}

const squeeze = (text: string): string => text.replaceAll(/[\s\u00a0]+/g, '');

/** A quote that the cited place does not hold: the pack says that the plan says what it does not say. */
function lostQuote(record: RawRecord, source: SourceDocument): Diagnostic[] {
  const { quote, cite } = record.value as { quote?: string; cite?: Citation | readonly Citation[] };
  if (quote === undefined || cite === undefined) return [];
  const cites = Array.isArray(cite) ? (cite as readonly Citation[]) : [cite as Citation];
  const places = cites.map((one) => resolveCitation(source, one));
  if (places.includes(undefined)) return [];
  const found = places.some((place) => squeeze([place?.section?.heading, ...(place?.paragraphs ?? [])].map((p) => p?.text ?? '').join('')).includes(squeeze(quote)));
  return found ? [] : [error(record, ['quote'], 'quote-absent', { quote, citation: cites.map(printCitation).join(' · ') })];
}

type Printed = Partial<Record<'name' | 'base' | 'target' | 'actual' | 'attribute', string>>;

/** Cells of an indicator that differ from the row it cites. */
function printedCells(record: RawRecord, source: SourceDocument, columns: Columns): Diagnostic[] {
  const { cite, printed, parts } = record.value as { cite: Citation; printed: Printed; parts?: readonly { printed: Printed }[] };
  const place = resolveCitation(source, cite);
  const row = place?.row;
  if (!row || !place.table) return [];
  const names = columns.get(place.table.no) ?? [];
  const own = compare(record, ['printed'], printed, { name: row.name.text, ...cells(row.cells.map((cell) => cell.text), names) }, cite);
  const inner = (parts ?? []).flatMap((part, index) => compare(record, ['parts', index, 'printed'], part.printed, partCells(row, index, names), cite));
  return [...own, ...inner];
}

function partCells(row: SourceRow, index: number, columns: readonly string[]): Printed {
  const part = row.parts[index];
  return part ? { name: part.label.text, ...cells(part.cells.map((cell) => cell.text), columns) } : {};
}

function cells(texts: readonly string[], columns: readonly string[]): Printed {
  return Object.fromEntries(columns.slice(2).map((column, index) => [column, texts[index]]).filter(([, text]) => text !== undefined));
}

function compare(record: RawRecord, path: readonly PropertyKey[], printed: Printed, source: Printed, cite: Citation): Diagnostic[] {
  return (Object.keys(printed) as (keyof Printed)[]).flatMap((cell): Diagnostic[] => {
    const [ours, theirs] = [printed[cell] ?? '', source[cell] ?? ''];
    return squeeze(ours) === squeeze(theirs) ? [] : [error(record, [...path, cell], 'printed-differs', { cell, ours, theirs, citation: printCitation(cite) })];
  });
}

/** A service whose official name is not the title printed in its box. */
function officialName(record: RawRecord, source: SourceDocument): Diagnostic[] {
  const { cite, name } = record.value as { cite: Citation; name: { zh: string } };
  const title = resolveCitation(source, cite)?.item?.title;
  return title === undefined || squeeze(title) === squeeze(name.zh) ? [] : [error(record, ['name', 'zh'], 'name-differs', { ours: name.zh, theirs: title, citation: printCitation(cite) })];
}

/**
 * Shares that do not add up to the whole on some day on which somebody pays: sums change only on a first day and on
 * the day after a last one. A day on which nobody pays is no matter of the shares.
 */
function payerShares(record: RawRecord): Diagnostic[] {
  const payers = record.value['payers'];
  if (!Array.isArray(payers)) return [];
  const lines = payers as readonly { shareBp: number; from: string; until?: string }[];
  const days = [...new Set(lines.flatMap(({ from, until }) => [from, ...(until === undefined ? [] : [dayAfter(until)])]))].sort();
  return days.flatMap((day): Diagnostic[] => {
    const current = lines.filter((line) => line.from <= day && (line.until ?? '9999') >= day);
    const sum = current.reduce((total, line) => total + line.shareBp, 0);
    return current.length === 0 || sum === 10_000 ? [] : [error(record, ['payers'], 'shares-incomplete', { day, sum })];
  });
}

/**
 * Two values of a parameter for one area and day. An earlier one without an end gives way to the newer and is none of
 * them; one that says itself that it still holds contradicts it.
 */
function valuesOverlap(record: RawRecord): Diagnostic[] {
  const values = record.value['values'] as readonly { area: string; from: string; until?: string }[];
  return values.flatMap((value, at): Diagnostic[] => {
    const other = values.find((one, place) => one.area === value.area && ((place < at && one.from === value.from) || (one.from < value.from && (one.until ?? '') >= value.from)));
    return other ? [error(record, ['values', at, 'from'], 'values-overlap', { area: value.area, from: value.from, other: other.from })] : [];
  });
}
