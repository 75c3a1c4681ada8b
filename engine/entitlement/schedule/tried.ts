import type { CalendarDate } from '#engine/kernel/index.ts';
import type { HistoryEntry } from '#engine/pack/index.ts';
import type { Simulation } from '../simulate.ts';

/** The simulation of a reform in a few numbers, for the history: on which day, on how many people, what changed for whom. */
export function triedOf({ changes, effects }: Simulation, about: { readonly on: CalendarDate; readonly people: number; readonly synthetic: boolean; readonly pack: string }): NonNullable<HistoryEntry['tried']> {
  return {
    ...about, movedFen: changes.movedFen,
    effects: effects.map(({ service, counts, beforeFen, afterFen }) => ({ service, new: counts.new, raised: counts.raised, lowered: counts.lowered, ended: counts.ended, nowUnknown: counts['now-unknown'], beforeFen, afterFen })),
  };
}
