import type { ElectronicChannel } from './channel.ts';

/** A message as it leaves, in words. */
export interface Message {
  /** The same at every attempt, so that a receiver can tell a second copy. */
  readonly id: string;
  readonly to: string;
  /** What an inbox shows of it; a text message has none. */
  readonly subject: string;
  readonly text: string;
}

/** What became of an attempt. The problem is a word for operators and holds nothing personal. */
export type Sending = { readonly kind: 'sent' } | { readonly kind: 'failed' | 'impossible'; readonly problem: string };

/** Sends one message on one way; a thrown error is a failed attempt. */
export type Post = (message: Message) => Promise<Sending>;

/** On which ways this city sends, and how; a way that is not there is offered to nobody. */
export type Posts = ReadonlyMap<ElectronicChannel, Post>;
