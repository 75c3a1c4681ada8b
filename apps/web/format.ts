import { partsOf, printDecimal } from '#engine/kernel/index.ts';
import type { CalendarDate, Decimal, Locale } from '#engine/kernel/index.ts';
import type { Indicator, Unit } from '#engine/pack/index.ts';
import { wordsOf } from './words.ts';

/** The digits of a decimal with a comma at the thousands: 43,000. */
export function figure(decimal: Decimal): string {
  const [whole = '', fraction] = printDecimal(decimal).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** A number with its unit: `2.06 个`, `53.0%`, `8:1`. An index has no unit to say, and neither has what is counted in none. */
export function quantity(decimal: Decimal, unit: Unit | undefined, locale: Locale): string {
  const number = figure(decimal);
  if (!unit || unit.dimension === 'index' || unit.dimension === 'none') return number;
  if (/^[%‰]$/.test(unit.zh)) return `${number}${unit.zh}`;
  if (unit.dimension === 'ratio') return locale === 'zh' ? `${number}${unit.zh}` : `${number} ${unit.en}`;
  return `${number} ${unit[locale]}`;
}

/** How far two numbers are apart: between shares that is in percentage points, and it ends with no zero. */
export function difference(decimal: Decimal, unit: Unit | undefined, locale: Locale): string {
  const apart = shortest(decimal);
  return unit?.zh === '%' ? wordsOf(locale)('value.points', { value: figure(apart) }) : quantity(apart, unit, locale);
}

/** The same number without the zeros that end its fraction: a difference has no measured digits to keep. */
function shortest({ units, scale }: Decimal): Decimal {
  return scale > 0 && units % 10 === 0 ? shortest({ units: units / 10, scale: scale - 1 }) : { units, scale };
}

/** A cell of a table for people; undefined where the plan prints none. A reference is given as printed. */
export function cell(value: Indicator['base'], unit: Unit | undefined, locale: Locale): string | undefined {
  if (value === undefined || value === 'none-printed') return undefined;
  if ('reference' in value) return value.reference;
  const text = quantity(value.value, unit, locale);
  return value.cumulative === true ? wordsOf(locale)('value.cumulative', { value: text }) : text;
}

/** An instant as people of a zone read it: `2026-11-25 14:30`. */
export function momentIn(at: string, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(at));
}

/** A day as people write it. */
export function day(date: CalendarDate, locale: Locale): string {
  const { year, month, day: dayOfMonth } = partsOf(date);
  return wordsOf(locale)('date.day', { year, month: locale === 'zh' ? month : wordsOf('en')(MONTHS[month - 1] ?? 'month.1'), day: dayOfMonth });
}

const MONTHS = ['month.1', 'month.2', 'month.3', 'month.4', 'month.5', 'month.6', 'month.7', 'month.8', 'month.9', 'month.10', 'month.11', 'month.12'] as const;
