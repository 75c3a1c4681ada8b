import { LOCALES, render } from '#engine/kernel/index.ts';
import type { Locale, Messages } from '#engine/kernel/index.ts';
import type { Exit } from './exit.ts';
import en from './messages/en.json' with { type: 'json' };
import zh from './messages/zh.json' with { type: 'json' };

export const CLI_MESSAGES: Readonly<Record<Locale, Messages>> = { zh, en };

export type Data = Readonly<Record<string, string | number>>;

/** Where a command speaks: to a person in their language, or as JSON to a program. */
export interface Terminal {
  readonly json: boolean;
  /** The one language of long texts. */
  readonly locale: Locale;
  /** A short line in the language that was asked for; in both where none was. */
  readonly say: (key: string, data?: Data) => void;
  /** The outcome: the value as JSON for a program, else whatever `words` prints. */
  readonly result: (value: unknown, words: () => void) => void;
  readonly print: (text: string) => void;
  /** A message in the one language of long texts. */
  readonly word: (key: string, data?: Data) => string;
  /** The help of a command, in one language. */
  readonly help: (command: string) => string;
  /** Beside the outcome: on standard error, so that what is piped stays clean. */
  readonly note: (text: string) => void;
  /** Why nothing was done; gives the exit code back. `words`: slots that a message of its own fills, in each language. */
  readonly refuse: (exit: Exit, code: string, data?: Data, words?: Readonly<Record<string, string>>) => Exit;
}

export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The terminal for a language and form; `lang` undefined: short lines in both, long texts by the environment. */
export function terminalOf(streams: Streams, lang: Locale | undefined, env: Environment, json: boolean): Terminal {
  const locales = lang === undefined ? LOCALES : [lang];
  const said = (one: Locale, key: string, data: Data, words: Readonly<Record<string, string>> = {}): string => render(CLI_MESSAGES[one], key, { ...data, ...Object.fromEntries(Object.entries(words).map(([slot, id]) => [slot, render(CLI_MESSAGES[one], id)])) });
  const line = (key: string, data: Data, words?: Readonly<Record<string, string>>): string => [...new Set(locales.map((one) => said(one, key, data, words)))].join('\n');
  const print = (text: string): void => streams.out(`${text}\n`);
  const locale = lang ?? localeOfEnvironment(env);
  return {
    json, print, locale,
    word: (key, data = {}) => render(CLI_MESSAGES[locale], key, data),
    help: (command) => `${render(CLI_MESSAGES[locale], `help.${command}`)}\n${render(CLI_MESSAGES[locale], 'help.footer')}`,
    say: (key, data = {}) => (json ? undefined : print(line(key, data))),
    result: (value, words) => (json ? print(JSON.stringify(value)) : words()),
    note: (text) => streams.err(`${text}\n`),
    refuse: (exit, code, data = {}, words = {}) => {
      const key = `refusal.${code}`;
      if (json) print(JSON.stringify({ refused: { code, ...data, ...words, message: { zh: said('zh', key, data, words), en: said('en', key, data, words) } } }));
      else streams.err(`${line(key, data, words)}\n`);
      return exit;
    },
  };
}

/** English where the environment asks for it; Chinese otherwise. */
function localeOfEnvironment(env: Environment): Locale {
  const asked = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return asked.toLowerCase().startsWith('en') ? 'en' : 'zh';
}
