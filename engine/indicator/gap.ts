import { compareDecimal, subtractDecimal } from '#engine/kernel/index.ts';
import type { Decimal } from '#engine/kernel/index.ts';
import type { Indicator } from '#engine/pack/index.ts';

/** One value pair of an indicator: the indicator itself, or one of the lines under its number. */
export type ValuePair = Pick<Indicator, 'id' | 'name' | 'base' | 'target' | 'actual'>;

/**
 * What the plan asks of an indicator between its base and its target.
 *
 * `no-base`: the plan prints no base, so no distance can be told. `by-reference`: the target points elsewhere.
 * `looser`: the target asks for less than what was already so; it can only be a floor or a ceiling.
 */
export type Gap =
  | { readonly kind: 'rise' | 'fall' | 'looser'; readonly by: Decimal }
  | { readonly kind: 'keep' | 'no-base' | 'no-target' | 'by-reference' };

/** The value pairs that the plan prints for an indicator: one, or one for each of its parts. */
export function valuePairs(indicator: Indicator): readonly ValuePair[] {
  return indicator.parts ?? [indicator];
}

/** The gap of a value pair, read in the direction that is good for the indicator. */
export function gapOf(pair: ValuePair, direction: Indicator['direction']): Gap {
  const { base, target } = pair;
  if (target === undefined || target === 'none-printed') return { kind: 'no-target' };
  if ('reference' in target) return { kind: 'by-reference' };
  if (base === undefined || base === 'none-printed' || 'reference' in base) return { kind: 'no-base' };
  const order = compareDecimal(target.value, base.value);
  if (order === 0) return { kind: 'keep' };
  const by = order > 0 ? subtractDecimal(target.value, base.value) : subtractDecimal(base.value, target.value);
  const improves = direction === 'higher-better' ? order > 0 : order < 0;
  if (!improves) return { kind: 'looser', by };
  return { kind: order > 0 ? 'rise' : 'fall', by };
}
