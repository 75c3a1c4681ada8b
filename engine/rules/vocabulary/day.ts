import { lengthOfMonth } from '#engine/kernel/index.ts';

/** Something that holds from one day to another (`YYYY-MM-DD`, both included; without end where absent). */
export interface Dated {
  readonly from: string;
  readonly until?: string | undefined;
}

export const FOR_EVER = '9999-12-31';

export function inForce({ from, until = FOR_EVER }: Dated, day: string): boolean {
  return from <= day && day <= until;
}

/** 20310615 as `2031-06-15`. */
export function dayText(day: number): string {
  return String(day).padStart(8, '0').replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
}

/** `2031-06-15` as 20310615. */
export function dayNumber(day: string): number {
  return Number(day.replaceAll('-', ''));
}

/** The next day of the calendar, as text. */
export function dayAfter(day: string): string {
  const [year, month, date] = numbersOf(day);
  if (date < lengthOfMonth(year, month)) return textOf(year, month, date + 1);
  return month < 12 ? textOf(year, month + 1, 1) : textOf(year + 1, 1, 1);
}

/** The day before, as text. */
export function dayBefore(day: string): string {
  const [year, month, date] = numbersOf(day);
  if (date > 1) return textOf(year, month, date - 1);
  return month > 1 ? textOf(year, month - 1, lengthOfMonth(year, month - 1)) : textOf(year - 1, 12, 31);
}

function numbersOf(day: string): readonly [year: number, month: number, date: number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
}

function textOf(year: number, month: number, date: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}
