import { parseDecimal } from '#engine/kernel/index.ts';
import type { Decimal } from '#engine/kernel/index.ts';
import { LANE } from '#engine/rules/index.ts';
import { dateOfDay, dayNumberOf } from './day.ts';
import { ModelFault } from './model.ts';
import type { Drawn } from './sheet.ts';

/** A decimal in units of a scale; digits beyond it are refused. */
export function atUnits({ units, scale }: Decimal, to: number): number {
  if (to >= scale) return units * 10 ** (to - scale);
  const factor = 10 ** (scale - to);
  if (units % factor !== 0) throw new ModelFault(String(units), `has more than ${to} digits after the point`);
  return units / factor;
}

/** A decimal as a double, for shares and weights, which are no money. */
export const ratio = ({ units, scale }: Decimal): number => units / 10 ** scale;

/**
 * A value of a model as it stands in its column: `none`, `unknown`, true, a label, digits, a day.
 *
 * `-30d` is thirty days before the day of the city; `year`, `year-1` and `year+1` are its year and those beside it, `year-1-10-15`
 * is a day of such a year, and `month` is the month of the city, from 1 to 12.
 */
export function valueIn(drawn: Drawn, text: string, on: number, where: string): number {
  if (text === 'none' || text === 'unknown') return LANE[drawn.lane][text];
  switch (drawn.type.kind) {
    case 'boolean': if (text === 'true' || text === 'false') return text === 'true' ? 1 : 0; break;
    case 'code': {
      const at = drawn.labels.indexOf(text);
      if (at >= 0) return at;
      break;
    }
    case 'date': {
      const day = dayIn(text, on);
      if (day !== undefined) return day;
      break;
    }
    case 'number': {
      const units = numberIn(text, on) ?? unitsIn(text, drawn.type.scale);
      if (units !== undefined) return inRange(drawn, units, where);
      break;
    }
    case 'text': break;
    default: return drawn.type satisfies never;
  }
  throw new ModelFault(where, `${text} is no value of ${drawn.name}`);
}

/** A day that is said itself, by how long ago it was, or in a year beside that of the city. */
function dayIn(text: string, on: number): number | undefined {
  const days = /^-(\d+)d$/.exec(text)?.[1];
  if (days !== undefined) return dateOfDay(dayNumberOf(on) - Number(days));
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return Number(text.replaceAll('-', ''));
  const [, shift, month, day] = /^year([+-]\d)?-(\d{2})-(\d{2})$/.exec(text) ?? [];
  return month === undefined || day === undefined ? undefined : yearOf(on, shift) * 10_000 + Number(month + day);
}

/** A number that is said by the day of the city. */
function numberIn(text: string, on: number): number | undefined {
  const year = /^year([+-]\d+)?$/.exec(text);
  if (year) return yearOf(on, year[1]);
  return text === 'month' ? Math.floor(on / 100) % 100 : undefined;
}

function unitsIn(text: string, scale: number): number | undefined {
  const number = parseDecimal(text);
  return number && atUnits(number, scale);
}

const yearOf = (on: number, shift = '0'): number => Math.floor(on / 10_000) + Number(shift);

/** Whether a text stands for a number of the day of the city. */
export const isOfTheDay = (text: string): boolean => /^(?:month|year(?:[+-]\d+)?)$/.test(text);

/** A number that the fact may hold; the model is wrong where it draws another. */
function inRange(drawn: Drawn, units: number, where: string): number {
  const { type } = drawn;
  if (type.kind === 'number' && (units < Number(type.min) || units > Number(type.max))) throw new ModelFault(where, `${units} is out of the range of ${drawn.name}`);
  return units;
}
