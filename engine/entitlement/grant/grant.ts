import { z } from 'zod';
import type { Basis } from '../place.ts';
import { monthsLater } from './month.ts';
import type { Month } from './month.ts';

/** Where somebody is, by each basis that a payer may have: the county or reporting unit; left out where it is not known. */
export type Areas = Readonly<Partial<Record<Basis, string | undefined>>>;

/** What is granted for a month: money (0 where the service brings none), and the places that decide which county pays. */
export interface Right {
  readonly amountFen: number;
  readonly areas: Areas;
}

/** From a month on until the next step: a right, or none. */
export interface Step {
  readonly from: Month;
  readonly right?: Right | undefined;
}

/** On what a grant rests: facts alone, the word of the person, or an application. */
export const GROUNDS = ['facts', 'confirmation', 'application'] as const;
export type Ground = (typeof GROUNDS)[number];

const month = z.int();
const right = z.strictObject({ amountFen: z.int().nonnegative(), areas: z.strictObject({ registered: z.string().optional(), resident: z.string().optional(), insured: z.string().optional(), work: z.string().optional() }) });

/**
 * What happens to a grant, in the order in which it happened. `run` names the run that decided; `clause` the clause that
 * says so.
 *
 * `set`: from a month on, to a month included or for ever, this right holds, or none; it covers what was set before.
 * `asked`: the person is asked to confirm; nothing holds before the answer. `refused`: the person does not want it; no run
 * grants it again until `wanted`. `held`: what is due is booked but not paid until `freed`. `paused`: from a month on the
 * person does without; nothing is due for these months, ever, until the month from which it is `resumed`.
 */
export const GRANT_EVENT = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('set'), run: z.string(), ground: z.enum(GROUNDS), from: month, until: month.optional(), right: right.optional(), clause: z.string().optional() }),
  z.strictObject({ kind: z.literal('asked'), run: z.string(), from: month, right, respondBy: z.string() }),
  z.strictObject({ kind: z.literal('confirmed') }),
  z.strictObject({ kind: z.literal('refused'), last: month }),
  z.strictObject({ kind: z.literal('wanted') }),
  z.strictObject({ kind: z.literal('held'), because: z.string() }),
  z.strictObject({ kind: z.literal('freed') }),
  z.strictObject({ kind: z.literal('paused'), from: month }),
  z.strictObject({ kind: z.literal('resumed'), from: month }),
]);
export type GrantEvent = z.output<typeof GRANT_EVENT>;

/** A confirmation that is waited for. */
export interface Proposal {
  readonly run: string;
  readonly from: Month;
  readonly right: Right;
  /** The last day for an answer, `YYYY-MM-DD`. */
  readonly respondBy: string;
}

/** Months that the person does without, from one on to before another; open where nothing has ended it yet. */
export interface GrantPause {
  readonly from: Month;
  readonly before?: Month | undefined;
}

/** What a subject has of one service: the fold of its events. */
export interface Grant {
  /** Ascending by month; the same right never stands twice in a row. */
  readonly steps: readonly Step[];
  readonly ground: Ground | undefined;
  readonly proposal: Proposal | undefined;
  readonly refused: boolean;
  /** Why what is due is not paid out at present. */
  readonly held: string | undefined;
  /** Ascending, apart from one another; only the last may be open. */
  readonly pauses: readonly GrantPause[];
}

export const NO_GRANT_YET: Grant = { steps: [], ground: undefined, proposal: undefined, refused: false, held: undefined, pauses: [] };

export function foldGrant(events: Iterable<GrantEvent>, from: Grant = NO_GRANT_YET): Grant {
  let grant = from;
  for (const event of events) grant = apply(grant, event);
  return grant;
}

function apply(grant: Grant, event: GrantEvent): Grant {
  switch (event.kind) {
    case 'set': return { ...grant, steps: laid(grant.steps, event), ground: event.right ? event.ground : grant.ground, proposal: event.right ? undefined : grant.proposal };
    case 'asked': return { ...grant, proposal: { run: event.run, from: event.from, right: event.right, respondBy: event.respondBy } };
    case 'confirmed': return grant.proposal ? { ...grant, steps: laid(grant.steps, grant.proposal), ground: 'confirmation', proposal: undefined } : grant;
    case 'refused': return { ...grant, steps: laid(grant.steps, { from: monthsLater(event.last, 1) }), proposal: undefined, refused: true };
    case 'wanted': return { ...grant, refused: false };
    case 'held': return { ...grant, held: event.because };
    case 'freed': return { ...grant, held: undefined };
    case 'paused': return isPausedIn(grant.pauses, event.from) ? grant : { ...grant, pauses: [...grant.pauses, { from: event.from }] };
    case 'resumed': return { ...grant, pauses: grant.pauses.flatMap((pause) => (pause.before !== undefined ? [pause] : pause.from < event.from ? [{ ...pause, before: event.from }] : [])) };
    default: return event satisfies never;
  }
}

/** Steps with a right, or none, laid over a stretch of months. What follows the stretch stays as it was. */
export function laid(steps: readonly Step[], { from, until, right }: Step & { readonly until?: Month | undefined }): readonly Step[] {
  const after = until === undefined ? undefined : monthsLater(until, 1);
  const tail = after === undefined ? [] : [{ from: after, right: rightIn(steps, after) }, ...steps.filter((step) => step.from > after)];
  const all: readonly Step[] = [...steps.filter((step) => step.from < from), { from, right }, ...tail];
  return all.filter((step, at) => !sameRight(step.right, all[at - 1]?.right));
}

/** What holds in a month; undefined where nothing does. */
export function rightIn(steps: readonly Step[], month: Month): Right | undefined {
  return steps.findLast((step) => step.from <= month)?.right;
}

/** Whether the person does without in a month. */
export function isPausedIn(pauses: readonly GrantPause[], month: Month): boolean {
  return pauses.some(({ from, before }) => from <= month && (before === undefined || month < before));
}

/** The first month in which something was ever granted; undefined where nothing was. */
export function sinceOf(steps: readonly Step[]): Month | undefined {
  return steps.find((step) => step.right !== undefined)?.from;
}

export function sameRight(a: Right | undefined, b: Right | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.amountFen === b.amountFen && sameAreas(a.areas, b.areas);
}

function sameAreas(a: Areas, b: Areas): boolean {
  return a.registered === b.registered && a.resident === b.resident && a.insured === b.insured && a.work === b.work;
}
