import { gunzipSync, gzipSync } from 'node:zlib';
import { packDigest } from '#engine/pack/index.ts';
import type { PackFiles } from '#engine/pack/index.ts';
import type { Database, Session } from './database.ts';

/** A pack in force, and since when. */
export interface Activation {
  readonly digest: string;
  readonly activatedAt: string;
}

export type ActivationRefusal = { readonly kind: 'other-city'; readonly holds: string; readonly wanted: string };

/**
 * Puts a pack in force (contract 10): stores its bytes once under their digest and notes the instant.
 *
 * The pack already in force stays in force with its own instant. A database of another plan is refused.
 */
export async function activatePack(database: Database, planId: string, files: PackFiles, now: string): Promise<Activation | ActivationRefusal> {
  const digest = packDigest(files);
  return database.system('activate a pack', async (session) => {
    await session.insertInto('city').values({ only_row: true, plan_id: planId, created_at: now }).onConflict((conflict) => conflict.doNothing()).execute();
    const { plan_id: holds } = await session.selectFrom('city').select('plan_id').executeTakeFirstOrThrow();
    if (holds !== planId) return { kind: 'other-city', holds, wanted: planId };
    const last = await session.selectFrom('pack_activation').selectAll().orderBy('number', 'desc').limit(1).executeTakeFirst();
    if (last?.digest === digest) return { digest, activatedAt: last.activated_at };
    await session.insertInto('pack_release').values({ digest, plan_id: planId, bytes: packBytes(files), stored_at: now }).onConflict((conflict) => conflict.doNothing()).execute();
    await session.insertInto('pack_activation').values({ number: (last?.number ?? 0) + 1, digest, activated_at: now }).execute();
    return { digest, activatedAt: now };
  });
}

/** Every activation, the oldest first. */
export function activations(session: Session): Promise<readonly { readonly number: number; readonly digest: string; readonly activated_at: string }[]> {
  return session.selectFrom('pack_activation').selectAll().orderBy('number').execute();
}

/** The files of a stored pack, byte for byte; undefined where no pack has the digest. A damaged one is a fault. */
export async function releasedPack(session: Session, digest: string): Promise<PackFiles | undefined> {
  const row = await session.selectFrom('pack_release').select('bytes').where('digest', '=', digest).executeTakeFirst();
  if (!row) return undefined;
  const files = packFilesOf(row.bytes);
  if (packDigest(files) !== digest) throw new Error('a stored pack no longer has its digest');
  return files;
}

/** A pack as one compressed run of bytes: for each file the lengths of path and content, then both. */
function packBytes(files: PackFiles): Uint8Array {
  const parts = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([path, content]) => {
    const name = Buffer.from(path);
    const head = Buffer.alloc(8);
    head.writeUInt32BE(name.length, 0);
    head.writeUInt32BE(content.length, 4);
    return [head, name, content];
  });
  return new Uint8Array(gzipSync(Buffer.concat(parts)));
}

function packFilesOf(bytes: Uint8Array): PackFiles {
  const all = gunzipSync(bytes);
  const files = new Map<string, Uint8Array>();
  for (let at = 0; at < all.length; ) {
    const [name, content] = [all.readUInt32BE(at), all.readUInt32BE(at + 4)];
    const start = at + 8 + name;
    files.set(all.toString('utf8', at + 8, start), new Uint8Array(all.subarray(start, start + content)));
    at = start + content;
  }
  return files;
}
