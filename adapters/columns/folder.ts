import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/*
 * A folder whose content is replaced as a whole: versions stand side by side, and the file `current` names the one
 * that holds. A crash at any moment leaves the last one that was finished.
 */

const CURRENT = 'current';

/** What is about people is read by the account that runs the city, and by nobody else of the machine. */
export const PRIVATE = { file: 0o600, folder: 0o700 } as const;

/** A new version being written; it holds only once `publish` has returned. */
export interface Draft {
  readonly folder: string;
  readonly publish: () => void;
  readonly discard: () => void;
}

/** `keep`: versions that were finished before stay; else only the new one does. What a crash left half-written goes either way. */
export function draftIn(root: string, { keep = false }: { readonly keep?: boolean } = {}): Draft {
  mkdirSync(root, { recursive: true, mode: PRIVATE.folder });
  const number = 1 + Math.max(0, ...readdirSync(root).map((name) => Number(/^v(\d+)/.exec(name)?.[1] ?? 0)));
  const name = `v${number}`;
  const folder = join(root, `${name}.draft`);
  mkdirSync(folder, { mode: PRIVATE.folder });
  const publish = (): void => {
    syncFolder(folder);
    renameSync(folder, join(root, name));
    writeSynced(join(root, `${CURRENT}.draft`), name);
    renameSync(join(root, `${CURRENT}.draft`), join(root, CURRENT));
    syncFolder(root);
    for (const other of readdirSync(root)) if (other !== name && (keep ? /^v\d+\.draft$/ : /^v\d+/).test(other)) rmSync(join(root, other), { recursive: true, force: true });
  };
  return { folder, publish, discard: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The folder that holds, or undefined where none was ever finished. */
export function currentIn(root: string): string | undefined {
  const pointer = join(root, CURRENT);
  if (!existsSync(pointer)) return undefined;
  const folder = join(root, readFileSync(pointer, 'utf8').trim());
  return existsSync(folder) ? folder : undefined;
}

export function writeSynced(path: string, bytes: string | Uint8Array): void {
  const handle = openSync(path, 'w', PRIVATE.file);
  try {
    if (typeof bytes === 'string') writeSync(handle, bytes);
    else writeAll(handle, bytes);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A file beside the one that it will be: whoever writes it calls `settle` when it is whole. */
export const draftOf = (path: string): string => `${path}.draft`;

/** Brings the draft of a file to the disk and puts it in its place; a crash before that leaves what was there. */
export function settle(path: string): void {
  syncFile(draftOf(path));
  renameSync(draftOf(path), path);
  syncFolder(dirname(path));
}

/** Writes a whole file at once, or leaves what was there. */
export function writeWhole(path: string, bytes: string | Uint8Array): void {
  writeSynced(draftOf(path), bytes);
  settle(path);
}

/** Writes all bytes, at a position or where the file stands. */
export function writeAll(handle: number, bytes: Uint8Array, position?: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done, bytes.length - done, position === undefined ? null : position + done);
}

/** Brings the names in a folder to the disk; what stands in its files is their writers' matter. */
export function syncFolder(folder: string): void {
  syncFile(folder);
}

/** Brings what was written to a file to the disk. */
export function syncFile(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
