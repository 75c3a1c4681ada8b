import type { City } from '#engine/city.ts';
import { gapOf, valuePairs } from '#engine/indicator/index.ts';
import type { ValuePair } from '#engine/indicator/index.ts';
import { compareDecimal, toNumber } from '#engine/kernel/index.ts';
import type { Decimal, Locale, LocalName, LocalText } from '#engine/kernel/index.ts';
import { describeFinding, printCitation } from '#engine/pack/index.ts';
import type { Citation, Domain, Finding, Indicator, Plan, Service, Unit } from '#engine/pack/index.ts';
import { cell, difference } from '../format.ts';
import { wordsOf } from '../words.ts';

/** A place in the plan: its citation, its first line in the published text, and what is printed there. */
export interface Cited {
  readonly cite: string;
  readonly line: number;
  readonly text: readonly string[];
}

export function citedIn(city: City, citation: Citation): Cited {
  const paragraphs = city.cited(citation)?.paragraphs ?? [];
  return { cite: printCitation(citation), line: paragraphs[0]?.line ?? 1, text: paragraphs.map(({ text }) => text) };
}

/** A finding of the plan linter as residents read it. */
export interface Found {
  readonly code: string;
  readonly severity: Finding['severity'];
  readonly title: string;
  readonly plain: string;
  readonly places: readonly { readonly cite: string; readonly line: number; readonly raw: string }[];
  readonly subjects: readonly Subject[];
}

/** A record that has a page of its own. */
export interface Subject {
  readonly path: string;
  readonly name: LocalText;
}

export function foundIn(city: City, findings: readonly Finding[], locale: Locale): Found[] {
  return findings.map((finding) => ({
    code: finding.code, severity: finding.severity,
    ...pick(describeFinding(finding, locale)),
    places: finding.places.map(({ citation, line, raw }) => ({ cite: printCitation(citation), line, raw })),
    subjects: finding.subjects.flatMap((id) => subjectOf(city, id)),
  }));
}

function pick({ title, plain }: { readonly title: string; readonly plain: string }): Pick<Found, 'title' | 'plain'> {
  return { title, plain };
}

function subjectOf({ pack }: City, id: string): Subject[] {
  const service = pack.services.get(id);
  if (service) return [{ path: `/services/${id}`, name: service.name }];
  const indicator = indicatorWith(pack.indicators.values(), id);
  return indicator ? [{ path: `/indicators/${indicator.id}`, name: indicator.name }] : [];
}

/** The indicator that has this id, or whose line under its number has it. */
export function indicatorWith(indicators: Iterable<Indicator>, id: string): Indicator | undefined {
  for (const indicator of indicators) {
    if (indicator.id === id || indicator.parts?.some((part) => part.id === id) === true) return indicator;
  }
  return undefined;
}

/** The domains that residents meet, in the order in which they do. */
export function lifeStages({ domains, lifeOrder }: Plan): readonly Domain[] {
  const order = lifeOrder ?? domains.map(({ id }) => id);
  return order.flatMap((id) => domains.find((domain) => domain.id === id && domain.life !== undefined) ?? []);
}

/** A service in a list. */
export interface ServiceLine {
  readonly id: string;
  readonly name: LocalName;
  readonly for: LocalName;
  readonly gives: LocalText;
  /** What it is: first and foremost, then besides. */
  readonly kinds: readonly Service['kind'][];
}

export function lineOf({ id, name, for: audience, gives, kind, also }: Service): ServiceLine {
  return { id, name, for: audience, gives, kinds: [kind, ...(also ?? [])] };
}

/** A value pair of an indicator, ready to be read and drawn. */
export interface PairView {
  readonly id: string;
  readonly name: LocalName;
  readonly base: string | undefined;
  readonly target: string | undefined;
  readonly actual: string | undefined;
  readonly gap: ReturnType<typeof gapOf>['kind'];
  /** What the plan asks, in one sentence. */
  readonly judgement: string;
  /** The same numbers for drawing; undefined where a value is no number. */
  readonly drawn: { readonly base: number; readonly target: number; readonly actual: number | undefined; readonly share: boolean } | undefined;
}

/** An indicator as the portal shows it. */
export interface IndicatorView {
  readonly id: string;
  readonly name: LocalName;
  readonly group: string;
  readonly row: number;
  readonly years: Years;
  readonly pairs: readonly PairView[];
}

interface Years {
  readonly base: number;
  readonly target: number;
  readonly actual: number | undefined;
}

export function indicatorView(city: City, indicator: Indicator, locale: Locale): IndicatorView {
  const table = city.pack.plan.document.tables.find(({ id }) => id === indicator.table);
  const years: Years = { base: table?.base ?? 0, target: table?.target ?? 0, actual: table?.actual };
  const unit = city.pack.units.get(indicator.unit);
  return {
    id: indicator.id, name: indicator.name, group: indicator.group, row: indicator.cite.kind === 'row' ? indicator.cite.row : 0, years,
    pairs: valuePairs(indicator).map((pair) => pairView(pair, indicator, years, unit, locale)),
  };
}

function pairView(pair: ValuePair, indicator: Indicator, years: Years, unit: Unit | undefined, locale: Locale): PairView {
  const [base, target] = [numberIn(pair.base), numberIn(pair.target)];
  const actual = numberIn(pair.actual);
  return {
    id: pair.id, name: pair.name,
    base: cell(pair.base, unit, locale), target: cell(pair.target, unit, locale), actual: cell(pair.actual, unit, locale),
    gap: gapOf(pair, indicator.direction).kind,
    judgement: judge(pair, indicator, years, unit, locale),
    drawn: base && target ? { base: toNumber(base), target: toNumber(target), actual: actual && toNumber(actual), share: unit?.zh === '%' } : undefined,
  };
}

function numberIn(value: Indicator['base']): Decimal | undefined {
  return value === undefined || value === 'none-printed' || 'reference' in value ? undefined : value.value;
}

/** What the plan asks of a value pair, and, where the table prints what was reached, whether it was. */
function judge(pair: ValuePair, { direction }: Indicator, years: Years, unit: Unit | undefined, locale: Locale): string {
  const t = wordsOf(locale);
  const gap = gapOf(pair, direction);
  const by = 'by' in gap ? difference(gap.by, unit, locale) : '';
  const data = { baseYear: years.base, targetYear: years.target, base: cell(pair.base, unit, locale) ?? '', target: cell(pair.target, unit, locale) ?? '', by };
  const cumulative = typeof pair.target === 'object' && 'cumulative' in pair.target && pair.target.cumulative === true;
  const asked = cumulative ? t('judge.cumulative', data) : t(gap.kind === 'looser' ? `judge.looser.${direction}` : `judge.${gap.kind}`, data);
  const reached = reachedIn(pair, direction, years, unit, locale);
  return reached === undefined ? asked : `${asked}${locale === 'zh' ? '' : ' '}${reached}`;
}

function reachedIn(pair: ValuePair, direction: Indicator['direction'], years: Years, unit: Unit | undefined, locale: Locale): string | undefined {
  const actual = cell(pair.actual, unit, locale);
  if (actual === undefined || years.actual === undefined) return undefined;
  const [reached, target] = [numberIn(pair.actual), numberIn(pair.target)];
  const order = reached && target ? compareDecimal(reached, target) : undefined;
  const outcome = order === undefined ? 'open' : (direction === 'higher-better' ? order >= 0 : order <= 0) ? 'met' : 'missed';
  return wordsOf(locale)(`judge.actual.${outcome}`, { year: years.actual, actual });
}
