import { sql } from 'kysely';
import { foldMatter } from '#engine/voice/index.ts';
import type { Session } from '../database.ts';
import { readStream } from '../log.ts';
import type { Vault } from '../vault.ts';
import { putMatters, putVoice, rowOfMatter } from './read-model.ts';

/** Drops what ratings and matters come to and makes it again from the log. Drafts and pictures are no folds and stay. */
export async function rebuildVoice(session: Session, vault: Vault): Promise<void> {
  for (const table of ['voice_link', 'voice_rating', 'voice_matter']) await sql`delete from ${sql.table(table)}`.execute(session);
  const { rows } = await sql<{ stream: string }>`select distinct stream from log_entry where stream like 'case/voice/%' or stream like 'case/matter/%' order by stream`.execute(session);
  for (const { stream } of rows) {
    const records = await readStream(session, vault, stream);
    if (stream.startsWith('case/voice/')) await putVoice(session, records);
    else {
      const matter = foldMatter(records);
      if (matter) await putMatters(session, [rowOfMatter(matter, records.at(-1)?.sequence ?? 0)]);
    }
  }
}

/** Forgets what stood on streams that were erased, pictures included. */
export async function forgetVoice(session: Session, streams: readonly string[]): Promise<void> {
  const named = (type: string): string[] => streams.filter((stream) => stream.startsWith(`case/${type}/`)).map((stream) => stream.slice(type.length + 6));
  for (const table of ['voice_link', 'voice_rating', 'voice_draft']) await sql`delete from ${sql.table(table)} where subject_key = any (${named('voice')}::text[])`.execute(session);
  await sql`delete from voice_matter where id = any (${named('matter')}::text[])`.execute(session);
  await sql`delete from voice_photo where matter = any (${named('matter')}::text[])`.execute(session);
}
