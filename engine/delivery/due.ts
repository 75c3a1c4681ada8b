import type { Schedule } from '#engine/pack/index.ts';
import { daysBetween, FOR_EVER } from '#engine/rules/index.ts';
import { addSpan, dayOf, laterOf, timesBy } from './span.ts';

export type Edition = Schedule['editions'][number];
export type ScheduleItem = Edition['items'][number];

/** A day as yyyymmdd; `none`: there is no such day for this person; `unknown`: nobody told us. */
export type Day = number | 'none' | 'unknown';

/** The days on which something was done, the earliest first, by the id of the item. */
export type DoneDays = ReadonlyMap<string, readonly number[]>;

/** One who is followed by a schedule, as far as its dates go. */
export interface Followed {
  /** From when spans count. */
  readonly anchor: Day;
  /** Of each text under `counted`, the day it gives. */
  readonly counted: ReadonlyMap<string, Day>;
  /** Of each text under `when`, whether it holds; undefined: unknown. */
  readonly holds: ReadonlyMap<string, boolean | undefined>;
  /** Undefined: nobody gave us the records of this person, which is not the same as that nothing was done. */
  readonly done: DoneDays | undefined;
}

/**
 * How an item stands on a day.
 *
 * `closed`: not done, and a later one of its row was, so that nobody waits for it. `unrecorded`: its time has come
 * and no record was given to us. `undated`: a day it counts from is unknown. `unsettled`: whether it is for this
 * person is unknown.
 */
export const DUE_KINDS = ['done', 'upcoming', 'due', 'overdue', 'closed', 'unrecorded', 'undated', 'unsettled'] as const;
export type DueKind = (typeof DUE_KINDS)[number];

/** One item of a due list. Days are yyyymmdd. */
export interface DueItem {
  readonly item: ScheduleItem;
  readonly edition: Edition;
  readonly kind: DueKind;
  /** The first day on which it is due; undefined where it is undated. */
  readonly from: number | undefined;
  /** The last day in time; undefined where the source gives none. */
  readonly until: number | undefined;
  /** When it was done: of what recurs, the last time. */
  readonly doneOn: number | undefined;
  /** Days since the last day in time, where it is not known to be done; 0 up to that day and where there is none. */
  readonly daysLate: number;
  /** The item that has to come first and has not. */
  readonly waitsFor: string | undefined;
}

export interface DueList {
  readonly items: readonly DueItem[];
  /** Items that would fall due on days of which no edition was read: nothing is promised of them. */
  readonly unpromised: readonly ScheduleItem[];
}

/** When one item falls due by the edition that holds. */
interface Planned {
  readonly item: ScheduleItem;
  readonly edition: Edition;
  readonly from: number;
  readonly until: number | undefined;
}

/** What is due for one person by one schedule, on a day. */
export function dueList(schedule: Schedule, followed: Followed, day: number): DueList {
  const items: DueItem[] = [];
  const unpromised: ScheduleItem[] = [];
  const found = new Map<string, DueItem>();
  for (const { item, edition } of itemsOf(schedule)) {
    const holds = item.when === undefined || followed.holds.get(item.when);
    const origin = item.counted === undefined ? followed.anchor : (followed.counted.get(item.counted) ?? 'unknown');
    if (holds === false || origin === 'none') continue;
    if (origin === 'unknown') {
      items.push({ item, edition, kind: 'undated', from: undefined, until: undefined, doneOn: undefined, daysLate: 0, waitsFor: undefined });
      continue;
    }
    const done = followed.done && (followed.done.get(item.id) ?? []).filter((on) => origin <= on && on <= day);
    const planned = plannedOf(schedule, item.id, { anchor: followed.anchor, origin, done, day });
    if (!planned) {
      unpromised.push(item);
      continue;
    }
    const one = stateOf(planned, { done, day, earlier: found.get(planned.item.after?.item ?? ''), unsettled: holds === undefined });
    found.set(item.id, one);
    items.push(one);
  }
  return { items: closing(items), unpromised };
}

/** Every item once, in the order of the editions, as the newest edition that has it says it. */
export function itemsOf({ editions }: Pick<Schedule, 'editions'>): readonly { readonly item: ScheduleItem; readonly edition: Edition }[] {
  const found = new Map<string, { readonly item: ScheduleItem; readonly edition: Edition }>();
  for (const edition of editions) for (const item of edition.items) found.set(item.id, { item, edition });
  return [...found.values()];
}

interface Asked {
  readonly anchor: Day;
  readonly origin: number;
  readonly done: readonly number[] | undefined;
  readonly day: number;
}

/**
 * When an item falls due, and by which edition.
 *
 * An edition that is chosen by the anchor holds for all who have their anchor in it. Of those chosen by the day that
 * falls due the first holds in which that day lies. Where an edition brings an item forward, to a day before its own
 * first, and the edition it follows had not reached it, the item is due from the first day of the newer one.
 */
function plannedOf({ editions }: Schedule, id: string, asked: Asked): Planned | undefined {
  for (const [at, edition] of editions.entries()) {
    const item = edition.items.find((one) => one.id === id);
    if (!item) continue;
    const [first, last] = stretchOf(edition);
    const isByAnchor = edition.chosenBy === 'anchor';
    const { on, since } = fallsOn(item, asked, isByAnchor ? 0 : first);
    const chosen = isByAnchor ? asked.anchor : on;
    const isForward = !isByAnchor && on < first && isBroughtForward(editions[at - 1], id, first, asked);
    // Without an anchor no edition is chosen by it.
    if (!isForward && (typeof chosen !== 'number' || chosen < first || chosen > last)) continue;
    const from = isForward ? first : on;
    return { item, edition, from, until: item.until && laterOf(addSpan(since, item.until), from) };
  }
  return undefined;
}

function isBroughtForward(before: Edition | undefined, id: string, first: number, asked: Asked): boolean {
  const item = before?.items.find((one) => one.id === id);
  if (!before || !item || item.every) return false;
  const [, last] = stretchOf(before);
  return addSpan(last, { count: 1, unit: 'days' }) === first && fallsOn(item, asked, 0).on > last;
}

function stretchOf({ from, until }: Pick<Edition, 'from' | 'until'>): readonly [first: number, last: number] {
  return [dayOf(from), dayOf(until ?? FOR_EVER)];
}

/**
 * The day on which an item falls due, and the day from which that was counted. What recurs is due again so long after
 * the last time; where nothing was done, since the first time not before a day; where no record was given, it is the
 * time that is running, or the first.
 */
function fallsOn({ at, every }: ScheduleItem, { origin, done, day }: Asked, notBefore: number): { readonly on: number; readonly since: number } {
  if (!every) return { on: at ? addSpan(origin, at) : origin, since: origin };
  const last = done?.at(-1);
  if (last !== undefined) return { on: addSpan(last, every), since: last };
  const first = at ? addSpan(origin, at) : addSpan(origin, every);
  const wanted = done ? notBefore : laterOf(notBefore, day);
  const running = timesBy(first, every, wanted);
  const times = addSpan(first, every, running) < notBefore ? running + 1 : running;
  return { on: addSpan(first, every, times), since: times === 0 ? origin : addSpan(first, every, times - 1) };
}

interface Standing {
  readonly done: readonly number[] | undefined;
  readonly day: number;
  readonly earlier: DueItem | undefined;
  readonly unsettled: boolean;
}

function stateOf(planned: Planned, standing: Standing): DueItem {
  const { item, edition } = planned;
  const { done, day, earlier } = standing;
  const { from, until } = windowAfter(planned, earlier);
  const doneOn = item.every ? done?.at(-1) : done?.[0];
  if (doneOn !== undefined && !item.every) return { item, edition, kind: 'done', from, until, doneOn, daysLate: 0, waitsFor: undefined };
  const daysLate = until === undefined ? 0 : daysBetween(until, day);
  // Without a shortest time between them the order alone keeps nobody from coming.
  const isWaiting = item.after?.least !== undefined && done !== undefined && earlier !== undefined && earlier.doneOn === undefined;
  return { item, edition, kind: openKind({ from, daysLate, isWaiting }, standing), from, until, doneOn, daysLate, waitsFor: isWaiting ? earlier.item.id : undefined };
}

/** The days on which an item may come, after the one before it. Nobody is late who could not come: the last day moves with the first. */
function windowAfter({ item, from, until }: Planned, earlier: DueItem | undefined): Pick<Planned, 'from' | 'until'> {
  const least = item.after?.least;
  const before = earlier?.doneOn ?? earlier?.from;
  if (!least || before === undefined) return { from, until };
  const first = laterOf(from, addSpan(before, least));
  return { from: first, until: until && laterOf(until, first) };
}

/** How what is not done stands. */
function openKind({ from, daysLate, isWaiting }: { readonly from: number; readonly daysLate: number; readonly isWaiting: boolean }, { done, day, unsettled }: Standing): DueKind {
  if (unsettled) return 'unsettled';
  if (day < from) return 'upcoming';
  if (!done) return 'unrecorded';
  if (daysLate > 0) return 'overdue';
  return isWaiting ? 'upcoming' : 'due';
}

/** Items that were not done while a later one of their row was are closed. */
function closing(items: readonly DueItem[]): readonly DueItem[] {
  const passed = new Set<string>();
  for (const { kind, item } of items.toReversed()) if (item.after && (kind === 'done' || passed.has(item.id))) passed.add(item.after.item);
  return items.map((one) => (passed.has(one.item.id) && (one.kind === 'due' || one.kind === 'overdue') ? { ...one, kind: 'closed', daysLate: 0, waitsFor: undefined } : one));
}
