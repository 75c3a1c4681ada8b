import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { overlayLine, readOverlay } from '#engine/population/index.ts';
import type { Correction } from '#engine/population/index.ts';
import { PRIVATE, writeAll } from './folder.ts';
import type { Release } from './release.ts';
import { LineCipher, openDataKey } from './seal.ts';

/** The overlay of a release: it lies beside the releases, for they never change. Another release begins with none. */
const overlayFile = (root: string, { id }: Pick<Release, 'id'>): string => join(root, `overlay-${id}.log`);

/** Whose overlay: its folder holds the key that seals what is added. */
type Overlaid = Pick<Release, 'id'> & Partial<Pick<Release, 'folder' | 'sealing'>>;

function cipherOf({ folder, sealing }: Overlaid): LineCipher | undefined {
  const key = folder === undefined || !sealing ? undefined : openDataKey(folder, sealing);
  return key && new LineCipher(key);
}

/** Adds corrections; they are on the disk when this returns. A line that a crash cut off is closed first, so that it harms no other. Where the release has a key they are sealed line by line. */
export function appendOverlay(root: string, release: Overlaid, corrections: readonly Correction[]): void {
  mkdirSync(root, { recursive: true, mode: PRIVATE.folder });
  const path = overlayFile(root, release);
  const torn = existsSync(path) && !/(?:^|\n)$/.test(readFileSync(path, 'utf8').slice(-1));
  const cipher = cipherOf(release);
  const lines = corrections.map((one) => (cipher ? cipher.seal(overlayLine(one)) : overlayLine(one)));
  const handle = openSync(path, 'a', PRIVATE.file);
  try {
    writeAll(handle, new TextEncoder().encode(`${torn ? '\n' : ''}${lines.join('')}`));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Everything that was added to a release, in order. A sealed line that does not open is a damaged one. */
export function openOverlay(root: string, release: Overlaid): ReturnType<typeof readOverlay> {
  const path = overlayFile(root, release);
  if (!existsSync(path)) return { corrections: [], damaged: 0 };
  const cipher = cipherOf(release);
  return readOverlay(readFileSync(path, 'utf8').split('\n').map((line) => cipher?.open(line) ?? line).join('\n'));
}
