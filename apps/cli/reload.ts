import { reloadServer } from '#apps/server/control.ts';
import { dataFolder } from '#apps/server/settings.ts';
import type { Command } from './command.ts';
import { EXIT } from './exit.ts';

/** Has the running city read its pack folder again and put it in force; a faulty one is not, and the last good one stays. */
export const reloadCommand: Command = {
  name: 'reload',
  takes: [],
  options: { data: { type: 'string' } },
  run: async ({ terminal, env, option }) => {
    const folder = dataFolder(env, option('data'));
    const reloaded = await reloadServer(folder);
    if (!reloaded) return terminal.refuse(EXIT.environment, 'not-running', { folder });
    if (reloaded.kind !== 'pack') return terminal.refuse(EXIT.failed, 'reload-refused', { release: reloaded.release.slice(0, 12) });
    terminal.result(reloaded, () => terminal.say('reload.done', { release: reloaded.release.slice(0, 12) }));
    return EXIT.ok;
  },
};
