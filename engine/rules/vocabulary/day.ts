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
  const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 31;
  const text = (y: number, m: number, d: number): string => `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
  if (date < length) return text(year, month, date + 1);
  return month < 12 ? text(year, month + 1, 1) : text(year + 1, 1, 1);
}
