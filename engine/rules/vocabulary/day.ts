export { dayAfter, dayBefore } from '#engine/kernel/index.ts';

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
  const digits = String(day).padStart(8, '0');
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}

/** `2031-06-15` as 20310615. */
export function dayNumber(day: string): number {
  return Number(day.replaceAll('-', ''));
}
