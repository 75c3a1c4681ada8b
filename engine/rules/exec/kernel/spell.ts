import { LANE } from './lane.ts';
import type { Column } from './lane.ts';

/** Without an end a spell goes on past every date. */
const OPEN = 1e9;

const monthNumber = (date: number): number => Math.floor(date / 10_000) * 12 + (Math.floor(date / 100) % 100);
const first: number[] = [];
const last: number[] = [];

/**
 * Of the spells from `start` to `end` of their columns, the calendar months between two dates that have a day in
 * one (`what` 0), or the longest run of months that have none (`what` 1); the mark of unknown where a spell that
 * passes has an unknown filter or date. A column that is not there is unknown throughout.
 */
export function spellMonths(what: number, start: number, end: number, from: Column | undefined, until: Column | undefined, filter: Column | undefined, fixed: number, since: number, to: number): number {
  let spells = 0;
  const [low, high] = [monthNumber(since), monthNumber(to)];
  for (let at = start; at < end; at++) {
    const passes = filter ? filter[at] : fixed;
    if (passes === LANE.int8.unknown) return LANE.int32.unknown;
    const opened = from?.[at] ?? LANE.int32.unknown;
    if (passes !== 1 || opened === LANE.int32.none) continue;
    const closed = until?.[at] ?? LANE.int32.unknown;
    if (opened === LANE.int32.unknown || closed === LANE.int32.unknown) return LANE.int32.unknown;
    if (closed !== LANE.int32.none && closed < opened) continue;
    spells = insert(spells, Math.max(low, monthNumber(opened)), Math.min(high, closed === LANE.int32.none ? OPEN : monthNumber(closed)));
  }
  return sweep(what, spells, low, high);
}

/** Keeps the stretches in the order of their first months. */
function insert(count: number, from: number, until: number): number {
  if (until < from) return count;
  let at = count;
  for (; at > 0 && (first[at - 1] ?? 0) > from; at--) {
    first[at] = first[at - 1] ?? 0;
    last[at] = last[at - 1] ?? 0;
  }
  first[at] = from;
  last[at] = until;
  return count + 1;
}

function sweep(what: number, count: number, low: number, high: number): number {
  let covered = 0;
  let gap = 0;
  let next = low;
  for (let at = 0; at < count; at++) {
    const from = Math.max(next, first[at] ?? 0);
    gap = Math.max(gap, from - next);
    covered += Math.max(0, (last[at] ?? 0) + 1 - from);
    next = Math.max(next, (last[at] ?? 0) + 1);
  }
  return what === 0 ? covered : Math.max(gap, high + 1 - next, 0);
}
