import { LANE, REASON, receivesFact } from '#engine/rules/index.ts';
import { nearRows } from './near.ts';
import { NOWHERE } from './place.ts';
import type { Baseline } from './simulate.ts';

/** How many of a service's subject, in one county and one group of the breakdown by place. */
export interface TakeUpCell {
  readonly entitled: number;
  /** Entitled, and drawn by the register of the holder. */
  readonly drawn: number;
  /** Entitled, and known not to be drawn. */
  readonly notDrawn: number;
  /** Drawn, and by what is known not entitled. */
  readonly undue: number;
  /** Fails by exactly one clause. */
  readonly near: number;
}

/** Who draws what they are entitled to, and who misses it by one clause, by county and by town and country. */
export interface TakeUp {
  readonly service: string;
  readonly subject: string;
  /** Whether it is known of anybody if they draw it. Where not, `drawn`, `notDrawn` and `undue` say nothing. */
  readonly isRecorded: boolean;
  /** By county, then by group, as in `takeUpPlaces`. */
  readonly cells: readonly (readonly TakeUpCell[])[];
}

/** The counties and the groups by place of every `TakeUp`; undefined, last, is what is not known. */
export function takeUpPlaces({ places, parts }: Baseline): { readonly counties: readonly (string | undefined)[]; readonly groups: readonly (string | undefined)[] } {
  return { counties: [...places.counties, undefined], groups: [...parts.groups('place'), undefined] };
}

/** The take-up of a service; undefined where it is not decided. Near misses are decided for it alone, and cost a run. */
export function takeUpOf(baseline: Baseline, service: string): TakeUp | undefined {
  const { book, snapshot, run, places, parts } = baseline;
  const answers = run.answers.get(service);
  if (!answers) return undefined;
  const { subject } = answers.decision;
  const { counties, groups } = takeUpPlaces(baseline);
  const [where, place] = [places.of(subject, 'resident'), parts.of('place', subject)];
  const draws = snapshot.columns.get(receivesFact(service));
  const cells = counties.map(() => groups.map(() => ({ entitled: 0, drawn: 0, notDrawn: 0, undue: 0, near: 0 })));
  const cellOf = (row: number): (typeof cells)[number][number] | undefined => {
    const county = where[row] ?? NOWHERE;
    return cells[county === NOWHERE ? counties.length - 1 : county]?.[place?.[row] ?? groups.length - 1];
  };
  answers.reasons.forEach((reason, row) => {
    const cell = cellOf(row);
    if (!cell) return;
    const drawing = draws?.[row] ?? LANE.int8.unknown;
    if (reason === REASON.yes) {
      cell.entitled += 1;
      if (drawing === 1) cell.drawn += 1;
      if (drawing === 0) cell.notDrawn += 1;
    } else if (reason < REASON.unknown && drawing === 1) cell.undue += 1;
  });
  for (const { rows } of nearRows(book, snapshot, run, service)) for (const row of rows) { const cell = cellOf(row); if (cell) cell.near += 1; }
  return { service, subject, isRecorded: draws?.some((one) => one >= 0) === true, cells };
}
