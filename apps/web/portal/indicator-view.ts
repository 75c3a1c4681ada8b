import type { City } from '#engine/city.ts';
import { gapOf, linearPath, valuePairs } from '#engine/indicator/index.ts';
import type { ValuePair } from '#engine/indicator/index.ts';
import { compareDecimal, toNumber } from '#engine/kernel/index.ts';
import type { Decimal, Locale, LocalName } from '#engine/kernel/index.ts';
import type { Indicator, Unit } from '#engine/pack/index.ts';
import { cell, difference, quantity } from '../format.ts';
import { wordsOf } from '../words.ts';

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
  /** Where equal steps would have led by the end of this year, in a sentence; undefined outside the years between base and target. */
  readonly byNow: string | undefined;
  /** The same numbers for drawing; undefined where a value is no number. */
  readonly drawn: Drawn | undefined;
}

/** Values on a scale, each with its label; the unit stands in the label only where it is short, the sentence has it anyway. */
export interface Drawn {
  readonly base: Drawing;
  readonly target: Drawing;
  readonly actual: Drawing | undefined;
  readonly share: boolean;
}

export interface Drawing {
  readonly at: number;
  readonly label: string;
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
    pairs: valuePairs(indicator).map((pair) => pairView(pair, indicator, { years, now: Number(city.today.slice(0, 4)) }, unit, locale)),
  };
}

function pairView(pair: ValuePair, indicator: Indicator, { years, now }: { readonly years: Years; readonly now: number }, unit: Unit | undefined, locale: Locale): PairView {
  const onPath = now > years.base && now < years.target ? linearPath(pair, years, now) : undefined;
  const [base, target] = [numberIn(pair.base), numberIn(pair.target)];
  const actual = numberIn(pair.actual);
  const draw = (decimal: Decimal): Drawing => ({ at: toNumber(decimal), label: quantity(decimal, (unit?.[locale].length ?? 0) > LONG_UNIT && unit?.zh !== '%' ? undefined : unit, locale) });
  return {
    id: pair.id, name: pair.name,
    base: cell(pair.base, unit, locale), target: cell(pair.target, unit, locale), actual: cell(pair.actual, unit, locale),
    gap: gapOf(pair, indicator.direction).kind,
    byNow: onPath && gapOf(pair, indicator.direction).kind !== 'looser' ? wordsOf(locale)('indicator.by-now', { year: now, value: quantity(onPath, unit, locale) }) : undefined,
    judgement: judge(pair, indicator, years, unit, locale),
    drawn: base && target ? { base: draw(base), target: draw(target), actual: actual && draw(actual), share: unit?.zh === '%' } : undefined,
  };
}

const LONG_UNIT = 6;

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

/** The indicator that has this id, or whose line under its number has it. */
export function indicatorWith(indicators: Iterable<Indicator>, id: string): Indicator | undefined {
  for (const indicator of indicators) {
    if (indicator.id === id || indicator.parts?.some((part) => part.id === id) === true) return indicator;
  }
  return undefined;
}
