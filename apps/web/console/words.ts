import { useLocation } from 'react-router';
import { render } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { hrefIn, readView } from '../view.ts';
import en from './messages/en.json' with { type: 'json' };
import zh from './messages/zh.json' with { type: 'json' };

/** The id of a message of the console; a forgotten one does not compile. */
export type ConsoleMessage = keyof typeof zh;
export type ConsoleWords = (id: ConsoleMessage, data?: Readonly<Record<string, string | number>>) => string;

const MESSAGES = { zh, en } satisfies Record<Locale, Record<ConsoleMessage, string>>;

/** The words of the console in one language. */
export function consoleWords(locale: Locale): ConsoleWords {
  return (id, data) => render(MESSAGES[locale], id, data);
}

/** The language of the page at hand, the words in it, and addresses that keep it. */
export function useConsole(): { readonly locale: Locale; readonly t: ConsoleWords; readonly href: (path: string, query?: Readonly<Record<string, string>>) => string } {
  const view = readView(useLocation().search);
  return { locale: view.locale, t: consoleWords(view.locale), href: (path, query) => hrefIn({ ...view, size: 'normal', place: '' }, path, query) };
}
