import { sql } from 'kysely';
import { mandatesOf } from './mandate.ts';
import type { Session } from './database.ts';
import { sessionPlace } from './session.ts';
import type { Vault } from './vault.ts';

/** What people are called, as far as the city knows it: by the leave that they signed, else as they last signed in. Nobody else is in it. */
export async function namesKnown(session: Session, vault: Vault, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(keys)];
  const { rows } = await sql<{ holder: string; token_hash: string; name: Uint8Array }>`
    select distinct on (holder) holder, token_hash, name from session where kind = 'person' and holder = any (${wanted}::text[]) order by holder, opened_at desc`.execute(session);
  const names = new Map(rows.map(({ holder, token_hash: id, name }) => [holder, new TextDecoder().decode(vault.open(name, sessionPlace(id)))]));
  const givers = await session.selectFrom('mandate').select('subject_key').distinct().where('subject_key', 'in', [...wanted, '']).execute();
  for (const { subject_key: giver } of givers) {
    // oxlint-disable-next-line no-await-in-loop -- one transaction runs one statement at a time
    const [newest] = await mandatesOf(session, vault, giver);
    if (newest && newest.giver !== '') names.set(giver, newest.giver);
  }
  return names;
}
