import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Pack, Service } from '#engine/pack/index.ts';
import type { Standing } from '#engine/population/index.ts';
import type { Change } from '../change.ts';
import type { Basis } from '../place.ts';
import { actOn } from './act.ts';
import type { Act, Invitation } from './act.ts';
import type { Areas, Grant, GrantEvent, Right } from './grant.ts';
import { payerMissing } from './ledger.ts';
import type { GrantKey } from './ledger.ts';
import { dayOfMonth, monthOf } from './month.ts';
import { orInKind, toldOf } from './notice.ts';
import type { NoticeOrder } from './notice.ts';

/** A change with what has to be known of its people to act on it. */
export interface ToAct {
  readonly change: Change;
  readonly key: GrantKey;
  /** The key of the household, where there is one. */
  readonly household: string | null;
  readonly areas: Areas;
  /** The worst standing of a value the answer may rest on, and the fact that stands so or is missing. */
  readonly standing: Standing['kind'];
  readonly fact: string;
  /** By each basis on which it is not known where the subject is, the fact that would say it. */
  readonly unplaced: Readonly<Partial<Record<Basis, string>>>;
}

/** Under what a run is acted on. */
export interface Acting {
  readonly pack: Pick<Pack, 'services' | 'facts'>;
  readonly run: string;
  /** The day of the run as yyyymmdd. */
  readonly asOf: number;
  /** The last day for a resident to answer, and for a department to do what it is asked. */
  readonly respondBy: CalendarDate;
  readonly dueOn: CalendarDate;
}

/** What a department is asked to do. */
export interface TaskOrder {
  readonly kind: 'data-request' | 'review';
  readonly department: string;
  /** The county of the person; empty where it is not known. */
  readonly area: string;
  readonly about: { readonly run: string; readonly fact: string; readonly change: Change['kind'] };
}

/** What became of a change. */
export interface Acted extends GrantKey {
  readonly household: string | null;
  readonly act: Act;
  readonly events: readonly GrantEvent[];
  readonly notice: NoticeOrder | undefined;
  readonly task: TaskOrder | undefined;
}

/** What a case waits for already, so that nobody is asked or told the same twice. */
export interface Waiting {
  /** The kinds of tasks that are open. */
  readonly tasks: ReadonlySet<TaskOrder['kind']>;
  /** The last invitation to apply. */
  readonly invited: Invitation | undefined;
}

export const WAITS_FOR_NOTHING: Waiting = { tasks: new Set(), invited: undefined };

/** Who looks into a case where nobody is named for it: the office that serves residents. */
const NOBODY_NAMED = 'service-office';

/** The department that decides a service. */
export function decidingDepartment(service: Pick<Service, 'decidedBy'> | undefined): string {
  return service?.decidedBy?.department ?? NOBODY_NAMED;
}

/** Acts on one change of a grant as it stands. What its case waits for already is neither asked nor told again. */
export function actedOn(acting: Acting, { change, key, household, areas, standing, fact, unplaced }: ToAct, grant: Grant, { tasks, invited }: Waiting): Acted {
  const service = acting.pack.services.get(key.service);
  if (!service) throw new RangeError(`a run changes ${key.service}, which the pack does not have`);
  const right: Right = { amountFen: change.isFen ?? 0, areas };
  const basis = payerMissing(service, right, monthOf(acting.asOf));
  const meant = actOn({ change: change.kind, asOf: acting.asOf, service, standing, fact, grant, invited, unplaced: basis && (unplaced[basis] ?? ''), isFen: right.amountFen });
  const isOpen = (meant.kind === 'request-data' && tasks.has('data-request')) || (meant.kind === 'review' && tasks.has('review'));
  const act: Act = isOpen ? { kind: 'leave', because: 'asked' } : meant;
  return {
    ...key, household, act,
    events: eventsOf(acting, act, change, right),
    notice: noticeOf(acting, act, change),
    task: taskOf(acting, act, service, areas, change.kind),
  };
}

function eventsOf({ run, asOf, respondBy }: Acting, act: Act, { kind, clause }: Change, right: Right): readonly GrantEvent[] {
  switch (act.kind) {
    case 'set': return [{ kind: 'set', run, ground: 'facts', from: act.from, ...(kind === 'ended' ? {} : { right }), ...(clause === undefined ? {} : { clause }) }];
    case 'ask': return [{ kind: 'asked', run, from: monthOf(asOf), right, respondBy }];
    case 'invite': case 'request-data': case 'review': case 'leave': return [];
    default: return act satisfies never;
  }
}

/** Whoever has a grant is told whatever happens to it, also that it is being looked into; who has none is not told of checks that may come to nothing. */
function noticeOf({ respondBy }: Acting, act: Act, change: Change): NoticeOrder | undefined {
  const values = { service: { service: change.service }, amount: { fen: change.isFen ?? 0 }, before: { fen: change.wasFen ?? 0 } };
  switch (act.kind) {
    case 'set': return { ...toldOf(change.kind, change.isFen), values: { ...values, from: { day: dayOfMonth(act.from) }, by: { day: respondBy } }, respondBy };
    case 'ask': return { kind: 'confirmation', template: orInKind('notice.confirm', change.isFen), values: { ...values, by: { day: respondBy } }, respondBy };
    case 'invite': return { kind: 'decision', template: 'notice.invite', values, respondBy: undefined };
    case 'request-data': case 'review': return change.kind === 'new' ? undefined : { kind: 'decision', template: 'notice.checking', values, respondBy: undefined };
    case 'leave': return undefined;
    default: return act satisfies never;
  }
}

function taskOf({ pack, run }: Acting, act: Act, { decidedBy }: Service, areas: Areas, change: Change['kind']): TaskOrder | undefined {
  if (act.kind !== 'request-data' && act.kind !== 'review') return undefined;
  const holder = pack.facts.get(act.fact)?.holder;
  const decides = decidingDepartment({ decidedBy });
  const department = act.kind === 'review' || holder === undefined || holder === 'unfilled' ? decides : holder;
  return { kind: act.kind === 'review' ? 'review' : 'data-request', department, area: areas.resident ?? areas.registered ?? '', about: { run, fact: act.fact, change } };
}
