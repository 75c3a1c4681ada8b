import type { Decimal } from '#engine/kernel/index.ts';
import type { ValuePair } from './gap.ts';

/** Of a step that does not come out even, so many digits are told beyond those of base and target. */
const MORE_DIGITS = 3;

/**
 * What a value pair comes to at the end of a year if it moves by the same step each year from its base to its target.
 *
 * Exact where the step is; else rounded half away from zero. Undefined where one of both is no number, where the target is
 * a sum over the years, and outside the years between them.
 */
export function linearPath({ base, target }: Pick<ValuePair, 'base' | 'target'>, years: { readonly base: number; readonly target: number }, year: number): Decimal | undefined {
  const [from, to, span] = [numberIn(base), numberIn(target), years.target - years.base];
  if (!from || !to || span <= 0 || year < years.base || year > years.target) return undefined;
  if (typeof target === 'object' && 'cumulative' in target && target.cumulative === true) return undefined;
  const scale = Math.max(from.scale, to.scale) + MORE_DIGITS;
  const [start, end] = [unitsAt(from, scale), unitsAt(to, scale)];
  const moved = (end - start) * BigInt(year - years.base) * 2n;
  const units = start + (moved + (moved < 0n ? -1n : 1n) * BigInt(span)) / BigInt(2 * span);
  return shortened(units, scale, Math.max(from.scale, to.scale));
}

function numberIn(value: ValuePair['base']): Decimal | undefined {
  return value === undefined || value === 'none-printed' || 'reference' in value ? undefined : value.value;
}

const unitsAt = ({ units, scale }: Decimal, at: number): bigint => BigInt(units) * 10n ** BigInt(at - scale);

/** Without the digits beyond those of base and target that say nothing. */
function shortened(units: bigint, scale: number, least: number): Decimal {
  return scale > least && units % 10n === 0n ? shortened(units / 10n, scale - 1, least) : { units: Number(units), scale };
}
