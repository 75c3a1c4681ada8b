import { render } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import en from './messages/en.json' with { type: 'json' };
import zh from './messages/zh.json' with { type: 'json' };

/** The id of a message of the pages; a forgotten one does not compile. */
export type MessageId = keyof typeof zh;
export type Say = (id: MessageId, data?: Readonly<Record<string, string | number>>) => string;

const MESSAGES = { zh, en } satisfies Record<Locale, Record<MessageId, string>>;

/** The words of the pages in one language. */
export function wordsOf(locale: Locale): Say {
  return (id, data) => render(MESSAGES[locale], id, data);
}
