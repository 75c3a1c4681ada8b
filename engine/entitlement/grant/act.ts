import type { Service } from '#engine/pack/index.ts';
import type { Standing } from '#engine/population/index.ts';
import type { ChangeKind } from '../change.ts';
import { monthOf, monthsLater } from './month.ts';
import type { Month } from './month.ts';
import type { Grant } from './grant.ts';

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
  /** Nothing: the person has said that it is not wanted, or has been asked the same already, or gets it on the spot. */
  | { readonly kind: 'leave'; readonly because: 'refused' | 'asked' | 'on-showing' };

export type ActKind = Act['kind'];
export const ACTS = ['set', 'ask', 'invite', 'request-data', 'review', 'leave'] as const satisfies readonly ActKind[];

/** How long what was asked and never answered, or told and never taken up, is not said again, in months; a refusal holds until the person wants it again. */
export const ASK_AGAIN_MONTHS = 3;
export const INVITE_AGAIN_MONTHS = 12;

/** An invitation that somebody has: for how much, and in which month it was given. */
export interface Invitation {
  readonly amountFen: number;
  readonly month: Month;
}

/** What is known of a change when it is acted on. */
export interface Weighed {
  readonly change: ChangeKind;
  /** The day of the run as yyyymmdd. */
  readonly asOf: number;
  readonly service: Pick<Service, 'grant'>;
  /** The worst standing of a value that the answer may rest on, on the day of the run. */
  readonly standing: Standing['kind'];
  /** Of which fact: the one that stands worst, or the one that is missing. */
  readonly fact: string;
  readonly grant: Pick<Grant, 'refused' | 'proposal'>;
  /** The last invitation to apply; undefined where there was none. */
  readonly invited: Invitation | undefined;
  /** The fact that would say which county pays a part of it; empty where no fact says it, undefined where that is known, or no county pays. */
  readonly unplaced: string | undefined;
  /** Fen a period that the run says; 0 where none. */
  readonly isFen: number;
}

/**
 * What is done about a change.
 *
 * A machine alone changes money only where every fact stands well. Nothing in force is ever ended or lowered on a fact
 * that is unknown, old, second-hand or disputed: it goes on until somebody has answered.
 */
export function actOn(weighed: Weighed): Act {
  const { change, asOf, grant } = weighed;
  if (!isGranted(weighed.service)) return { kind: 'leave', because: 'on-showing' };
  if (change === 'new') return grant.refused ? { kind: 'leave', because: 'refused' } : payable(weighed, start(weighed));
  if (change === 'now-unknown') return { kind: 'request-data', fact: weighed.fact };
  if (!standsWell(weighed.standing)) return settle(weighed);
  switch (change) {
    case 'raised': return { kind: 'set', from: monthOf(asOf) };
    // The facts of the first day of a month decide the month; what changes later in it holds from the next.
    case 'lowered': case 'ended': return { kind: 'set', from: asOf % 100 === 1 ? monthOf(asOf) : monthsLater(monthOf(asOf), 1) };
    default: return change satisfies never;
  }
}

/** Whether anything is granted of a service ahead of its use; what is had on the spot by showing something is not. */
export function isGranted({ grant }: Pick<Service, 'grant'>): boolean {
  return grant?.mode !== 'on-showing';
}

/** Whether a machine may act alone on a yes or a no: learning what is missing would change neither. */
export function standsWell(standing: Standing['kind']): boolean {
  return standing === 'good' || standing === 'missing';
}

function start(weighed: Weighed): Act {
  const { service, asOf, standing, fact } = weighed;
  const [asked, invited] = [unlessSaid(weighed, 'ask'), unlessSaid(weighed, 'invite')];
  const mode = service.grant?.mode ?? 'application';
  switch (mode) {
    case 'application': return invited;
    case 'on-showing': return { kind: 'leave', because: 'on-showing' };
    case 'one-confirmation': return standing === 'conflict' || standing === 'disputed' ? { kind: 'review', fact } : asked;
    case 'automatic':
      if (standsWell(standing)) return { kind: 'set', from: monthOf(asOf) };
      if (standing === 'self-declared' || standing === 'not-authoritative') return service.grant?.else === 'application' ? invited : asked;
      return settle(weighed);
    default: return mode satisfies never;
  }
}

/** Nothing is granted, nor offered, that nobody could be asked to pay: which county it is has to be known first. */
function payable({ unplaced }: Weighed, act: Act): Act {
  if (unplaced === undefined || (act.kind !== 'set' && act.kind !== 'ask')) return act;
  return { kind: unplaced === '' ? 'review' : 'request-data', fact: unplaced };
}

/** Asks or invites; leaves it where the same, for the same amount, was said not long ago. */
function unlessSaid({ asOf, grant: { proposal }, invited, isFen }: Weighed, kind: 'ask' | 'invite'): Act {
  const [said, silent] = kind === 'ask' ? [proposal && { amountFen: proposal.right.amountFen, month: proposal.from }, ASK_AGAIN_MONTHS] : [invited, INVITE_AGAIN_MONTHS];
  const isSaid = said !== undefined && said.amountFen === isFen && monthOf(asOf) < monthsLater(said.month, silent);
  return isSaid ? { kind: 'leave', because: 'asked' } : { kind };
}

function settle({ standing, fact }: Weighed): Act {
  return standing === 'conflict' || standing === 'disputed' ? { kind: 'review', fact } : { kind: 'request-data', fact };
}
