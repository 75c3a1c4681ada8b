import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { overlayLine, readOverlay } from '#engine/population/index.ts';
import type { Correction } from '#engine/population/index.ts';
import { writeAll } from './folder.ts';
import type { Release } from './release.ts';

/** The overlay of a release: it lies beside the releases, for they never change. Another release begins with none. */
const overlayFile = (root: string, { id }: Pick<Release, 'id'>): string => join(root, `overlay-${id}.log`);

/** Adds corrections; they are on the disk when this returns. A line that a crash cut off is closed first, so that it harms no other. */
export function appendOverlay(root: string, release: Pick<Release, 'id'>, corrections: readonly Correction[]): void {
  mkdirSync(root, { recursive: true });
  const path = overlayFile(root, release);
  const torn = existsSync(path) && !/(?:^|\n)$/.test(readFileSync(path, 'utf8').slice(-1));
  const handle = openSync(path, 'a');
  try {
    writeAll(handle, new TextEncoder().encode(`${torn ? '\n' : ''}${corrections.map(overlayLine).join('')}`));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Everything that was added to a release, in order. */
export function openOverlay(root: string, release: Pick<Release, 'id'>): ReturnType<typeof readOverlay> {
  const path = overlayFile(root, release);
  return existsSync(path) ? readOverlay(readFileSync(path, 'utf8')) : { corrections: [], damaged: 0 };
}
