import { isFew, shownTable } from '#engine/entitlement/index.ts';
import { RATING_LEVELS } from './event.ts';
import type { RatingLevel } from './event.ts';

/** So many ratings of a department for a service in a month. */
export interface RatingCount {
  /** `2031-09`: the month in which they were first given. */
  readonly month: string;
  readonly department: string;
  /** Empty: none in particular. */
  readonly service: string;
  readonly levels: Readonly<Record<RatingLevel, number>>;
}

/** So many matters that came to a department in a month, and how they went. */
export interface MatterCount {
  readonly month: string;
  /** Who has it now. */
  readonly department: string;
  /** The service, or the category. */
  readonly about: string;
  readonly raised: number;
  readonly answered: number;
  /** Of those answered, whose first answer came within the limit. */
  readonly inTime: number;
  /** As the resident says. */
  readonly solved: number;
  /** As another department found. */
  readonly checked: number;
  /** Called solved once at least when they were not. */
  readonly reopened: number;
}

/** Everything that is counted of what residents say. It names nobody. */
export interface VoiceCounts {
  readonly ratings: readonly RatingCount[];
  readonly matters: readonly MatterCount[];
}

/** A month of ratings as everybody may see it; null: too few to be shown, or one could be worked out. */
export interface ShownRatings {
  readonly month: string;
  readonly rows: readonly {
    readonly department: string;
    readonly service: string;
    readonly levels: Readonly<Record<RatingLevel, number | null>>;
    readonly all: number | null;
    /** Of all that were not bad, in hundredths of a percent. */
    readonly satisfiedBp: number | null;
  }[];
}

/** A month of matters as everybody may see it. */
export interface ShownMatters {
  readonly month: string;
  readonly rows: readonly ({ readonly department: string; readonly about: string } & Readonly<Record<Counted, number | null>>)[];
}

type Counted = Exclude<keyof MatterCount, 'month' | 'department' | 'about'>;

/** Ratings by month, the newest first, as they may be published. */
export function shownRatings(counts: readonly RatingCount[]): readonly ShownRatings[] {
  return byMonth(counts).map(([month, all]) => {
    const { cells, byRow } = shownTable(all.map(({ levels }) => RATING_LEVELS.map((level) => levels[level])));
    return {
      month,
      rows: all.map(({ department, service, levels }, at) => {
        const [row, sum] = [cells[at] ?? [], byRow[at] ?? null];
        const bad = levels.dissatisfied + levels['very-dissatisfied'];
        // Where what is bad, or all but it, is few, the rate would say how many.
        const tells = sum !== null && !isFew(bad) && !isFew(sum - bad) && sum > 0;
        return { department, service, levels: Object.fromEntries(RATING_LEVELS.map((level, place) => [level, row[place] ?? null])) as Record<RatingLevel, number | null>, all: sum, satisfiedBp: tells ? 10_000 - Math.round((bad * 10_000) / sum) : null };
      }),
    };
  });
}

/** Matters by month, the newest first, as they may be published: each number is one of few, or leaves few beside it, or is shown. */
export function shownMatters(counts: readonly MatterCount[]): readonly ShownMatters[] {
  return byMonth(counts).map(([month, all]) => ({
    month,
    rows: all.map(({ department, about, ...count }) => {
      const { raised, answered, inTime, solved, checked, reopened } = count;
      const shown = (part: number, whole: number): number | null => (isFew(raised) || isFew(part) || isFew(whole - part) || isFew(whole) ? null : part);
      return { department, about, raised: isFew(raised) ? null : raised, answered: shown(answered, raised), inTime: shown(inTime, answered), solved: shown(solved, answered), checked: shown(checked, answered), reopened: shown(reopened, answered) };
    }),
  }));
}

/** No rating of any level yet. */
export function noLevels(): Record<RatingLevel, number> {
  return { 'very-satisfied': 0, satisfied: 0, fair: 0, dissatisfied: 0, 'very-dissatisfied': 0 };
}

function byMonth<T extends { readonly month: string }>(all: readonly T[]): readonly (readonly [string, readonly T[]])[] {
  return [...Map.groupBy(all, ({ month }) => month)].sort(([a], [b]) => (a < b ? 1 : -1));
}
