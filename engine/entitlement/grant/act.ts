import type { Service } from '#engine/pack/index.ts';
import type { ChangeKind } from '../change.ts';
import { monthOf, monthsLater } from './month.ts';
import type { Month } from './month.ts';
import type { Grant } from './grant.ts';

/**
 * How well the facts behind an answer stand on the day of the run (decision 5): the worst of them.
 *
 * `good`: each is from the holder's own record, undisputed and fresh. `missing`: one is unknown.
 */
export type Standing =
  | { readonly kind: 'good' }
  | { readonly kind: 'stale' | 'not-authoritative' | 'self-declared' | 'conflict' | 'disputed' | 'missing'; readonly fact: string };

/** What is done about one change. Only `set` touches a grant; all others leave it as it is until somebody answers. */
export type Act =
  /** The grant is made, changed or ended from a month on. A person is always told of it, and may refuse or object. */
  | { readonly kind: 'set'; readonly from: Month }
  /** The person is asked for one confirmation. */
  | { readonly kind: 'ask' }
  /** The person is told that it can be applied for. */
  | { readonly kind: 'invite' }
  /** The holder is asked for a fact that is missing or too old; its arrival decides again. */
  | { readonly kind: 'request-data'; readonly fact: string }
  /** Somebody looks: facts contradict each other, or the person has disputed one. */
  | { readonly kind: 'review'; readonly fact: string }
  /** Nothing: the person has said that it is not wanted, or has been asked the same already. */
  | { readonly kind: 'leave'; readonly because: 'refused' | 'asked' };

export type ActKind = Act['kind'];
export const ACTS = ['set', 'ask', 'invite', 'request-data', 'review', 'leave'] as const satisfies readonly ActKind[];

/** What is known of a change when it is acted on. */
export interface Weighed {
  readonly change: ChangeKind;
  /** The day of the run as yyyymmdd. */
  readonly asOf: number;
  readonly service: Pick<Service, 'grant'>;
  readonly standing: Standing;
  readonly grant: Pick<Grant, 'refused' | 'proposal'>;
  /** Fen a period that the run says; 0 where none. */
  readonly isFen: number;
}

/**
 * What is done about a change.
 *
 * A machine alone changes money only where every fact stands well. Nothing in force is ever ended or lowered on a fact
 * that is unknown, old, second-hand or disputed: it goes on until somebody has answered.
 */
export function actOn({ change, asOf, service, standing, grant, isFen }: Weighed): Act {
  if (change === 'new') return grant.refused ? { kind: 'leave', because: 'refused' } : start(asOf, service, standing, grant, isFen);
  if (standing.kind !== 'good') return settle(standing, change === 'now-unknown');
  switch (change) {
    case 'raised': return { kind: 'set', from: monthOf(asOf) };
    // The facts of the first day of a month decide the month; what changes later in it holds from the next.
    case 'lowered': case 'ended': return { kind: 'set', from: asOf % 100 === 1 ? monthOf(asOf) : monthsLater(monthOf(asOf), 1) };
    // An answer that is unknown has a fact that is missing: there is no other way to be here.
    case 'now-unknown': throw new RangeError('an answer is unknown though every fact stands well');
    default: return change satisfies never;
  }
}

function start(asOf: number, { grant: mode }: Weighed['service'], standing: Standing, { proposal }: Weighed['grant'], isFen: number): Act {
  const asked: Act = proposal?.right.amountFen === isFen ? { kind: 'leave', because: 'asked' } : { kind: 'ask' };
  switch (mode?.mode ?? 'application') {
    case 'application': return { kind: 'invite' };
    case 'one-confirmation': return standing.kind === 'conflict' || standing.kind === 'disputed' ? { kind: 'review', fact: standing.fact } : asked;
    case 'automatic':
      if (standing.kind === 'good') return { kind: 'set', from: monthOf(asOf) };
      if (standing.kind === 'self-declared' || standing.kind === 'not-authoritative') return mode?.else === 'application' ? { kind: 'invite' } : asked;
      return settle(standing, false);
    default: throw new RangeError(`a grant of mode ${String(mode?.mode)}`);
  }
}

function settle(standing: Exclude<Standing, { kind: 'good' }>, unknown: boolean): Act {
  const { fact } = standing;
  return !unknown && (standing.kind === 'conflict' || standing.kind === 'disputed') ? { kind: 'review', fact } : { kind: 'request-data', fact };
}
