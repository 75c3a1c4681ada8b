import { eventOf } from '#engine/casework/index.ts';
import type { Folding } from '#engine/casework/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { VOICE_EVENTS } from './event.ts';
import type { ContactKey, ContactKind, RatingLevel } from './event.ts';

/** What a resident thinks of a contact. */
export interface Given {
  readonly level: RatingLevel;
  /** Ids of the pack. */
  readonly reasons: readonly string[];
  readonly words: string;
  /** How they allow to be reached about it; null: not at all. */
  readonly reach: string | null;
}

/** A rating as it stands: one for each contact. */
export interface Rating extends Given {
  /** The sequence of the entry that gave it: its name within the resident's stream. */
  readonly number: number;
  readonly contact: ContactKey;
  readonly service: string | null;
  readonly department: string;
  readonly givenOn: CalendarDate;
  /** What the department has to do about it; null: nothing ever. */
  readonly matter: string | null;
}

/** Something that a resident may rate, and who is rated by it. */
export interface Contact {
  /** Names it in an address, and tells nothing. */
  readonly id: string;
  readonly key: ContactKey;
  readonly service: string | null;
  readonly department: string;
  readonly on: CalendarDate;
}

/** The ratings of a resident's stream. */
export const RATINGS: Folding<Rating> = {
  concerns: (record) => {
    const event = eventOf(VOICE_EVENTS, record);
    if (event?.kind === 'rating-given') return record.sequence;
    return event?.kind === 'rating-changed' ? event.payload.rating : undefined;
  },
  step: (rating, record) => {
    const event = eventOf(VOICE_EVENTS, record);
    if (event?.kind === 'rating-given') {
      const { on: givenOn, ...said } = event.payload;
      return { ...said, number: record.sequence, givenOn };
    }
    if (event?.kind !== 'rating-changed' || !rating) return rating;
    const { rating: _, ...said } = event.payload;
    return { ...rating, ...said };
  },
};

/** One thing that happened is rated once: what was granted and the notice that says so are one contact. */
export function onePerEvent<Found extends { readonly kind: ContactKind; readonly stream: string; readonly at: string }>(found: readonly Found[]): readonly Found[] {
  const granted = new Set(found.filter(({ kind }) => kind === 'grant').map(({ stream, at }) => `${stream}\n${at}`));
  return found.filter(({ kind, stream, at }) => kind !== 'notice' || !granted.has(`${stream}\n${at}`));
}

/** Whether two texts of a rating say the same. */
export function isSame(a: Given, b: Given): boolean {
  return a.level === b.level && a.words === b.words && a.reach === b.reach && a.reasons.length === b.reasons.length && a.reasons.every((reason, at) => b.reasons[at] === reason);
}
