import { spawn } from 'node:child_process';
import { serverState } from '#apps/server/control.ts';
import { dataFolder } from '#apps/server/settings.ts';
import type { Command } from './command.ts';
import { EXIT } from './exit.ts';

const BROWSERS: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', linux: 'xdg-open' };

/** Says where the city of a data folder answers, and opens it in the browser where there is one. */
export const openCommand: Command = {
  name: 'open',
  takes: [],
  options: { data: { type: 'string' }, print: { type: 'boolean' } },
  run: async ({ terminal, env, option, flag }) => {
    const folder = dataFolder(env, option('data'));
    const state = await serverState(folder);
    if (!state) return terminal.refuse(EXIT.environment, 'not-running', { folder });
    terminal.result(state, () => terminal.print(state.url));
    if (!terminal.json && !flag('print') && process.stdout.isTTY) openBrowser(state.url);
    return EXIT.ok;
  },
};

/** A machine without a browser has the printed address. */
function openBrowser(url: string): void {
  const program = BROWSERS[process.platform];
  if (program === undefined) return;
  spawn(program, [url], { stdio: 'ignore', detached: true }).on('error', () => undefined).unref();
}
