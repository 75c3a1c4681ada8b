import { readdirSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { join, sep } from 'node:path';

/** Editors save in several steps; what happens within this time is one save. */
const PAUSE_MILLISECONDS = 60;

/**
 * Calls back after each save of a file below the folders. What starts with a dot, and file names that `ignores` takes,
 * are not watched; a folder that is missing is left out. Gives what ends the watch.
 *
 * Each folder is watched by itself: a watch on a file is lost when an editor replaces the file.
 */
export function watchFolders(folders: readonly string[], saved: () => void, ignores: (name: string) => boolean = () => false): () => void {
  const watchers = new Map<string, FSWatcher>();
  let pause: NodeJS.Timeout | undefined;
  const forget = (folder: string): void => {
    for (const [path, watcher] of watchers) {
      if (path !== folder && !path.startsWith(folder + sep)) continue;
      watcher.close();
      watchers.delete(path);
    }
  };
  const follow = (): void => {
    for (const folder of folders.flatMap(foldersBelow).filter((one) => !watchers.has(one))) {
      try {
        watchers.set(folder, watch(folder, (_, name) => heard(folder, name)).on('error', () => forget(folder)));
      } catch {
        // Gone between the listing and the watch: its parent tells when it comes back.
      }
    }
  };
  const heard = (folder: string, name: string | null): void => {
    if (name !== null && (name.startsWith('.') || ignores(name))) return;
    // A folder that was replaced by one of the same name is watched afresh.
    if (name !== null) forget(join(folder, name));
    clearTimeout(pause);
    pause = setTimeout(() => {
      follow();
      saved();
    }, PAUSE_MILLISECONDS);
  };
  follow();
  return () => {
    clearTimeout(pause);
    for (const folder of folders) forget(folder);
  };
}

/** A folder and those below it; none where it is gone. */
function foldersBelow(folder: string): string[] {
  try {
    const inner = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
    return [folder, ...inner.flatMap((entry) => foldersBelow(join(folder, entry.name)))];
  } catch {
    return [];
  }
}
