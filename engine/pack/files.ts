import { createHash } from 'node:crypto';

/** The files of a pack: path relative to its root, with `/`, to bytes. */
export type PackFiles = ReadonlyMap<string, Uint8Array>;

/**
 * The SHA-256 of a pack in hex: of each path, length and content in the order of the paths.
 *
 * Two packs have the same digest when and only when they hold the same files, whatever the order they were read in.
 */
export function packDigest(files: PackFiles): string {
  const hash = createHash('sha256');
  for (const [path, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/** The text of a file, or undefined where its bytes are not UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
}
