import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemClock } from '#adapters/clock/index.ts';
import { readPack } from '#apps/server/read-pack.ts';
import type { PackReading } from '#apps/server/read-pack.ts';
import { packFolder } from '#apps/server/settings.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate, Diagnostic } from '#engine/kernel/index.ts';
import type { PackFiles } from '#engine/pack/index.ts';
import type { Call } from './command.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { refuse } from './refusal.ts';

export type ReadablePack = Extract<PackReading, { kind: 'pack' }> & { readonly folder: string; readonly today: CalendarDate };

/** The pack folder that a command names with `--pack`, or the usual one; an exit code where it cannot be read, which has been told. The day is today where the plan is, or the fixed one of a demonstration. */
export function packOf({ terminal, env, option }: Call): ReadablePack | Exit {
  const folder = packFolder(env, option('pack'));
  const reading = readPack(folder);
  if (reading.kind !== 'pack') return refuse(terminal, reading);
  return { ...reading, folder, today: systemClock(parseDate(env['MINSHENG_TODAY'] ?? '')).today(reading.pack.plan.calendar.zone) };
}

/** Writes the files of a pack that differ from those it had, each whole or not at all; gives their paths, or the problem. */
export function writeChanged({ folder, files }: ReadablePack, next: PackFiles): { readonly written: readonly string[] } | { readonly problem: string } {
  // Sources first, for the others name them; the history last, for it tells what was done.
  const rank = (path: string): number => (path === 'sources.yaml' ? 0 : path === 'history.yaml' ? 2 : 1);
  const changed = [...next].filter(([path, bytes]) => !sameBytes(files.get(path), bytes)).sort(([a], [b]) => rank(a) - rank(b));
  try {
    for (const [path, bytes] of changed) {
      const target = join(folder, path);
      mkdirSync(dirname(target), { recursive: true });
      // Beside the pack's files under a name that no reader takes for one of them, then in its place at once.
      const beside = join(dirname(target), `.${path.slice(path.lastIndexOf('/') + 1)}.new`);
      writeFileSync(beside, bytes);
      renameSync(beside, target);
    }
    return { written: changed.map(([path]) => path).sort() };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a !== undefined && a.length === b.length && Buffer.compare(a, b) === 0;
}

/** A change that would make the pack faulty is not made: what would be wrong is told, with the texts as they would be. */
export function refuseFaulty({ terminal }: Call, errors: readonly Diagnostic[], describe: (diagnostic: Diagnostic) => string): Exit {
  for (const one of errors) terminal.note(`${describe(one)}\n`);
  return terminal.refuse(EXIT.failed, 'change-faulty', { count: errors.length });
}
