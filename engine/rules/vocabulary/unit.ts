import type { Decimal } from '#engine/kernel/index.ts';
import type { Pack } from '#engine/pack/index.ts';

/** Dimensions of bare numbers: a value in them has no unit. */
const PURE: ReadonlySet<string> = new Set(['none', 'ratio', 'number', 'index', 'levels']);
/** Dimensions that date functions give under another name. */
const ALSO: Readonly<Record<string, string>> = { age: 'years', 'duration-years': 'years', 'duration-months': 'months', 'duration-days': 'days' };

/** What a unit of the pack measures, for telling money from months; undefined for bare numbers. */
export function dimensionOf(pack: Pack, unit: string | undefined): string | undefined {
  const dimension = unit === undefined ? undefined : pack.units.get(unit)?.dimension;
  return dimension === undefined || PURE.has(dimension) ? undefined : (ALSO[dimension] ?? dimension);
}

/** How facts in a unit are told apart from those in the base unit of the dimension: 万元 is not 元. */
export function factUnit(pack: Pack, unit: string | undefined): string | undefined {
  const dimension = dimensionOf(pack, unit);
  const times = unit === undefined ? undefined : pack.units.get(unit)?.times;
  if (dimension === undefined || times === undefined || (times.units === 1 && times.scale === 0)) return dimension;
  return `${dimension} × ${times.units / 10 ** times.scale}`;
}

/** A decimal in the base unit of its dimension, exact: 1.5 万元 is 15000 元. */
export function inBaseUnit(pack: Pack, value: Decimal, unit: string): { readonly units: bigint; readonly scale: number } {
  const times = pack.units.get(unit)?.times ?? { units: 1, scale: 0 };
  return lowest({ units: BigInt(value.units) * BigInt(times.units), scale: value.scale + times.scale });
}

/** The same number with no zeros at its end beyond the decimal point. */
export function lowest({ units, scale }: { readonly units: bigint; readonly scale: number }): { readonly units: bigint; readonly scale: number } {
  return scale > 0 && units % 10n === 0n ? lowest({ units: units / 10n, scale: scale - 1 }) : { units, scale };
}

/** The units of a number at another scale; undefined where digits would be lost. */
export function atScale({ units, scale }: { readonly units: bigint; readonly scale: number }, to: number): bigint | undefined {
  if (to >= scale) return units * 10n ** BigInt(to - scale);
  const factor = 10n ** BigInt(scale - to);
  return units % factor === 0n ? units / factor : undefined;
}
