import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Staff } from '#engine/permission/index.ts';

/** Who looked at people's data, as whoever watches over that reads it: counted, never at whom and never what was seen. */
export interface Looks {
  /** Undefined: it is not theirs to know. */
  list(who: Staff, asked: LooksAsked): Promise<LooksList | undefined>;
}

/** Which days, both included, and by whom; left out: the last week, and everybody. */
export interface LooksAsked {
  readonly from: CalendarDate | undefined;
  readonly until: CalendarDate | undefined;
  readonly by: string | undefined;
}

/** So many days at most are counted at once. */
export const MOST_LOOK_DAYS = 92;
/** So many lines of looks are shown at once. */
export const MOST_LOOK_LINES = 300;

/** Looks day by day, the latest first. */
export interface LooksList {
  readonly from: CalendarDate;
  readonly until: CalendarDate;
  readonly lines: readonly LookLine[];
  /** How many lines there are in all. */
  readonly count: number;
  /** Everybody who looked in these days, with how often. */
  readonly by: readonly Looker[];
}

/** Who looked. Residents are one: what they look at is their own, and who they are is nobody's to watch. */
export interface Looker {
  /** `resident`, `machine`, or `staff` and the account behind a space. */
  readonly id: string;
  /** What the account is called; undefined for residents and the machine. */
  readonly name: string | undefined;
  readonly looks: number;
}

/** All looks of one day by one person for one purpose through one door. */
export interface LookLine extends Looker {
  readonly on: CalendarDate;
  readonly department: string | undefined;
  readonly purpose: string;
  readonly through: string;
  /** At how many people or households; a run over everybody is none of these. */
  readonly people: number;
  /** How many of the looks were runs over everybody. */
  readonly everybody: number;
}
