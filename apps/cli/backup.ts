import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { systemClock } from '#adapters/clock/index.ts';
import { openStore, summaryOf, writeArchive } from '#adapters/store/index.ts';
import type { StoreRefusal } from '#adapters/store/index.ts';
import { askServer } from '#apps/server/control.ts';
import { dataFolder, databaseUrlOf } from '#apps/server/settings.ts';
import type { Command } from './command.ts';
import { EXIT } from './exit.ts';
import { refuse } from './refusal.ts';

type Archive = { readonly kind: 'archive'; readonly bytes: Uint8Array } | { readonly kind: 'refused'; readonly refusal: StoreRefusal };

/** Writes everything in the store to one file: all of it or none. */
export const backupCommand: Command = {
  name: 'backup',
  takes: ['FILE'],
  options: { data: { type: 'string' } },
  run: async ({ terminal, env, option, given: [name = ''] }) => {
    const folder = dataFolder(env, option('data'));
    const file = resolve(name);
    if (existsSync(file)) return terminal.refuse(EXIT.usage, 'file-exists', { file });
    const databaseUrl = databaseUrlOf(env);
    // Without this a mistyped folder would be made, and its emptiness backed up.
    if (databaseUrl === undefined && !existsSync(folder)) return terminal.refuse(EXIT.usage, 'folder-missing', { folder });
    const archive = await archiveOf(folder, databaseUrl);
    if (archive.kind === 'refused') return refuse(terminal, archive.refusal);
    const problem = writeWhole(file, archive.bytes);
    if (problem !== undefined) return terminal.refuse(EXIT.environment, 'file-unwritable', { file, problem });
    const summary = summaryOf(archive.bytes);
    terminal.result({ backup: { file, bytes: archive.bytes.length, ...summary } }, () => terminal.say('backup.done', { file, rows: summary?.rows ?? 0, plan: summary?.planId ?? '' }));
    return EXIT.ok;
  },
};

/** The archive by the server that runs on the folder, else from the store itself, under its lock. */
async function archiveOf(folder: string, databaseUrl: string | undefined): Promise<Archive> {
  const served = await askServer(folder, 'archive');
  if (served) return { kind: 'archive', bytes: served };
  const now = systemClock().now();
  const opening = await openStore({ folder, databaseUrl }, now);
  if (opening.kind === 'refused') return opening;
  try {
    return { kind: 'archive', bytes: (await writeArchive(opening.database, now)).bytes };
  } finally {
    await opening.database.close();
  }
}

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
