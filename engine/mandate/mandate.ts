import { z } from 'zod';
import { day, eventOf } from '#engine/casework/index.ts';
import type { EventOf, Folding, LogRecord } from '#engine/casework/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';

/** How far somebody may go for another: see everything, or see and act. */
export const MANDATE_SCOPES = ['look', 'act'] as const;
export type MandateScope = (typeof MANDATE_SCOPES)[number];

/** What a clerk has looked at to see who signs on paper. */
export const SEEN_PAPERS = ['identity-card', 'social-security-card', 'household-book'] as const;
export type SeenPaper = (typeof SEEN_PAPERS)[number];

/** What can happen to a mandate, on the stream of the one who gives it. */
export const MANDATE_EVENTS = {
  /** The code itself is told once and kept nowhere; `offerEnds` is the instant until which it can be used. */
  'mandate-offered': z.strictObject({ codeHash: z.string(), scope: z.enum(MANDATE_SCOPES), until: day, offerEnds: z.string(), giver: z.string() }),
  /** Signed on paper before the one who is to act; it gives nothing until somebody else has seen paper and person too. */
  'mandate-written': z.strictObject({ scope: z.enum(MANDATE_SCOPES), until: day, giver: z.string(), by: z.string(), taker: z.string(), seen: z.enum(SEEN_PAPERS), witnessBy: z.string() }),
  'mandate-witnessed': z.strictObject({ mandate: z.int().positive() }),
  'mandate-taken': z.strictObject({ mandate: z.int().positive(), by: z.string(), taker: z.string() }),
  'mandate-revoked': z.strictObject({ mandate: z.int().positive() }),
} as const;
export type MandateEvent = EventOf<typeof MANDATE_EVENTS>;

/** Leave that somebody gives another to look or act for them, until a day. */
export interface Mandate {
  readonly stream: string;
  /** The sequence of the entry that offered it: its name within the stream. */
  readonly number: number;
  readonly sequence: number;
  /** Who gives it. */
  readonly subjectKey: string;
  readonly giver: string;
  readonly scope: MandateScope;
  /** The last day on which it holds. */
  readonly until: CalendarDate;
  readonly state: MandateState;
}

export type MandateState =
  | { readonly kind: 'offered'; readonly codeHash: string; readonly offerEnds: string }
  /** `witnessBy`: the instant until which it can be witnessed; `writtenBy`: the member of staff who recorded it. */
  | { readonly kind: 'written'; readonly by: string; readonly taker: string; readonly writtenBy: string; readonly witnessBy: string }
  /** `by` is the key of whoever may act, `taker` what they are called. */
  | { readonly kind: 'taken'; readonly by: string; readonly taker: string; readonly at: string }
  | { readonly kind: 'revoked'; readonly at: string };

/** The mandates of a stream. */
export const MANDATES: Folding<Mandate> = {
  concerns: (record) => {
    const event = eventOf(MANDATE_EVENTS, record);
    return event && ('mandate' in event.payload ? event.payload.mandate : record.sequence);
  },
  step: (mandate, record) => {
    const event = eventOf(MANDATE_EVENTS, record);
    if (event?.kind === 'mandate-offered') return offered(event.payload, record);
    if (event?.kind === 'mandate-written') return written(event.payload, record);
    if (event?.kind === 'mandate-witnessed') return mandate?.state.kind === 'written' ? { ...mandate, sequence: record.sequence, state: { kind: 'taken', by: mandate.state.by, taker: mandate.state.taker, at: record.at } } : mandate;
    // Of two who took it at the same time the first has it.
    const isLate = event?.kind === 'mandate-taken' && mandate?.state.kind !== 'offered';
    return mandate && event && { ...mandate, sequence: record.sequence, state: isLate ? mandate.state : after(event, record) };
  },
};

function offered({ codeHash, scope, until, offerEnds, giver }: Extract<MandateEvent, { kind: 'mandate-offered' }>['payload'], { stream, sequence, subjectKey }: LogRecord): Mandate | undefined {
  return subjectKey === null ? undefined : { stream, number: sequence, sequence, subjectKey, giver, scope, until, state: { kind: 'offered', codeHash, offerEnds } };
}

function written({ scope, until, giver, by, taker, witnessBy }: Extract<MandateEvent, { kind: 'mandate-written' }>['payload'], { stream, sequence, subjectKey, actor }: LogRecord): Mandate | undefined {
  return subjectKey === null ? undefined : { stream, number: sequence, sequence, subjectKey, giver, scope, until, state: { kind: 'written', by, taker, writtenBy: actor, witnessBy } };
}

function after(event: Extract<MandateEvent, { kind: 'mandate-taken' | 'mandate-revoked' }>, { at }: LogRecord): MandateState {
  return event.kind === 'mandate-taken' ? { kind: 'taken', by: event.payload.by, taker: event.payload.taker, at } : { kind: 'revoked', at };
}

/** Why a command on a mandate does nothing. */
export type MandateRefusal =
  /** Nobody offers this code now: mistyped, used, withdrawn, or older than its day. */
  | { readonly kind: 'code-unknown' }
  | { readonly kind: 'mandate-own' }
  | { readonly kind: 'mandate-too-long'; readonly latest: CalendarDate }
  | { readonly kind: 'mandate-over' };

/** Why nothing comes of one on paper. */
export type WrittenRefusal =
  | Extract<MandateRefusal, { kind: 'mandate-too-long' | 'mandate-over' }>
  /** Whoever recorded it does not witness it. */
  | { readonly kind: 'mandate-same-person' }
  | { readonly kind: 'person-unknown' };

/** What taking an offer gives. Nobody acts for themselves, and nothing is taken after its time. */
export function take({ number, subjectKey, until, state }: Mandate, { by, taker, now, today }: { readonly by: string; readonly taker: string; readonly now: string; readonly today: CalendarDate }): readonly MandateEvent[] | MandateRefusal {
  if (state.kind !== 'offered' || now >= state.offerEnds || today > until) return { kind: 'code-unknown' };
  if (by === subjectKey) return { kind: 'mandate-own' };
  return [{ kind: 'mandate-taken', payload: { mandate: number, by, taker } }];
}

/** What a second member of staff gives by having seen the paper. */
export function witness({ number, until, state }: Mandate, { by, now, today }: { readonly by: string; readonly now: string; readonly today: CalendarDate }): readonly MandateEvent[] | WrittenRefusal {
  if (state.kind !== 'written' || now >= state.witnessBy || today > until) return { kind: 'mandate-over' };
  return by === state.writtenBy ? { kind: 'mandate-same-person' } : [{ kind: 'mandate-witnessed', payload: { mandate: number } }];
}

/** What revoking gives; an ended one stays as it ended. */
export function revoke({ number, state }: Mandate): readonly MandateEvent[] {
  return state.kind === 'revoked' ? [] : [{ kind: 'mandate-revoked', payload: { mandate: number } }];
}

/** How far somebody may go by a mandate on a day; undefined where it gives them nothing. */
export function scopeFor({ state, until, scope }: Mandate, by: string, today: CalendarDate): MandateScope | undefined {
  return state.kind === 'taken' && state.by === by && today <= until ? scope : undefined;
}
