import type { Channel } from './channel.ts';
import type { MessageCause } from './message.ts';
import type { CalendarDate, Locale } from '#engine/kernel/index.ts';

/** A message of the outbox as it was written, for whoever walks through a demonstration: nothing leaves its machine. */
export interface ShownMessage {
  readonly id: string;
  readonly channel: Channel;
  /** Masked; undefined where the address is gone. */
  readonly to: string | undefined;
  readonly subject: string;
  readonly text: string;
  /** When it was put into the outbox, in the city's time zone (HH:MM). */
  readonly on: CalendarDate;
  readonly time: string;
  readonly state: 'waiting' | 'sent' | 'dead';
}

/** The outbox of a demonstration. */
export interface ShownOutbox {
  /** The newest first, a page of them. */
  readonly page: (number: number) => Promise<{ readonly messages: readonly ShownMessage[]; readonly more: boolean }>;
}

/** What is written in a message, and to whom in which language. */
export interface Addressed {
  readonly told: MessageCause;
  readonly to: string | undefined;
  readonly locale: Locale;
}
