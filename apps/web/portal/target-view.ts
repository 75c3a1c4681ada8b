import type { City } from '#engine/city.ts';
import type { Locale, LocalName } from '#engine/kernel/index.ts';
import type { Target } from '#engine/pack/index.ts';
import { quantity } from '../format.ts';
import { wordsOf } from '../words.ts';
import { citedIn, foundIn } from './shape.ts';
import type { Cited, Found } from './shape.ts';

/** A target of the text, ready to be read. */
export interface TargetView {
  readonly id: string;
  readonly name: LocalName;
  /** The value with its bound, or what kind of promise it is where it is no number. */
  readonly value: string;
  readonly scope: string;
  /** The printed year; undefined where none is printed. */
  readonly by: number | undefined;
  readonly hedge: string | undefined;
  readonly quote: string;
  readonly indicator: { readonly id: string; readonly name: LocalName } | undefined;
  readonly cited: Cited;
  readonly findings: readonly Found[];
}

export function targetView(city: City, target: Target, locale: Locale): TargetView {
  const indicator = target.indicator === undefined ? undefined : city.pack.indicators.get(target.indicator);
  return {
    id: target.id, name: target.name, value: valueOf(city, target, locale), scope: target.scope,
    by: target.by === 'unfilled' ? undefined : target.by, hedge: target.hedge, quote: target.quote,
    indicator: indicator && { id: indicator.id, name: indicator.name },
    cited: citedIn(city, target.cite), findings: foundIn(city, city.findingsOf(target.id), locale),
  };
}

function valueOf({ pack }: City, { op, value, from, to, unit, kind }: Target, locale: Locale): string {
  const t = wordsOf(locale);
  const say = (decimal: NonNullable<Target['value']>): string => quantity(decimal, pack.units.get(unit), locale);
  if (from && to) return t('op.range', { from: say(from), to: say(to) });
  return value ? t(`op.${op ?? '='}`, { value: say(value) }) : t(`target.${kind}`);
}
