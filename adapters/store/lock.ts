import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Who holds a data folder. */
export interface Holder {
  readonly pid: number;
  /** When the process began, as the kernel counts; a process id that was given out again does not match. */
  readonly began: string;
}

export type Lock =
  | { readonly kind: 'held'; readonly release: () => void }
  | { readonly kind: 'taken'; readonly by: Holder };

/**
 * Takes a data folder for this process alone: two embedded databases on one folder would silently lose rows.
 *
 * A lock whose process is gone is taken over. Throws where the folder cannot be made or written.
 */
export function lockFolder(folder: string): Lock {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'lock');
  const own: Holder = { pid: process.pid, began: beginOf(process.pid) ?? '' };
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(file, JSON.stringify(own), { flag: 'wx' });
      return { kind: 'held', release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const by = holderOf(file);
    if (by && beginOf(by.pid) === by.began) return { kind: 'taken', by };
    rmSync(file, { force: true });
  }
  return { kind: 'taken', by: own };
}

function holderOf(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** When a process began; the same for every live process where the system does not tell; undefined where it is gone. */
function beginOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')')).split(' ');
    // One that has ended and that nobody has waited for holds nothing any more.
    return fields[1] === 'Z' || fields[1] === 'X' ? undefined : fields[20];
  } catch {
    try {
      process.kill(pid, 0);
      return 'alive';
    } catch {
      return undefined;
    }
  }
}
