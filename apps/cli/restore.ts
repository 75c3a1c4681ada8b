import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { systemClock } from '#adapters/clock/index.ts';
import { openStore, restoreArchive, summaryOf } from '#adapters/store/index.ts';
import { dataFolder, databaseUrlOf } from '#apps/server/settings.ts';
import type { Command } from './command.ts';
import { EXIT } from './exit.ts';
import { refuse } from './refusal.ts';

/** Fills an empty store from a backup: all of it or nothing. A folder whose server runs is not empty, so the lock says no. */
export const restoreCommand: Command = {
  name: 'restore',
  takes: ['FILE'],
  options: { data: { type: 'string' } },
  run: async ({ terminal, env, option, given: [name = ''] }) => {
    const folder = dataFolder(env, option('data'));
    const bytes = read(resolve(name));
    if (!bytes) return terminal.refuse(EXIT.usage, 'file-missing', { file: resolve(name) });
    // Told before the folder is made.
    if (!summaryOf(bytes)) return refuse(terminal, { kind: 'archive-damaged' });
    const opening = await openStore({ folder, databaseUrl: databaseUrlOf(env) }, systemClock().now());
    if (opening.kind === 'refused') return refuse(terminal, opening.refusal);
    try {
      const outcome = await restoreArchive(opening.database, bytes);
      if ('kind' in outcome) return refuse(terminal, outcome);
      terminal.result({ restored: { folder, ...outcome } }, () => terminal.say('restore.done', { folder, rows: outcome.rows, plan: outcome.planId ?? '' }));
      return EXIT.ok;
    } finally {
      await opening.database.close();
    }
  },
};

function read(file: string): Uint8Array | undefined {
  try {
    return new Uint8Array(readFileSync(file));
  } catch {
    return undefined;
  }
}
