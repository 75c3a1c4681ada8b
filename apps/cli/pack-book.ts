import { readPack } from '#apps/server/read-pack.ts';
import type { PackReading } from '#apps/server/read-pack.ts';
import { linkRules } from '#engine/rules/index.ts';
import type { RuleBook } from '#engine/rules/index.ts';
import { packDigest } from '#engine/pack/index.ts';

/** The rules and facts of a pack folder, or why it cannot be read. */
export function openPack(folder: string): { readonly book: RuleBook; readonly digest: string } | Exclude<PackReading, { kind: 'pack' }> {
  const reading = readPack(folder);
  return reading.kind === 'pack' ? { book: linkRules(reading.pack).book, digest: packDigest(reading.files) } : reading;
}
