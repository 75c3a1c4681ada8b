import { newColumn } from '#engine/rules/index.ts';
import type { Column, Lane } from '#engine/rules/index.ts';
import type { FeedPlan } from '../feed/index.ts';
import type { Duty } from './duty.ts';
import { CONFLICT, NOBODY } from './origin.ts';

/** By fact, the feeds that give it: the holder's own first, then in their order. */
export function giversInOrder(plans: readonly FeedPlan[], duties: ReadonlyMap<string, Duty>): ReadonlyMap<string, readonly FeedPlan[]> {
  const givers = new Map<string, FeedPlan[]>();
  for (const plan of plans) for (const { fact } of plan.columns) givers.set(fact.id, [...(givers.get(fact.id) ?? []), plan]);
  return new Map([...givers].map(([fact, feeds]) => [fact, feeds.toSorted((a, b) => Number(isHolder(b, fact, duties)) - Number(isHolder(a, fact, duties)))]));
}

const isHolder = ({ feed }: FeedPlan, fact: string, duties: ReadonlyMap<string, Duty>): boolean => duties.get(fact)?.holder === feed.department;

/** One column of what several feeds told of a fact, in the order of its givers: the first value that is known, and who told it. */
export function mergedColumns(lane: Lane, unknown: number, told: readonly Column[]): { readonly column: Column; readonly by: Int8Array } {
  const rows = told[0]?.length ?? 0;
  const column = newColumn(lane, rows).fill(unknown);
  const by = new Int8Array(rows).fill(NOBODY);
  for (const [giver, values] of told.entries()) {
    for (let row = 0; row < rows; row++) {
      const [value, stands] = [values[row] ?? unknown, by[row] ?? NOBODY];
      if (value === unknown) continue;
      if (stands === NOBODY) {
        column[row] = value;
        by[row] = giver;
      } else if (stands < CONFLICT && value !== column[row]) by[row] = stands + CONFLICT;
    }
  }
  return { column, by };
}
