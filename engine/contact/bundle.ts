import { z } from 'zod';
import { day, eventOf } from '#engine/casework/index.ts';
import type { EventOf, LogRecord } from '#engine/casework/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';

/** How many letters are taken to be printed at once: a stack that one person puts into envelopes. */
export const LETTERS_AT_ONCE = 100;

/** What can happen to letters that were taken together. A letter is named by its row of the outbox; nobody is. */
export const BUNDLE_EVENTS = {
  /** `areas`: those of whoever took them; none: the whole city. */
  'letters-taken': z.strictObject({ areas: z.array(z.string()), letters: z.array(z.string()) }),
  /** They went to the post; what was printed is sent. */
  'letters-posted': z.strictObject({ on: day }),
  /** They wait again, for whoever takes them next. */
  'letters-given-back': z.strictObject({}),
} as const;
export type BundleEvent = EventOf<typeof BUNDLE_EVENTS>;

/** Letters that were taken together, as they stand now. */
export interface LetterBundle {
  readonly areas: readonly string[];
  readonly letters: readonly string[];
  readonly takenBy: string;
  readonly takenAt: string;
  readonly ended: { readonly kind: 'posted'; readonly on: CalendarDate; readonly by: string } | { readonly kind: 'given-back'; readonly by: string } | null;
}

/** A bundle from its entries; undefined where none was taken, or what was taken is erased. */
export function foldBundle(records: Iterable<Pick<LogRecord, 'kind' | 'payload' | 'actor' | 'at'>>): LetterBundle | undefined {
  let bundle: LetterBundle | undefined;
  for (const record of records) {
    const event = eventOf(BUNDLE_EVENTS, record);
    if (event?.kind === 'letters-taken') bundle = { ...event.payload, takenBy: record.actor, takenAt: record.at, ended: null };
    else if (event && bundle) bundle = { ...bundle, ended: event.kind === 'letters-posted' ? { kind: 'posted', on: event.payload.on, by: record.actor } : { kind: 'given-back', by: record.actor } };
  }
  return bundle;
}
