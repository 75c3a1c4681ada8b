import { sql } from 'kysely';
import { bundleStream } from '#engine/casework/index.ts';
import { foldBundle } from '#engine/contact/index.ts';
import type { Session } from './database.ts';
import { readStream } from './log.ts';
import type { Vault } from './vault.ts';

/** Drops every bundle of letters and makes them again from the log. What was sent stays sent; which letters are in which bundle is made again too. */
export async function rebuildLetters(session: Session, vault: Vault): Promise<void> {
  await sql`delete from letter_bundle`.execute(session);
  await sql`update outbox set bundle = null where bundle is not null`.execute(session);
  const prefix = bundleStream('');
  const { rows } = await sql<{ stream: string }>`select distinct stream from log_entry where starts_with(stream, ${prefix}) order by stream`.execute(session);
  for (const { stream } of rows) {
    // oxlint-disable-next-line no-await-in-loop -- one transaction runs one statement at a time
    const entries = await readStream(session, vault, stream);
    const [bundle, last, id] = [foldBundle(entries), entries.at(-1), stream.slice(prefix.length)];
    if (!bundle || !last) continue;
    const { areas, takenBy, takenAt, ended, letters } = bundle;
    // oxlint-disable-next-line no-await-in-loop -- as above
    await session.insertInto('letter_bundle').values({ id, sequence: last.sequence, areas: [...areas], taken_by: takenBy, taken_at: takenAt, posted_on: ended?.kind === 'posted' ? ended.on : null, ended_at: ended === null ? null : last.at }).execute();
    // oxlint-disable-next-line no-await-in-loop -- as above
    if (ended?.kind !== 'given-back') await sql`update outbox set bundle = ${id} where id = any (${[...letters]}::text[])`.execute(session);
  }
}
