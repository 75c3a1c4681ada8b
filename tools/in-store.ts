import { systemRandom } from '#adapters/clock/index.ts';
import { openStore, openVault } from '#adapters/store/index.ts';
import type { Database, Vault } from '#adapters/store/index.ts';
import type { Environment } from './spawn-cli.ts';

/** Does something in the store of a place where no city runs. */
export async function inStore(place: Environment, at: string, work: (store: { readonly database: Database; readonly vault: Vault }) => Promise<void>): Promise<void> {
  const location = { folder: place['MINSHENG_DATA'] ?? '', databaseUrl: place['DATABASE_URL'] };
  const opening = await openStore(location, at);
  const vaulting = openVault({ ...location, keys: undefined, file: 'make' }, systemRandom);
  if (opening.kind !== 'open' || vaulting.kind !== 'vault') throw new Error('the store of the place does not open');
  try {
    await work({ database: opening.database, vault: vaulting.vault });
  } finally {
    await opening.database.close();
  }
}
