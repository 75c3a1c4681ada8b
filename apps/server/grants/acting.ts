import { openRun, readChanges, readSummary } from '#adapters/columns/index.ts';
import type { StoredRun } from '#adapters/columns/index.ts';
import { actOnRun, actsOfWhole, countActs, lookForMissing, moveGrants, noteActed } from '#adapters/store/index.ts';
import type { ActCounts, ActDoor, Asking, GoneCounts } from '#adapters/store/index.ts';
import { areasOf, firstDayOf, monthOf, weigh } from '#engine/entitlement/index.ts';
import type { RunSummary, ToAct, Weighing } from '#engine/entitlement/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import { dueOfAnswer, dueOfTask } from '../time-to-act.ts';
import { grantsInForce, nameOf } from './in-force.ts';
import type { ActingPeople } from './people.ts';

/** So many changes are acted on in one transaction. */
const PIECE = 2_000;

export interface ActOrder {
  readonly pack: Pack;
  readonly people: ActingPeople;
  readonly runs: string;
  readonly run: string;
  readonly today: CalendarDate;
  /** Somebody has looked at a run that changes more than its limits and lets it go on. */
  readonly accepted: boolean;
}

export type ActOutcome =
  | { readonly kind: 'acted'; readonly run: string; readonly counts: ActCounts; readonly moved: number; readonly gone: GoneCounts }
  /** It was done before, with all that belongs to it: nothing is done again. */
  | { readonly kind: 'acted-before'; readonly run: string; readonly counts: ActCounts }
  | { readonly kind: 'run-unknown' }
  /** It changes more than is usual: a person has to look first. */
  | { readonly kind: 'run-waits'; readonly stops: RunSummary['stops'] }
  /** It was not decided as of the first day of its month, or what is in force has changed since, or the people have: decide again. */
  | { readonly kind: 'run-outdated' };

/** Acts on a finished run: everything in its change list, then the grants of those who have moved, and of those whom the release does not have. */
export async function actOn(door: ActDoor, order: ActOrder): Promise<ActOutcome> {
  const run = openRun(order.runs, order.run);
  const summary = run && readSummary(run);
  if (!run || !summary) return { kind: 'run-unknown' };
  const before = await door.database.system('is the run done', (session) => actsOfWhole(session, run.id));
  if (before) return { kind: 'acted-before', run: run.id, counts: before };
  if (summary.stops.length > 0 && !order.accepted) return { kind: 'run-waits', stops: summary.stops };
  const asOf = dayNumber(run.asOf);
  if (!(await isOfNow(door, order, run, summary))) return { kind: 'run-outdated' };
  const acting = { ...askingOf(order.pack, order.today), run: run.id, asOf };
  const weighing = order.people.weighing(asOf, door.by.at);
  const counts = await actOnRun(door, acting, piecesOf(weighing, run, summary));
  const moved = await moveGrants(door, acting, (key) => {
    const place = order.people.keys.rowOf(key);
    return place && areasOf(weighing, place.entity, place.row);
  });
  const gone = await lookForMissing(door, acting, (key) => order.people.keys.rowOf(key) !== undefined);
  await noteActed(door, run.id);
  return { kind: 'acted', run: run.id, counts, moved, gone };
}

/** Whether a run was decided against what is in force; one that was acted on in part is gone on with. */
async function isOfNow({ database }: ActDoor, { people }: ActOrder, run: StoredRun, summary: RunSummary): Promise<boolean> {
  const begun = await database.system('how far is the run', (session) => countActs(session, run.id));
  if (Object.values(begun).some(({ count }) => count > 0)) return true;
  const asOf = dayNumber(run.asOf);
  if (asOf !== firstDayOf(monthOf(asOf))) return false;
  const now = await grantsInForce(database, people, monthOf(asOf));
  return now.people === summary.release.people && summary.before === `grants ${nameOf(now)}`;
}

/** How long whoever is asked something today has to answer it. */
export function askingOf(pack: Pack, today: CalendarDate): Asking & { readonly pack: Pack } {
  return { pack, respondBy: dueOfAnswer(pack, today).on, dueOn: dueOfTask(pack, today).on };
}

function* piecesOf(weighing: Weighing, run: StoredRun, { services }: RunSummary): Generator<readonly ToAct[]> {
  for (const { service } of services) {
    for (let from = 0; ; from += PIECE) {
      const page = readChanges(run, { service, from, count: PIECE });
      if (!page || page.changes.length === 0) break;
      yield weigh(weighing, service, page.changes);
    }
  }
}
