import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { summaryOf } from '#adapters/store/index.ts';
import { dataFolder, databaseUrlOf } from '#apps/server/settings.ts';
import { askStore } from '#apps/server/store-command.ts';
import type { Command } from './command.ts';
import { EXIT } from './exit.ts';
import { refuse } from './refusal.ts';

/** Writes everything in the store to one file: all of it or none. */
export const backupCommand: Command = {
  name: 'backup',
  takes: ['FILE'],
  options: { data: { type: 'string' } },
  run: async ({ terminal, env, option, given: [name = ''] }) => {
    const folder = dataFolder(env, option('data'));
    const file = resolve(name);
    if (existsSync(file)) return terminal.refuse(EXIT.usage, 'file-exists', { file });
    // An archive holds what is sealed as it is sealed: no key is needed, and none is in it.
    const archive = await askStore({ folder, databaseUrl: databaseUrlOf(env), keys: undefined, mode: 'production' }, 'archive');
    if (archive.kind === 'refused') return refuse(terminal, archive.refusal);
    if (archive.kind !== 'bytes') return terminal.refuse(EXIT.fault, 'server-failed', { problem: archive.kind === 'failed' ? archive.problem : '' });
    const problem = writeWhole(file, archive.bytes);
    if (problem !== undefined) return terminal.refuse(EXIT.environment, 'file-unwritable', { file, problem });
    const summary = summaryOf(archive.bytes);
    terminal.result({ backup: { file, bytes: archive.bytes.length, ...summary } }, () => {
      terminal.say('backup.done', { file, rows: summary?.rows ?? 0, plan: summary?.planId ?? '' });
      terminal.say('backup.key');
    });
    return EXIT.ok;
  },
};

/** Writes beside the file and renames, so that a file with this name is always whole; gives the problem, if any. */
function writeWhole(file: string, bytes: Uint8Array): string | undefined {
  const beside = `${file}.${process.pid}.part`;
  try {
    writeFileSync(beside, bytes, { mode: 0o600, flush: true });
    renameSync(beside, file);
    return undefined;
  } catch (error) {
    rmSync(beside, { force: true });
    return error instanceof Error ? error.message : String(error);
  }
}
