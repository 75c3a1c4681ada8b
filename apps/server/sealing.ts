import { mkdirSync } from 'node:fs';
import { systemRandom } from '#adapters/clock/index.ts';
import type { Sealing } from '#adapters/columns/index.ts';
import { openVault } from '#adapters/store/index.ts';
import type { Vault, VaultRefusal } from '#adapters/store/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import { sealedFacts } from '#engine/population/index.ts';
import type { Random } from '#engine/ports.ts';
import type { Settings } from './settings.ts';

/** What seals the releases of a city with this vault; undefined where there is no key, and then nothing that is sealed opens. */
export function sealingOf(vault: Pick<Vault, 'seal' | 'open'> | undefined, random: Random, pack: Pick<Pack, 'facts'>): Sealing | undefined {
  return vault && { seal: vault.seal, open: vault.open, random, facts: sealedFacts(pack) };
}

/**
 * The same for a command line, with the key that the settings name; in a demonstration the key file of the data folder, which
 * is made where it must be (`make`) or only read. Undefined where there is none.
 */
export function openSealing({ folder, keys, mode }: Pick<Settings, 'folder' | 'keys' | 'mode'>, pack: Pick<Pack, 'facts'>, file: 'make' | 'read'): Sealing | undefined | VaultRefusal {
  if (file === 'make' && mode === 'demo' && keys === undefined) mkdirSync(folder, { recursive: true });
  const opened = openVault({ folder, keys, file: mode === 'demo' ? file : 'none' }, systemRandom);
  if (opened.kind === 'vault') return sealingOf(opened.vault, systemRandom, pack);
  return opened.refusal.kind === 'key-missing' && file === 'read' ? undefined : opened.refusal;
}

/** Whether opening has been refused. */
export function isRefused(sealing: Sealing | undefined | VaultRefusal): sealing is VaultRefusal {
  return sealing !== undefined && 'kind' in sealing;
}
