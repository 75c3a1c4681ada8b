import { civilOf, DAY, HOUR, MINUTE, SECOND } from './calendar.ts';
import { printDecimal } from './decimal.ts';
import type { FormValue, Zone } from './value.ts';

const two = (count: bigint | number): string => String(count).padStart(2, '0');

/** A value as `string()` gives it; a text stands in quotes only inside something else. */
export function printValue(value: FormValue, inside = false): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return inside ? `"${value.replaceAll(/["\\]/g, '\\$&')}"` : value;
  if (typeof value === 'boolean') return String(value);
  switch (value.kind) {
    case 'number': return printDecimal(value);
    case 'date': return printDay(value.day);
    case 'time': return `${printClock(value.nanos)}${printZone(value.zone)}`;
    case 'date and time': return `${printDay(value.day)}T${printClock(value.nanos)}${printZone(value.zone)}`;
    case 'months': return printMonths(value.months);
    case 'duration': return printDuration(value.nanos);
    case 'list': return `[${value.items.map((item) => printValue(item, true)).join(', ')}]`;
    case 'context': return `{${[...value.entries].map(([key, entry]) => `${printKey(key)}: ${printValue(entry, true)}`).join(', ')}}`;
    case 'range': return printSet(value);
    case 'function': return 'function';
    default: return value satisfies never;
  }
}

function printKey(key: string): string {
  return /^[\p{L}_][\p{L}\p{N}_ ]*$/u.test(key) ? key : printValue(key, true);
}

function printSet({ low, lowIn, high, highIn, except }: Extract<FormValue, { kind: 'range' }>): string {
  if (except !== undefined) return `!=${printValue(except, true)}`;
  if (low === null) return `${highIn ? '<=' : '<'}${printValue(high, true)}`;
  if (high === null) return `${lowIn ? '>=' : '>'}${printValue(low, true)}`;
  return `${lowIn ? '[' : '('}${printValue(low, true)}..${printValue(high, true)}${highIn ? ']' : ')'}`;
}

function printDay(count: number): string {
  const { year, month, day } = civilOf(count);
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

const fraction = (nanos: bigint): string => (nanos === 0n ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`);

function printClock(nanos: bigint): string {
  return `${two(nanos / HOUR)}:${two((nanos / MINUTE) % 60n)}:${two((nanos / SECOND) % 60n)}${fraction(nanos % SECOND)}`;
}

function printZone(zone: Zone | undefined): string {
  if (!zone) return '';
  if (zone.kind === 'place') return `@${zone.name}`;
  const size = Math.abs(zone.seconds);
  const seconds = size % 60;
  return size === 0 ? 'Z' : `${zone.seconds < 0 ? '-' : '+'}${two(Math.floor(size / 3600))}:${two(Math.floor(size / 60) % 60)}${seconds === 0 ? '' : `:${two(seconds)}`}`;
}

function printMonths(months: bigint): string {
  const size = months < 0n ? -months : months;
  const [years, rest] = [size / 12n, size % 12n];
  return `${months < 0n ? '-' : ''}P${years > 0n ? `${years}Y` : ''}${rest > 0n || years === 0n ? `${rest}M` : ''}`;
}

function printDuration(nanos: bigint): string {
  const size = nanos < 0n ? -nanos : nanos;
  const [days, hours, minutes, seconds] = [size / DAY, (size / HOUR) % 24n, (size / MINUTE) % 60n, (size / SECOND) % 60n];
  const part = fraction(size % SECOND);
  const time = `${hours > 0n ? `${hours}H` : ''}${minutes > 0n ? `${minutes}M` : ''}${seconds > 0n || part !== '' ? `${seconds}${part}S` : ''}`;
  if (days === 0n && time === '') return 'PT0S';
  return `${nanos < 0n ? '-' : ''}P${days > 0n ? `${days}D` : ''}${time === '' ? '' : `T${time}`}`;
}
