import { join } from 'node:path';
import { readPackFolder } from '#adapters/folder/index.ts';
import type { PackFiles } from '#engine/pack/index.ts';

/** The files of a pack of this repository, for tests and tools. */
export function packFiles(name: 'jinhua' | 'lantern-bay'): PackFiles {
  const files = readPackFolder(join(import.meta.dirname, '..', 'packs', name));
  if (!files) throw new Error(`packs/${name} is missing`);
  return files;
}
