import type { Snapshot } from '#engine/population/index.ts';
import type { RuleBook } from '#engine/rules/index.ts';
import { AREAS, LANE } from '#engine/rules/index.ts';
import { dueList } from './due.ts';
import type { DueItem, DueKind } from './due.ts';
import type { FollowedRows } from './followed.ts';

/** One line of a work list: a row of the snapshot, which is a surrogate and names nobody, and what stands open for it. */
export interface DueRow {
  readonly row: number;
  /** The area where it lives as the fact says it, a township where that is known; undefined: unknown. */
  readonly area: string | undefined;
  readonly due: DueItem;
}

/** What one works on: what is due or overdue, and what nobody gave us a record of. */
export const OPEN_KINDS: ReadonlySet<DueKind> = new Set(['due', 'overdue', 'unrecorded']);

/**
 * The work list of a schedule on a day (yyyymmdd), row after row. Of what nobody recorded only that whose time is
 * running is on it: what is long past was done or not, and no list of it helps anybody.
 */
export function* workList({ vocabulary }: RuleBook, { linked: { schedule }, rows, of }: FollowedRows, snapshot: Snapshot, day: number): Generator<DueRow> {
  const column = snapshot.columns.get(vocabulary.areas.get(`resident ${schedule.subject}`) ?? '');
  const areas = vocabulary.schema.codeLists.get(AREAS)?.codes ?? [];
  for (const row of rows) {
    const code = column?.[row] ?? LANE.int32.none;
    for (const due of dueList(schedule, of(row), day).items) {
      if (OPEN_KINDS.has(due.kind) && !(due.kind === 'unrecorded' && due.daysLate > 0)) yield { row, area: areas[code], due };
    }
  }
}
