import type { ArchiveRefusal } from '#adapters/store/index.ts';
import type { ServeRefusal } from '#apps/server/serve.ts';
import type { SettingsRefusal } from '#apps/server/settings.ts';
import type { StoreAnswer } from '#apps/server/store-command.ts';
import { printAny } from '#engine/delivery/index.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import type { Data, Terminal } from './terminal.ts';

export type Refusal = SettingsRefusal | ServeRefusal | ArchiveRefusal | Extract<StoreAnswer, { kind: 'refused' }>['refusal'];

/** How a command ends for each reason; the words stand in the messages under `refusal.<kind>`. */
const EXITS = {
  'port-invalid': EXIT.usage, 'today-invalid': EXIT.usage, 'mode-invalid': EXIT.usage, 'desk-invalid': EXIT.usage, 'database-url-invalid': EXIT.usage, 'origin-invalid': EXIT.usage, 'oidc-incomplete': EXIT.usage, 'smtp-invalid': EXIT.usage, 'sms-invalid': EXIT.usage, 'sms-incomplete': EXIT.usage,
  'production-refuses': EXIT.usage, 'production-needs-postgres': EXIT.usage, 'production-needs-key': EXIT.usage, 'folder-missing': EXIT.usage, 'pack-missing': EXIT.usage,
  'pack-faulty': EXIT.failed,
  'port-taken': EXIT.environment, 'port-forbidden': EXIT.environment, 'host-unknown': EXIT.environment,
  'folder-taken': EXIT.environment, 'folder-unwritable': EXIT.environment, 'folder-too-deep': EXIT.environment,
  'database-unreachable': EXIT.environment, 'server-too-old': EXIT.environment, 'database-newer': EXIT.environment, 'migration-changed': EXIT.environment,
  'other-city': EXIT.environment, 'key-invalid': EXIT.environment, 'key-missing': EXIT.environment, 'key-other': EXIT.environment,
  'archive-damaged': EXIT.failed, 'archive-other-format': EXIT.environment, 'archive-other-schema': EXIT.environment, 'store-not-empty': EXIT.environment,
} as const satisfies Record<Refusal['kind'], Exit>;

/** Says why, and gives the exit code. A faulty pack shows what is wrong with it first, as a compiler does. */
export function refuse(terminal: Terminal, refusal: Refusal): Exit {
  if (refusal.kind === 'pack-faulty') {
    const { diagnostics, texts } = refusal.load;
    for (const diagnostic of diagnostics) terminal.note(`${printAny(diagnostic, texts, terminal.locale)}\n`);
    return terminal.refuse(EXITS[refusal.kind], refusal.kind, { count: diagnostics.filter(({ severity }) => severity === 'error').length });
  }
  return terminal.refuse(EXITS[refusal.kind], refusal.kind, dataOf(refusal));
}

/** The plain values of a refusal, and the process that holds a folder. */
function dataOf(refusal: Refusal): Data {
  const plain = Object.entries(refusal).filter((entry): entry is [string, string | number] => entry[0] !== 'kind' && (typeof entry[1] === 'string' || typeof entry[1] === 'number'));
  return { ...Object.fromEntries(plain), ...(refusal.kind === 'folder-taken' ? { pid: refusal.by.pid } : {}) };
}
