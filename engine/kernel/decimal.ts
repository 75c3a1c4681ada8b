/**
 * An exact decimal: `units` divided by 10 to the power `scale`.
 *
 * Range: |units| up to 2^53 - 1; `parseDecimal` gives undefined beyond it. `53.0` keeps its scale of 1, because
 * the digits that a plan prints say how exactly it was measured.
 */
export interface Decimal {
  readonly units: number;
  readonly scale: number;
}

/** The decimal that a numeral spells (`-2.06`, `1e3` is not one), or undefined. */
export function parseDecimal(numeral: string): Decimal | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(numeral);
  if (!match) return undefined;
  const [, sign, whole, fraction = ''] = match;
  const units = Number(`${sign}${whole}${fraction}`);
  return Number.isSafeInteger(units) ? { units, scale: fraction.length } : undefined;
}

/** The numeral with exactly the digits of the decimal: `53.0` stays `53.0`. */
export function printDecimal({ units, scale }: Decimal): string {
  if (scale === 0) return String(units);
  const digits = String(Math.abs(units)).padStart(scale + 1, '0');
  return `${units < 0 ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Negative, zero or positive as a is below, equal to or above b; exact at any scale. */
export function compareDecimal(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const left = BigInt(a.units) * 10n ** BigInt(scale - a.scale);
  const right = BigInt(b.units) * 10n ** BigInt(scale - b.scale);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** a - b, exact; a fault if the difference leaves the range. */
export function subtractDecimal(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  const units = Number(BigInt(a.units) * 10n ** BigInt(scale - a.scale) - BigInt(b.units) * 10n ** BigInt(scale - b.scale));
  if (!Number.isSafeInteger(units)) throw new RangeError('decimal difference out of range');
  return { units, scale };
}

/** The nearest JavaScript number, for drawing and for JSON numbers; never for arithmetic on money. */
export function toNumber(decimal: Decimal): number {
  return Number(printDecimal(decimal));
}
