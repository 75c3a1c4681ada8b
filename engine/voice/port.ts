import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Principal } from '#engine/ports.ts';
import type { VoiceRefusal } from './command.ts';
import type { CarriedDraft, DraftAnswers } from './draft.ts';
import type { PhotoMark } from './event.ts';
import type { VoiceCounts } from './figures.ts';
import type { Matter } from './matter.ts';
import type { PhotoCheck } from './photo.ts';
import type { Contact, Given, Rating } from './rating.ts';

type Person = Extract<Principal, { kind: 'person' }>;

/** A contact with how it was rated; undefined: not yet. */
export interface RatedContact extends Contact {
  readonly rating: Rating | undefined;
  /** The last day on which it may be rated, or the rating changed. */
  readonly until: CalendarDate;
  /** Whether it may be now. */
  readonly isOpen: boolean;
  /** What follows from it at the department. */
  readonly matter: Matter | undefined;
}

/** What residents say of the city: each is asked and told under their own rights. */
export interface Voice {
  /** What a resident may rate or has rated, the newest first. */
  contacts(who: Person): Promise<readonly RatedContact[]>;
  /** Rates one of them; undefined where it is none of theirs. */
  rate(who: Person, contact: string, given: Given): Promise<{ readonly kind: 'rated'; readonly matter: string | undefined } | VoiceRefusal | undefined>;
  /** Their complaints, suggestions and bad ratings, the newest first. */
  matters(who: Person): Promise<readonly Matter[]>;
  matter(who: Person, id: string): Promise<Matter | undefined>;
  /** The picture of one of them. */
  photo(who: Person, id: string): Promise<StoredPhoto | undefined>;
  judge(who: Person, id: string, said: { readonly solved: boolean; readonly reason: string }): Promise<VoiceRefusal | undefined>;
  /** What they have begun to write; undefined where nothing. */
  draft(who: Person): Promise<CarriedDraft | undefined>;
  /** Keeps an answer beside the others; begins a draft where there is none. */
  keep(who: Person, answers: DraftAnswers): Promise<void>;
  /** Keeps a picture with the draft, cleaned; or says why not. */
  keepPhoto(who: Person, bytes: Uint8Array): Promise<Exclude<PhotoCheck, { kind: 'photo' }> | undefined>;
  draftPhoto(who: Person): Promise<StoredPhoto | undefined>;
  drop(who: Person): Promise<void>;
  /** Sends a draft; one that was sent already is that matter. */
  send(who: Person, draft: string): Promise<{ readonly kind: 'sent'; readonly matter: string } | { readonly kind: 'draft-incomplete' } | VoiceRefusal>;
  /** What is counted of it all. */
  counts(): Promise<VoiceCounts>;
}

export interface StoredPhoto {
  readonly media: PhotoMark['media'];
  readonly bytes: Uint8Array;
}
