import { createHash } from 'node:crypto';
import type { Session } from './database.ts';
import type { ItemKey } from './read-model.ts';
import type { Vault } from './vault.ts';

/** A file beside the entry that says that it was kept. */
export interface EvidenceFile extends ItemKey {
  readonly subjectKey: string;
  readonly householdKey: string | null;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** Where a file is sealed for. */
export const evidencePlace = ({ stream, number }: ItemKey): string => `evidence\n${stream}\n${number}`;

/** The digest by which the log names a file, in hex. */
export const digestOfEvidence = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Keeps a file, sealed for its place. The entry that names it has been appended before, in the same transaction. */
export async function keepEvidence(session: Session, vault: Vault, { stream, number, subjectKey, householdKey, mediaType, bytes }: EvidenceFile): Promise<void> {
  await session.insertInto('evidence').values({
    stream, number, subject_key: subjectKey, household_key: householdKey, sha256: Buffer.from(digestOfEvidence(bytes), 'hex'), media_type: mediaType, size: bytes.length, body: vault.seal(bytes, evidencePlace({ stream, number })),
  }).execute();
}

/** A file; undefined where there is none, or the principal may not see it. A fault where it is not the one that the log names. */
export async function evidenceAt(session: Session, vault: Vault, key: ItemKey): Promise<{ readonly mediaType: string; readonly bytes: Uint8Array } | undefined> {
  const row = await session.selectFrom('evidence').select(['body', 'media_type', 'sha256']).where('stream', '=', key.stream).where('number', '=', key.number).executeTakeFirst();
  if (!row) return undefined;
  const bytes = vault.open(row.body, evidencePlace(key));
  if (digestOfEvidence(bytes) !== Buffer.from(row.sha256).toString('hex')) throw new Error('a file is not the one that its digest names');
  return { mediaType: row.media_type, bytes };
}
