import type { City } from '#engine/city.ts';
import { describeAny } from '#engine/delivery/index.ts';
import { areaName, confidenceWords, departmentWords, presentWords, sourceOfItem } from '#engine/entitlement/index.ts';
import { printCitation, describeFinding } from '#engine/pack/index.ts';
import type { Citation, Finding, Indicator } from '#engine/pack/index.ts';
import { gapOf, valuePairs } from '#engine/indicator/index.ts';
import type { ValuePair } from '#engine/indicator/index.ts';
import { render, say } from '#engine/kernel/index.ts';
import type { Cell, Decimal, Locale, LocalText, Table } from '#engine/kernel/index.ts';
import en from './messages/en.json' with { type: 'json' };
import zh from './messages/zh.json' with { type: 'json' };

/** The data sets that anyone may download, by name. */
export const DATA_SETS = ['services', 'indicators', 'targets', 'mechanisms', 'systems', 'projects', 'background', 'divisions', 'population', 'centres', 'findings', 'review', 'verify'] as const;
export type DataSet = (typeof DATA_SETS)[number];

const MESSAGES = { zh, en };

/** One column of a data set: its key and what stands in it for a record. */
type Columns<T> = readonly (readonly [key: string, cell: (record: T) => Cell | undefined])[];

/** A data set as a table in the reader's language. What the plan does not print is empty, as the column's title says. */
export function dataSet(city: City, name: DataSet, locale: Locale): Table {
  const words = MESSAGES[locale];
  const { columns, rows } = cellsOf(city, name, locale);
  return {
    name,
    title: render(words, `set.${name}`),
    columns: columns.map((key) => ({ key, title: render(words, `column.${key}`) })),
    rows,
    note: render(words, 'note', { plan: say(city.pack.plan.name, locale), digest: city.release.digest.slice(0, 12), today: city.today }),
  };
}

function cellsOf(city: City, name: DataSet, locale: Locale): { readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[] } {
  const { pack } = city;
  const t = (text: LocalText | undefined): string | null => (text ? say(text, locale) : null);
  const list = <T>(records: Iterable<T>, columns: Columns<T>) => ({ columns: columns.map(([key]) => key), rows: [...records].map((record) => columns.map(([, cell]) => cell(record) ?? null)) });
  switch (name) {
    case 'services': return list(pack.services.values(), [
      ['id', (r) => r.id], ['name', (r) => t(r.name)], ['domain', (r) => r.domain], ['for', (r) => t(r.for)], ['gives', (r) => t(r.gives)], ['kind', (r) => r.kind],
      ['standard', (r) => r.printed.standard], ['standard-text', (r) => r.printed.standardText], ['payer', (r) => filled(r.printed.payer)], ['owner', (r) => filled(r.owner)],
      ['feeds', (r) => r.feeds.join(' ')], ['cite', (r) => printCitation(r.cite)], ['findings', (r) => count(city.findingsOf(r.id).length)],
    ]);
    case 'indicators': return list(indicatorRows(city), [
      ['id', ({ pair }) => pair.id], ['table', ({ indicator }) => indicator.table], ['name', ({ indicator, pair }) => (pair.id === indicator.id ? t(indicator.name) : `${t(indicator.name)} · ${t(pair.name)}`)],
      ['domain', ({ indicator }) => indicator.domain], ['unit', ({ indicator }) => indicator.unit], ['direction', ({ indicator }) => indicator.direction], ['attribute', ({ indicator }) => filled(indicator.attribute)],
      ['base-year', ({ years }) => count(years.base)], ['base', ({ pair }) => valueOf(pair.base)], ['target-year', ({ years }) => count(years.target)], ['target-op', ({ pair }) => opOf(pair.target)], ['target', ({ pair }) => valueOf(pair.target)],
      ['actual', ({ pair }) => valueOf(pair.actual)], ['gap', ({ indicator, pair }) => gapOf(pair, indicator.direction).kind], ['gap-by', ({ indicator, pair }) => byOf(pair, indicator)],
      ['owner', ({ indicator }) => filled(indicator.owner)], ['cite', ({ indicator }) => printCitation(indicator.cite)], ['findings', ({ indicator }) => count(city.findingsOf(indicator.id).length)],
    ]);
    case 'targets': return list(pack.targets.values(), [
      ['id', (r) => r.id], ['name', (r) => t(r.name)], ['domain', (r) => r.domain], ['kind', (r) => r.kind], ['target-op', (r) => r.op], ['target', (r) => r.value], ['from', (r) => r.from], ['to', (r) => r.to], ['unit', (r) => r.unit],
      ['scope', (r) => r.scope], ['target-year', (r) => (r.by === 'unfilled' ? null : count(r.by))], ['hedge', (r) => r.hedge], ['indicator', (r) => r.indicator], ['quote', (r) => r.quote], ['cite', (r) => printCitation(r.cite)], ['findings', (r) => count(city.findingsOf(r.id).length)],
    ]);
    case 'mechanisms': return list(pack.mechanisms.values(), [
      ['id', (r) => r.id], ['name', (r) => t(r.name)], ['domain', (r) => r.domain], ['family', (r) => r.family], ['says', (r) => r.says], ['state', (r) => r.state], ['at', (r) => r.at], ['by', (r) => t(r.by)], ['quote', (r) => r.quote], ['cite', (r) => cites(r.cite)],
    ]);
    case 'systems': return list(pack.systems.values(), [
      ['id', (r) => r.id], ['name', (r) => t(r.name)], ['domain', (r) => r.domain], ['kind', (r) => r.kind], ['printed-state', (r) => r.printedState], ['state', (r) => r.state], ['at', (r) => r.at], ['by', (r) => t(r.by)], ['quote', (r) => r.quote], ['cite', (r) => printCitation(r.cite)],
    ]);
    case 'projects': return list(pack.projects.values(), [
      ['id', (r) => r.id], ['name', (r) => t(r.name)], ['domain', (r) => r.domain], ['kind', (r) => r.kind], ['nature', (r) => r.nature], ['content', (r) => r.content], ['target-year', (r) => (r.year === 'unfilled' ? null : count(r.year))],
      ['owner', (r) => filled(r.owner)], ['money', (r) => filled(r.money)], ['quote', (r) => r.quote], ['cite', (r) => printCitation(r.cite)],
    ]);
    case 'background': return list(pack.background.values(), [
      ['id', (r) => r.id], ['name', (r) => t(r.name)], ['domain', (r) => r.domain], ['kind', (r) => r.kind], ['target-op', (r) => r.op], ['value', (r) => r.value], ['unit', (r) => r.unit], ['year', (r) => (r.year === 'unfilled' ? null : count(r.year))], ['quote', (r) => r.quote], ['cite', (r) => printCitation(r.cite)],
    ]);
    case 'divisions': return list(pack.divisions.values(), [
      ['code', (r) => r.code], ['id', (r) => r.id], ['name', (r) => t(r.name)], ['kind', (r) => r.kind], ['type', (r) => r.type], ['parent', (r) => r.parent], ['valid-from', (r) => r.from], ['source', (r) => r.source], ['confidence', (r) => r.confidence],
    ]);
    case 'population': return list(pack.population, [
      ['division', (r) => r.division], ['measure', (r) => r.measure], ['name', (r) => t(r.name)], ['value', (r) => r.value], ['unit', (r) => r.unit], ['on', (r) => r.on], ['source', (r) => r.source], ['confidence', (r) => r.confidence], ['remark', (r) => t(r.note)],
    ]);
    case 'centres': return list(pack.centres.values(), [
      ['id', (r) => r.id], ['name', (r) => t(r.name)], ['county', (r) => r.county], ['township', (r) => r.township], ['address', (r) => local(r.address, locale)], ['phone', (r) => filled(r.phone)], ['hours', (r) => local(r.hours, locale)], ['owner', (r) => filled(r.owner)], ['review-by', (r) => r.reviewBy], ['confidence', (r) => r.confidence],
    ]);
    case 'findings': return list(city.findings, [
      ['code', (r) => r.code], ['severity', (r) => r.severity], ['title', (r) => describeFinding(r, locale).title], ['explanation', (r) => describeFinding(r, locale).explanation], ['places', (r) => r.places.map(printPlace).join('\n')], ['subjects', (r) => r.subjects.join(' ')],
    ]);
    case 'review': return list(city.review(), [
      ['code', (r) => r.code], ['severity', (r) => r.severity], ['title', (r) => describeAny(r, locale).message], ['explanation', (r) => describeAny(r, locale).hint], ['file', (r) => r.place.file], ['line', (r) => count(r.place.line)],
    ]);
    case 'verify': return list(city.toVerify(), [
      ['id', (r) => r.id], ['department', (r) => departmentWords(pack, r.department, locale)], ['kind', (r) => r.kind], ['name', (r) => t(r.what)], ['present', (r) => presentWords(pack, r, locale)],
      ['area', (r) => (r.kind === 'value' ? areaName(pack, r.value.area, locale) : null)], ['valid-from', (r) => (r.kind === 'value' ? r.value.from : null)], ['confidence', (r) => confidenceWords(r, locale)], ['source', (r) => sourceOfItem(pack, r)], ['services', (r) => r.services.join(' ')],
    ]);
    default: return name satisfies never;
  }
}

interface IndicatorRow {
  readonly indicator: Indicator;
  readonly pair: ValuePair;
  readonly years: { readonly base: number; readonly target: number };
}

function indicatorRows(city: City): IndicatorRow[] {
  return city.pack.plan.document.tables.flatMap((years) => city.indicatorsOf(years.id).flatMap((indicator) => valuePairs(indicator).map((pair) => ({ indicator, pair, years }))));
}

function printPlace({ citation, raw }: Finding['places'][number]): string {
  return `${printCitation(citation)} “${raw}”`;
}

const filled = (value: string): string | null => (value === 'unfilled' ? null : value);
const local = (value: LocalText | 'unfilled', locale: Locale): string | null => (value === 'unfilled' ? null : say(value, locale));
const count = (units: number): Decimal => ({ units, scale: 0 });
const cites = (cite: readonly Citation[]): string => cite.map(printCitation).join(' · ');

function valueOf(value: ValuePair['base']): Cell {
  if (value === undefined || value === 'none-printed') return null;
  return 'reference' in value ? value.reference : value.value;
}

function opOf(value: ValuePair['target']): string | null {
  return value === undefined || value === 'none-printed' || 'reference' in value ? null : (value.op ?? null);
}

function byOf(pair: ValuePair, indicator: Indicator): Cell {
  const gap = gapOf(pair, indicator.direction);
  return 'by' in gap ? gap.by : null;
}
