/** A day of the Gregorian calendar as `YYYY-MM-DD`; it sorts as text. */
export type CalendarDate = string & { readonly calendarDate: true };

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** The date, or undefined where the text is no day of the calendar (`2021-02-29`). */
export function parseDate(text: string): CalendarDate | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return day >= 1 && day <= lengthOfMonth(year, month) ? (text as CalendarDate) : undefined;
}

/** How many days a month of the Gregorian calendar has, the month counted from 1; 0 where there is no such month. */
export function lengthOfMonth(year: number, month: number): number {
  const leap = month === 2 && ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0) ? 1 : 0;
  return (DAYS[month - 1] ?? 0) + leap;
}

/** The parts of a date, month and day counted from 1. */
export function partsOf(date: CalendarDate): { readonly year: number; readonly month: number; readonly day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}
