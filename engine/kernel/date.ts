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

/** Days since 1970-01-01; negative before it. */
export function dayCount(date: CalendarDate): number {
  const { year, month, day } = partsOf(date);
  // Years begin in March here, so that the day that a leap year adds is the last of its year.
  const [shifted, fromMarch] = month > 2 ? [year, month - 3] : [year - 1, month + 9];
  const leaps = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return shifted * 365 + leaps + Math.floor((153 * fromMarch + 2) / 5) + day - 1 - 719_468;
}

/** The day so many days later, or earlier where negative. A fault outside the years 0 to 9999. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  let { year, month, day } = partsOf(date);
  day += days;
  for (; day < 1; day += lengthOfMonth(year, month)) [year, month] = month === 1 ? [year - 1, 12] : [year, month - 1];
  for (; day > lengthOfMonth(year, month); [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1]) day -= lengthOfMonth(year, month);
  return dateFrom(year, month, day);
}

/** The same day so many months later; the last of the month where it has no such day: 31 January and a month is the end of February. */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const { year, month, day } = partsOf(date);
  const target = year * 12 + month - 1 + months;
  const [inYear, inMonth] = [Math.floor(target / 12), (target % 12) + 1];
  return dateFrom(inYear, inMonth, Math.min(day, lengthOfMonth(inYear, inMonth)));
}

/** Whether it is a Saturday or a Sunday. */
export function isWeekend(date: CalendarDate): boolean {
  // 1970-01-01 was a Thursday: Saturdays and Sundays are 2 and 3 days later.
  const weekday = ((dayCount(date) % 7) + 7) % 7;
  return weekday === 2 || weekday === 3;
}

function dateFrom(year: number, month: number, day: number): CalendarDate {
  const date = parseDate(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
  if (date === undefined) throw new RangeError('a day outside the calendar');
  return date;
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
