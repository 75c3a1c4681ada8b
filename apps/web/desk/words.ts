import { render } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { LOCALES } from '#engine/kernel/index.ts';
import { useRouteLoaderData } from 'react-router';
import type { loader } from './layout.tsx';
import en from './messages/en.json' with { type: 'json' };
import zh from './messages/zh.json' with { type: 'json' };

/** The id of a message of the desk; a forgotten one does not compile. */
export type DeskMessage = keyof typeof zh;
export type DeskWords = (id: DeskMessage, data?: Readonly<Record<string, string | number>>) => string;

const MESSAGES = { zh, en } satisfies Record<Locale, Record<DeskMessage, string>>;

/** The words of the desk in one language. */
export function deskWords(locale: Locale): DeskWords {
  return (id, data) => render(MESSAGES[locale], id, data);
}

/** The language of the page at hand and the words in it. */
export function useDesk(): { readonly locale: Locale; readonly t: DeskWords } {
  const asked = useRouteLoaderData<typeof loader>('desk/layout')?.locale;
  const locale = LOCALES.find((one) => one === asked) ?? 'zh';
  return { locale, t: deskWords(locale) };
}
