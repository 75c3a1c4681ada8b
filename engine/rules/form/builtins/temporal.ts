import { civilOf, dayOfYear, weekdayOf, weekOf } from '../calendar.ts';
import { whole } from '../decimal.ts';
import { equal } from '../compare.ts';
import { kindOf } from '../value.ts';
import type { FormValue } from '../value.ts';
import { anything, builtin, day, way } from './signature.ts';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const;

/** The same value said the same way: two clocks in two zones are not, even where they strike together. */
function same(a: FormValue, b: FormValue): boolean {
  if (kindOf(a) !== kindOf(b)) return false;
  if (a !== null && b !== null && typeof a === 'object' && typeof b === 'object' && (a.kind === 'time' || a.kind === 'date and time') && (b.kind === 'time' || b.kind === 'date and time')) {
    const zone = (of: typeof a): string => (of.zone === undefined ? '' : of.zone.kind === 'place' ? of.zone.name : String(of.zone.seconds));
    return a.nanos === b.nanos && zone(a) === zone(b) && (a.kind === 'time' || b.kind === 'time' || a.day === b.day);
  }
  return equal(a, b) === true;
}

export const TEMPORALS = {
  is: builtin(way([anything('value1'), anything('value2')], ([a, b]) => same(a, b))),
  'day of year': builtin(way([day('date')], ([date]) => whole(dayOfYear(date.day)))),
  'day of week': builtin(way([day('date')], ([date]) => DAYS[weekdayOf(date.day) - 1] ?? null)),
  'month of year': builtin(way([day('date')], ([date]) => MONTHS[civilOf(date.day).month - 1] ?? null)),
  'week of year': builtin(way([day('date')], ([date]) => whole(weekOf(date.day)))),
  now: builtin(way([], (_, run) => run.world.now ?? null)),
  today: builtin(way([], (_, run) => (run.world.now ? { kind: 'date', day: run.world.now.day } : null))),
} as const;
