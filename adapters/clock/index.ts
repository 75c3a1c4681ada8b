import { randomBytes } from 'node:crypto';
import { parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Clock, Random } from '#engine/ports.ts';

/** The clock of the machine. With a fixed day, pages and answers are as of that day; instants stay real. */
export function systemClock(fixedDay?: CalendarDate): Clock {
  return {
    now: () => new Date().toISOString(),
    today: (zone) => fixedDay ?? dayIn(zone, new Date()),
  };
}

function dayIn(zone: string, instant: Date): CalendarDate {
  const day = parseDate(new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(instant));
  if (day === undefined) throw new Error(`no calendar day in ${zone}`);
  return day;
}

const POOL_BYTES = 8_192;
let [pool, used] = [randomBytes(POOL_BYTES), 0];

/** The randomness of the machine, drawn in larger pieces; no byte is given twice. */
export const systemRandom: Random = (bytes) => {
  if (bytes > POOL_BYTES) return new Uint8Array(randomBytes(bytes));
  if (used + bytes > POOL_BYTES) [pool, used] = [randomBytes(POOL_BYTES), 0];
  used += bytes;
  return new Uint8Array(pool.subarray(used - bytes, used));
};

/** The day and the time (HH:MM) that an instant is in a time zone. */
export function timeIn(zone: string, instant: string): { readonly on: CalendarDate; readonly time: string } {
  const at = new Date(instant);
  return { on: dayIn(zone, at), time: new Intl.DateTimeFormat('sv-SE', { timeZone: zone, timeStyle: 'short' }).format(at) };
}

/** The seconds from the beginning of 1970 to an instant (ISO 8601, UTC). */
export function epochSeconds(instant: string): number {
  return Math.floor(Date.parse(instant) / 1_000);
}

/** An instant (ISO 8601, UTC) so many hours after another. */
export function hoursAfter(instant: string, hours: number): string {
  return new Date(Date.parse(instant) + hours * 3_600_000).toISOString();
}

/** How many minutes (in parts too) lie between an instant and a later one; negative where it is earlier. */
export function minutesBetween(from: string, until: string): number {
  return (Date.parse(until) - Date.parse(from)) / 60_000;
}
