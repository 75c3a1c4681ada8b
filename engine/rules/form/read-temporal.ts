import { DAY, dayOf, HOUR, isPlace, MINUTE, SECOND } from './calendar.ts';
import type { Clock, Day, Duration, Moment, Months, Zone } from './value.ts';

const DATE = /^(-?\d{4,9})-(\d\d)-(\d\d)$/;
const TIME = /^(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9})\d*)?(.*)$/;
const OFFSET = /^([+-])(\d\d):(\d\d)(?::(\d\d))?$/;
/** Clocks are at most so many seconds from UTC. */
const LARGEST_OFFSET = 18 * 3600;

/** A date as FEEL spells it; null where it is none. More than four digits of the year only where they are needed. */
export function readDate(text: string): Day | null {
  const match = DATE.exec(text);
  const digits = match?.[1]?.replace('-', '') ?? '';
  if (!match || (digits.length > 4 && digits.startsWith('0')) || (match[1] ?? '').startsWith('-0000')) return null;
  const day = dayOf({ year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) });
  return day === undefined ? null : { kind: 'date', day };
}

export function readTime(text: string): Clock | null {
  const match = TIME.exec(text);
  if (!match) return null;
  const [, hour = '', minute = '', second = '', fraction = '', rest = ''] = match;
  const zone = readZone(rest);
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || zone === null) return null;
  return { kind: 'time', nanos: BigInt(hour) * HOUR + BigInt(minute) * MINUTE + BigInt(second) * SECOND + BigInt(fraction.padEnd(9, '0')), zone };
}

/** `Z`, `+08:00`, `@Asia/Shanghai`; undefined where nothing is said, null where it is no zone. */
function readZone(text: string): Zone | undefined | null {
  if (text === '') return undefined;
  if (text === 'Z' || text === 'z') return { kind: 'offset', seconds: 0 };
  if (text.startsWith('@')) return isPlace(text.slice(1)) ? { kind: 'place', name: text.slice(1) } : null;
  const match = OFFSET.exec(text);
  if (!match || Number(match[3]) > 59 || Number(match[4] ?? 0) > 59) return null;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
  return seconds > LARGEST_OFFSET ? null : { kind: 'offset', seconds: match[1] === '-' ? 0 - seconds : seconds };
}

/** A date and time; a date alone is its midnight, and 24:00:00 the next day's. */
export function readMoment(text: string): Moment | null {
  const at = text.indexOf('T');
  const day = readDate(at === -1 ? text : text.slice(0, at));
  if (!day) return null;
  const time = at === -1 ? undefined : text.slice(at + 1);
  if (time === undefined) return { kind: 'date and time', day: day.day, nanos: 0n };
  const next = time.startsWith('24:00:00') && !/^24:00:00\.0*[1-9]/.test(time);
  const clock = readTime(next ? `00${time.slice(2)}` : time);
  return clock && { kind: 'date and time', day: day.day + (next ? 1 : 0), nanos: clock.nanos, zone: clock.zone };
}

const MONTHS = /^(-?)P(?:(\d{1,12})Y)?(?:(\d{1,12})M)?$/;
const DURATION = /^(-?)P(?:(\d{1,16})D)?(?:T(?:(\d{1,16})H)?(?:(\d{1,16})M)?(?:(\d{1,16})(?:\.(\d{0,9})\d*)?S)?)?$/;

/** `P1Y2M` is months, `P1DT2H` is time; null where it is neither, or both. */
export function readDuration(text: string): Months | Duration | null {
  if (text.endsWith('P') || text.endsWith('T')) return null;
  const months = MONTHS.exec(text);
  if (months) return { kind: 'months', months: signed(months[1], BigInt(months[2] ?? 0) * 12n + BigInt(months[3] ?? 0)) };
  const match = DURATION.exec(text);
  if (!match) return null;
  const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = match;
  return { kind: 'duration', nanos: signed(sign, BigInt(days) * DAY + BigInt(hours) * HOUR + BigInt(minutes) * MINUTE + BigInt(seconds) * SECOND + BigInt(fraction.padEnd(9, '0'))) };
}

const signed = (sign: string | undefined, size: bigint): bigint => (sign === '-' ? -size : size);

/** Whatever `@"…"` spells. */
export function readTemporal(text: string): Day | Clock | Moment | Months | Duration | null {
  if (/^-?P/.test(text)) return readDuration(text);
  if (text.includes('T')) return readMoment(text);
  return text.includes(':') ? readTime(text) : readDate(text);
}
