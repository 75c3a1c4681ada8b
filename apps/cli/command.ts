import type { ParseArgsConfig } from 'node:util';
import type { Exit } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** One command. Its help stands in the messages under `help.<name>`, with a hyphen for the space in its name. */
export interface Command {
  readonly name: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** What must follow, in order: folders, files. */
  readonly takes: readonly string[];
  readonly run: (call: Call) => Promise<Exit>;
}

export interface Call {
  readonly terminal: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The command line after the command's name. */
  readonly words: readonly string[];
  /** The value of an option that takes one. */
  readonly option: (name: string) => string | undefined;
  readonly flag: (name: string) => boolean;
  /** What was given for each of `takes`. */
  readonly given: readonly string[];
}

/** What every command takes. */
export const COMMON_OPTIONS = {
  json: { type: 'boolean' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies Command['options'];
