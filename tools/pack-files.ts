import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { PackFiles } from '#engine/pack/index.ts';

/** The files of a pack of this repository, for tests and tools. */
export function packFiles(name: 'jinhua' | 'lantern-bay'): PackFiles {
  const root = join(import.meta.dirname, '..', 'packs', name);
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(files.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [relative(root, path).replaceAll(sep, '/'), new Uint8Array(readFileSync(path))];
  }));
}
