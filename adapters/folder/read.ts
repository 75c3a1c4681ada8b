import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { PackFiles } from '#engine/pack/index.ts';

/**
 * The files of a pack on disk, or undefined where the folder is missing or cannot be read.
 *
 * What starts with a dot belongs to editors and version control, not to the pack.
 */
export function readPackFolder(folder: string): PackFiles | undefined {
  try {
    const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !relative(folder, path).split(sep).some((part) => part.startsWith('.')));
    return new Map(paths.map((path) => [relative(folder, path).replaceAll(sep, '/'), new Uint8Array(readFileSync(path))]));
  } catch {
    return undefined;
  }
}
