import { existsSync } from 'node:fs';
import { openStore, openVault, verifyLog, writeArchive } from '#adapters/store/index.ts';
import type { Database, StoreLocation, StoreRefusal, Vault, VaultRefusal } from '#adapters/store/index.ts';
import { systemClock, systemRandom } from '#adapters/clock/index.ts';
import type { Clock, Random } from '#engine/ports.ts';
import { askServer } from './control.ts';
import { doEraseDue } from './erase-due.ts';
import { doGrantCommand } from './grants/command.ts';
import { doStaffCommand } from './staff/command.ts';
import type { Control, ControlAnswer } from './control.ts';
import { doKeys } from './keys.ts';
import type { LiveCity } from './live-city.ts';
import { doAnswer } from './record/command.ts';
import { doVoiceCommand } from './voice/command.ts';

/** What a command of the store works on. */
export interface StoreHold {
  readonly database: Database;
  /** Undefined where a command line has no key: a command that needs one says so. */
  readonly vault: Vault | undefined;
  readonly clock: Clock;
  readonly random: Random;
  /** Whether the accounts that a pack has for its demonstration are anybody's. */
  readonly mode: 'demo' | 'production';
  /** The city that runs on the store; a command line that found none running opens what it needs of one itself. */
  readonly live?: LiveCity | undefined;
}

type StoreCommand = (hold: StoreHold, input: unknown) => Promise<ControlAnswer>;

/** The commands of the store: the same whether the running server does them or a command line that found none running. */
export const STORE_COMMANDS = {
  /** The store as an archive. */
  archive: async ({ database, clock }) => ({ kind: 'bytes', bytes: (await writeArchive(database, clock.now())).bytes }),
  /** Every chain of the log verified; payloads too where there is a key. */
  'audit-verify': async ({ database, vault }) => ({ kind: 'json', value: { ...(await database.system('verify the log', (session) => verifyLog(session, vault))), opened: vault !== undefined } }),
  /** A department answers somebody who says that a fact of theirs is wrong. */
  'answer-dispute': async (hold, input) => ({ kind: 'json', value: await doAnswer(hold, input) }),
  /** What is kept no longer than the table of retention says. */
  'erase-due': async (hold, input) => ({ kind: 'json', value: await doEraseDue(hold, input) }),
  /** Grants and money; the order says what. */
  grants: async (hold, input) => ({ kind: 'json', value: await doGrantCommand(hold, input) }),
  /** Everything sealed with the first key, some way at a time. */
  keys: async (hold, input) => ({ kind: 'json', value: await doKeys(hold, input) }),
  /** What staff do about what residents say; the order says what. */
  voice: async (hold, input) => ({ kind: 'json', value: await doVoiceCommand(hold, input) }),
  /** Accounts of staff; the order says what. */
  staff: async (hold, input) => ({ kind: 'json', value: await doStaffCommand(hold, input) }),
} as const satisfies Record<string, StoreCommand>;
export type StoreCommandName = keyof typeof STORE_COMMANDS;

/** The commands of the store as a running server takes them. */
export function storeControl(hold: StoreHold): Control {
  return Object.fromEntries(Object.entries<StoreCommand>(STORE_COMMANDS).map(([name, command]) => [name, (input: unknown) => command(hold, input)]));
}

/** Where a store is and what opens its payloads. */
export interface StorePlace extends StoreLocation {
  readonly keys: string | undefined;
  readonly mode: 'demo' | 'production';
}

export type StoreAnswer = ControlAnswer
  | { readonly kind: 'refused'; readonly refusal: StoreRefusal | VaultRefusal | { readonly kind: 'folder-missing'; readonly folder: string } }
  | { readonly kind: 'failed'; readonly problem: string };

/** Does a command of the store through the server that runs on the folder, else in the store itself, under its lock. */
export async function askStore(place: StorePlace, name: StoreCommandName, input?: unknown): Promise<StoreAnswer> {
  const served = await askServer(place.folder, name, input);
  if (served.kind !== 'absent') return served;
  // Without this a mistyped folder would be made.
  if (place.databaseUrl === undefined && !existsSync(place.folder)) return { kind: 'refused', refusal: { kind: 'folder-missing', folder: place.folder } };
  const clock = systemClock();
  const opening = await openStore(place, clock.now());
  if (opening.kind === 'refused') return opening;
  try {
    const vault = openVault({ ...place, file: place.mode === 'demo' ? (name === 'grants' || name === 'staff' ? 'make' : 'read') : 'none' }, systemRandom);
    if (vault.kind === 'refused' && vault.refusal.kind !== 'key-missing') return vault;
    const command: StoreCommand = STORE_COMMANDS[name];
    return await command({ database: opening.database, vault: vault.kind === 'vault' ? vault.vault : undefined, clock, random: systemRandom, mode: place.mode }, input);
  } finally {
    await opening.database.close();
  }
}
