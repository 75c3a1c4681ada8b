import { z } from 'zod';
import { caseStream } from '#engine/casework/index.ts';
import type { EventOf } from '#engine/casework/index.ts';
import { LOCALES } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import type { Principal } from '#engine/ports.ts';
import { ELECTRONIC_CHANNELS } from './channel.ts';
import type { ElectronicChannel } from './channel.ts';

/** How long a code is good, in minutes, and how often it may be tried. */
export const CODE_MINUTES = 15;
export const CODE_TRIES = 5;
/** How many codes one person may ask for within an hour. */
export const CODES_AN_HOUR = 5;

const channel = z.enum(ELECTRONIC_CHANNELS);

/** What can happen to the addresses of a person, on their own stream. No address stands in it: it can be erased alone. */
export const CONTACT_EVENTS = {
  /** A code goes out to an address that is not proven yet. */
  'contact-asked': z.strictObject({ channel, until: z.string(), locale: z.enum(LOCALES) }),
  'contact-proven': z.strictObject({ channel, locale: z.enum(LOCALES) }),
  'contact-removed': z.strictObject({ channel }),
  /** Whether they want letters besides. */
  'contact-paper': z.strictObject({ wanted: z.boolean() }),
} as const;
export type ContactEvent = EventOf<typeof CONTACT_EVENTS>;

/** Where it is written down what a person did with their addresses. */
export function contactStream(person: string): string {
  return caseStream('contact', person);
}

/** How somebody hears of what the city tells them. */
export interface ContactDetails {
  /** Proven ones, masked. */
  readonly addresses: readonly KnownAddress[];
  /** Those to which a code went that is still good. */
  readonly asked: readonly KnownAddress[];
  /** They want letters, whatever else they have. */
  readonly paper: boolean;
}

export interface KnownAddress {
  readonly channel: ElectronicChannel;
  readonly masked: string;
}

/** Why nothing changed. */
export type ContactRefusal =
  | { readonly kind: 'address-wrong' }
  /** This city does not write on this way now. */
  | { readonly kind: 'channel-closed' }
  /** So many codes were asked for that none goes out for a while. */
  | { readonly kind: 'too-many-codes'; readonly minutes: number }
  /** Mistyped, too old, tried too often, or never asked for: which of them is not said. */
  | { readonly kind: 'code-wrong' }
  /** They have to prove once more who they are. */
  | { readonly kind: 'prove-again' };

type Person = Extract<Principal, { kind: 'person' }>;

/** What pages ask about the addresses of whoever looks: their own, never of somebody they act for. */
export interface OwnContact {
  /** The ways on which this city writes. */
  readonly offered: readonly ElectronicChannel[];
  readonly of: (person: Person) => Promise<ContactDetails>;
  /** Whether somebody has proved lately enough who they are (`provenAt`) to change where they hear. */
  readonly mayChange: (provenAt: string) => boolean;
  /** Sends a code to an address as typed, and keeps it until it is proven; only for whoever has just proved who they are. */
  readonly ask: (person: Person, address: { readonly channel: ElectronicChannel; readonly typed: string; readonly locale: Locale }, provenAt: string) => Promise<'asked' | ContactRefusal>;
  /** Puts the address in force that a code was sent to. Where they heard until then they are told that it was changed. */
  readonly prove: (person: Person, channel: ElectronicChannel, code: string) => Promise<'proven' | ContactRefusal>;
  /** Erases an address, proven or not; notices no longer go there, but for one that says so. Only for whoever has just proved who they are. */
  readonly remove: (person: Person, channel: ElectronicChannel, provenAt: string) => Promise<ContactRefusal | undefined>;
  /** Whether they want letters, in this language, besides what goes to their addresses. As it was: nothing changes. */
  readonly wantLetters: (person: Person, wanted: boolean, locale: Locale) => Promise<void>;
}
