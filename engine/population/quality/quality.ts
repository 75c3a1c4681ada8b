import type { Pack } from '#engine/pack/index.ts';
import { LANE } from '#engine/rules/index.ts';
import type { FeedFault } from '../feed/index.ts';
import type { Snapshot } from '../snapshot/index.ts';
import { CONFLICT, dayIn, dutiesOf, firstFreshDay } from '../standing/index.ts';
import type { Days, Duty, Givers, Origins } from '../standing/index.ts';

/** The file of a feed that a release was made of, as it came. */
export interface Delivery {
  readonly feed: string;
  /** The day on which it was taken, YYYY-MM-DD. */
  readonly on: string;
  readonly rows: number;
  readonly taken: number;
  readonly quarantined: number;
  /** What was wrong with the rows that were put aside. */
  readonly faults: readonly FeedFault[];
}

/** How the values of one fact stand that a feed gives. */
export interface FactQuality {
  readonly fact: string;
  /** How many things there are of the kind. */
  readonly rows: number;
  /** Values and absences told; the rest is not known. */
  readonly known: number;
  readonly none: number;
  /** Of those told, seen longer ago than the record is renewed, on the day asked of. */
  readonly stale: number;
  /** Of those told, known only from another department than the holder. */
  readonly foreign: number;
  /** Rows of which two feeds told different things. */
  readonly conflicts: number;
  /** Percentage points by which the known share moved since the release before; undefined where there is none. */
  readonly drift: number | undefined;
}

/** The quality of what one feed gives. A fact that several give stands with the first, its holder. */
export interface FeedQuality {
  readonly feed: string;
  readonly department: string;
  readonly entity: string;
  /** How many things of its kind it speaks of, and how many there are. */
  readonly spoken: number;
  readonly rows: number;
  /** The newest and the oldest day on which a row was seen, yyyymmdd; undefined where it speaks of nothing. */
  readonly newestOn: number | undefined;
  readonly oldestOn: number | undefined;
  /** Undefined where nothing was sent because the city was drawn. */
  readonly delivery: Delivery | undefined;
  readonly facts: readonly FactQuality[];
}

/** The quality of what a department gives and holds. */
export interface HolderQuality {
  readonly department: string;
  readonly feeds: readonly FeedQuality[];
  /** How many facts of the vocabulary it holds, and which of them no feed gives. */
  readonly held: number;
  readonly unsent: readonly string[];
  readonly sum: QualitySum;
}

/** Counts over facts and rows. */
export interface QualitySum {
  /** Values that could be told, and that are. */
  readonly cells: number;
  readonly told: number;
  readonly stale: number;
  readonly foreign: number;
  readonly conflicts: number;
}

/** How good and how fresh the facts of a release are on a day, department by department in the order of the pack. */
export interface Quality {
  /** yyyymmdd. */
  readonly on: number;
  readonly holders: readonly HolderQuality[];
  readonly sum: QualitySum;
}

export interface QualityInput {
  readonly pack: Pack;
  readonly snapshot: Snapshot;
  readonly origins: Origins;
  readonly on: number;
  readonly deliveries: readonly Delivery[];
  /** Known share of each fact in the release before, from 0 to 1; empty where there is none. */
  readonly before: ReadonlyMap<string, number>;
}

/** Computed from the values and their origins alone: nothing of it is stored. Time: one look at each value. */
export function qualityOf({ pack, snapshot, origins, on, deliveries, before }: QualityInput): Quality {
  const duties = dutiesOf(pack, snapshot.schema);
  const facts = new Map<number, FactQuality[]>();
  for (const [fact, given] of origins.givers) {
    const [first = 0] = given.feeds;
    const found = factQuality(snapshot, origins, { fact, given, duty: duties.get(fact), on, before: before.get(fact) });
    if (found) facts.set(first, [...(facts.get(first) ?? []), found]);
  }
  const feeds = origins.feeds.map((feed, at): FeedQuality => {
    const rows = snapshot.rows.get(feed.entity) ?? 0;
    return { feed: feed.feed, department: feed.department, entity: feed.entity, rows, ...spokenOf(feed.observedOn, rows, deliveries.find((one) => one.feed === feed.feed)), delivery: deliveries.find((one) => one.feed === feed.feed), facts: facts.get(at) ?? [] };
  });
  const given = new Set(origins.givers.keys());
  const holders = [...pack.departments.keys()].flatMap((department): readonly HolderQuality[] => {
    const own = feeds.filter((feed) => feed.department === department);
    const held = [...pack.facts.values()].filter(({ holder, type }) => holder === department && type !== 'text');
    return own.length + held.length === 0 ? [] : [{ department, feeds: own, held: held.length, unsent: held.flatMap(({ id }) => (given.has(id) ? [] : [id])), sum: sumOf(own.flatMap((feed) => feed.facts)) }];
  });
  return { on, holders, sum: sumOf(feeds.flatMap((feed) => feed.facts)) };
}

function spokenOf(days: Days, rows: number, delivery: Delivery | undefined): Pick<FeedQuality, 'spoken' | 'newestOn' | 'oldestOn'> {
  if (typeof days === 'number') return { spoken: delivery?.taken ?? rows, newestOn: days, oldestOn: days };
  let [spoken, newest, oldest] = [0, 0, Infinity];
  for (const day of days) {
    if (day === 0) continue;
    spoken += 1;
    if (day > newest) newest = day;
    if (day < oldest) oldest = day;
  }
  return { spoken, newestOn: spoken === 0 ? undefined : newest, oldestOn: spoken === 0 ? undefined : oldest };
}

interface Judged {
  readonly fact: string;
  readonly given: Givers;
  readonly duty: Duty | undefined;
  readonly on: number;
  readonly before: number | undefined;
}

function factQuality({ columns, layout }: Snapshot, { feeds }: Origins, { fact, given, duty, on, before }: Judged): FactQuality | undefined {
  const [column, lane] = [columns.get(fact), layout.columns.get(fact)?.lane];
  if (!column || !lane) return undefined;
  const { unknown, none: absent } = LANE[lane];
  const fresh = firstFreshDay(duty, on);
  const told = given.feeds.map((feed) => ({ days: feeds[feed]?.observedOn ?? 0, isHolder: feeds[feed]?.department === duty?.holder }));
  const giverIn = (row: number): typeof UNTOLD => told[(given.by?.[row] ?? 0) % CONFLICT] ?? UNTOLD;
  let [known, none, stale, foreign] = [0, 0, 0, 0];
  for (let row = 0; row < column.length; row++) {
    const value = column[row] ?? unknown;
    if (value === unknown) continue;
    if (value === absent) none += 1;
    else known += 1;
    const { days, isHolder } = giverIn(row);
    if (dayIn(days, row) < fresh) stale += 1;
    if (!isHolder) foreign += 1;
  }
  const rows = column.length;
  const conflicts = given.by?.reduce((sum, by) => sum + (by >= CONFLICT ? 1 : 0), 0) ?? 0;
  return { fact, rows, known, none, stale, foreign, conflicts, drift: before === undefined || rows === 0 ? undefined : (known / rows - before) * 100 };
}

/** Whoever told it, nobody noted. */
const UNTOLD: { readonly days: Days; readonly isHolder: boolean } = { days: 0, isHolder: false };

function sumOf(facts: readonly FactQuality[]): QualitySum {
  const sum = { cells: 0, told: 0, stale: 0, foreign: 0, conflicts: 0 };
  for (const { rows, known, none, stale, foreign, conflicts } of facts) {
    sum.cells += rows;
    sum.told += known + none;
    sum.stale += stale;
    sum.foreign += foreign;
    sum.conflicts += conflicts;
  }
  return sum;
}
