import { normalName } from '../syntax/index.ts';
import { civilOf, DAY, HOUR, MINUTE, offsetOf, SECOND, weekdayOf } from './calendar.ts';
import { decimal, whole } from './decimal.ts';
import { list } from './value.ts';
import type { Clock, Context, FormValue, Moment } from './value.ts';

/** `of.name`: an entry of a context, of each context of a list, or a part of a date, time, duration or range. */
export function property(of: FormValue, name: string): FormValue {
  if (of === null || typeof of !== 'object') return null;
  switch (of.kind) {
    case 'context': return entryOf(of, name);
    case 'list': return list(of.items.map((item) => property(item, name)));
    case 'date': return dayPart(of.day, name);
    case 'time': return clockPart(of, 0, name);
    case 'date and time': return dayPart(of.day, name) ?? clockPart(of, of.day, name);
    case 'months': return name === 'years' ? decimal(of.months / 12n) : name === 'months' ? decimal(of.months % 12n) : null;
    case 'duration': return durationPart(of.nanos, name);
    case 'range': return rangePart(of, name);
    case 'number': case 'function': return null;
    default: return of satisfies never;
  }
}

export function entryOf({ entries }: Context, name: string): FormValue {
  const found = entries.get(name);
  if (found !== undefined) return found;
  const key = [...entries.keys()].find((each) => normalName(each) === normalName(name));
  return key === undefined ? null : (entries.get(key) ?? null);
}

function dayPart(day: number, name: string): FormValue {
  switch (name) {
    case 'year': case 'month': case 'day': return whole(civilOf(day)[name]);
    case 'weekday': return whole(weekdayOf(day));
    default: return null;
  }
}

function clockPart({ nanos, zone }: Clock | Moment, day: number, name: string): FormValue {
  switch (name) {
    case 'hour': return whole(nanos / HOUR);
    case 'minute': return whole((nanos / MINUTE) % 60n);
    case 'second': return whole((nanos / SECOND) % 60n);
    case 'time offset': return zone ? { kind: 'duration', nanos: BigInt(offsetOf(zone, day, nanos)) * SECOND } : null;
    case 'timezone': return zone?.kind === 'place' ? zone.name : null;
    default: return null;
  }
}

function durationPart(nanos: bigint, name: string): FormValue {
  switch (name) {
    case 'days': return decimal(nanos / DAY);
    case 'hours': return decimal((nanos / HOUR) % 24n);
    case 'minutes': return decimal((nanos / MINUTE) % 60n);
    case 'seconds': return decimal((nanos / SECOND) % 60n);
    default: return null;
  }
}

function rangePart(range: Extract<FormValue, { kind: 'range' }>, name: string): FormValue {
  switch (name) {
    case 'start': return range.low;
    case 'end': return range.high;
    case 'start included': return range.lowIn;
    case 'end included': return range.highIn;
    default: return null;
  }
}
