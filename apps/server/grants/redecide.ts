import { answersAbout, answersOfRun, openRun } from '#adapters/columns/index.ts';
import type { StoredResult } from '#adapters/columns/index.ts';
import { eachStoredGrant, grantId, settleGrants } from '#adapters/store/index.ts';
import type { ActDoor, Settled, StoredGrant } from '#adapters/store/index.ts';
import { clauseOf, eachGrant, monthOf, monthsLater, noticesOfSettling, payerMissing, placeOf, rightIn, settleMonths, standsWell, worstOf } from '#engine/entitlement/index.ts';
import type { Month, MonthVerdict, ServiceAnswers, Weighing } from '#engine/entitlement/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import { REASON } from '#engine/rules/index.ts';
import type { ActingPeople } from './people.ts';

/** Months that were decided again, each by a run over everybody as of its first day, the last one the month that is going on. */
export interface AgainOrder {
  readonly pack: Pick<Pack, 'services'>;
  readonly people: ActingPeople;
  readonly runs: string;
  /** The run of each month, the earliest first, without a gap. */
  readonly months: readonly { readonly month: Month; readonly run: string }[];
  /** The last day on which whoever is told of a change can object. */
  readonly respondBy: CalendarDate;
}

/** What deciding again has changed: how many grants, and those left to a person because a fact does not stand well, or it is not known which county would pay. */
export interface Again {
  readonly settled: number;
  readonly left: number;
}

/**
 * Brings grants to what their months come to with what is known now: what was too much or too little is booked with the
 * next booking, and whoever it touches is told. Only grants that are or once were in force: who never had one is a matter of the run of the month.
 */
export async function decideAgain(door: ActDoor, { pack, people, runs, months, respondBy }: AgainOrder): Promise<Again> {
  const total = { settled: 0, left: 0 };
  const last = months.at(-1);
  if (!last) return total;
  const asOf = last.month * 100 + 1;
  const weighing = people.weighing(asOf, door.by.at);
  const decided = months.map(({ month, run }) => ({ month, answers: answersIn(runs, run) }));
  const services = new Map<string, readonly Decided[]>();
  const of = (service: string): readonly Decided[] => {
    const found = services.get(service) ?? decided.map(({ month, answers }) => decidedOf(month, answers && answersAbout(answers, service)));
    services.set(service, found);
    return found;
  };
  await eachStoredGrant(door.database, `decide again from ${String(months[0]?.month)}`, async (session, grants) => {
    const settled = grants.flatMap((one) => againOf(weighing, people, of(one.service), one, { pack, run: last.run, respondBy }, total));
    await settleGrants(session, door, settled, new Map(grants.map((one) => [grantId(one), one])));
  });
  return total;
}

/** The answers of one service in one month. */
interface Decided {
  readonly month: Month;
  readonly answers: ServiceAnswers | undefined;
  readonly fen: ReadonlyMap<number, number>;
}

function answersIn(runs: string, id: string): StoredResult | undefined {
  const run = openRun(runs, id);
  return run && answersOfRun(run);
}

function decidedOf(month: Month, answers: ServiceAnswers | undefined): Decided {
  const fen = new Map<number, number>();
  if (answers) eachGrant(answers, (row, amountFen) => fen.set(row, amountFen));
  return { month, answers, fen };
}

function againOf(weighing: Weighing, { keys }: ActingPeople, decided: readonly Decided[], stored: StoredGrant, { pack, run, respondBy }: Pick<AgainOrder, 'pack' | 'respondBy'> & { readonly run: string }, total: { settled: number; left: number }): readonly Settled[] {
  const place = keys.rowOf(stored.subject);
  if (!place || stored.grant.steps.length === 0) return [];
  const { areas } = placeOf(weighing, { service: stored.service, subject: place.entity }, place.row);
  const months = decided.flatMap(({ month, answers, fen }): readonly MonthVerdict[] => {
    const reason = answers?.reasons[place.row];
    if (!answers || reason === undefined) return [];
    // Where somebody was in a month that is granted already is known better from then than from the people of today.
    if (reason === REASON.yes) return [{ month, kind: 'yes', right: { amountFen: fen.get(place.row) ?? 0, areas: rightIn(stored.grant.steps, month)?.areas ?? areas } }];
    return [{ month, kind: reason < REASON.unknown ? 'no' : 'unknown', clause: clauseOf(answers.decision, reason) ?? 'amount' }];
  });
  const events = settleMonths(stored.grant, months, { run, ground: stored.grant.ground ?? 'facts' });
  if (events.length === 0) return [];
  const service = pack.services.get(stored.service);
  const isUnpayable = service !== undefined && months.some((one) => one.kind === 'yes' && rightIn(stored.grant.steps, one.month) === undefined && payerMissing(service, one.right, one.month) !== undefined);
  if (isUnpayable || !worstOf(weighing, stored.service, [place.row]).every(standsWell)) {
    total.left += 1;
    return [];
  }
  total.settled += 1;
  return [{ ...stored, events, notices: noticesOfSettling(stored.grant, stored.service, events, respondBy) }];
}

/** The months from one to another, both included. */
export function monthsFrom(first: Month, day: number): readonly Month[] {
  const months: Month[] = [];
  for (let month = first; month <= monthOf(day); month = monthsLater(month, 1)) months.push(month);
  return months;
}
