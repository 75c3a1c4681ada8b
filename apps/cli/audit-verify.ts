import type { Verification } from '#adapters/store/index.ts';
import { dataFolder, databaseUrlOf, keysOf, modeOf } from '#apps/server/settings.ts';
import { askStore } from '#apps/server/store-command.ts';
import type { Command } from './command.ts';
import { EXIT } from './exit.ts';
import { refuse } from './refusal.ts';

/** Verifies every chain of the log, and the payloads where there is a key. */
export const auditVerifyCommand: Command = {
  name: 'audit verify',
  takes: [],
  options: { data: { type: 'string' } },
  run: async ({ terminal, env, option }) => {
    const folder = dataFolder(env, option('data'));
    const answer = await askStore({ folder, databaseUrl: databaseUrlOf(env), keys: keysOf(env), mode: modeOf(env) }, 'audit-verify');
    if (answer.kind === 'refused') return refuse(terminal, answer.refusal);
    if (answer.kind !== 'json') return terminal.refuse(EXIT.fault, 'server-failed', { problem: answer.kind === 'failed' ? answer.problem : '' });
    // The other end is this code.
    const found = answer.value as Verification & { readonly opened: boolean };
    terminal.result({ verification: found }, () => {
      terminal.say(found.faults.length === 0 ? 'audit.whole' : 'audit.broken', { streams: found.streams, entries: found.entries, payloads: found.payloads, erased: found.erased, faults: found.faults.length });
      if (!found.opened) terminal.say('audit.unopened');
      for (const { kind, stream, sequence } of found.faults) terminal.say(`audit.fault.${kind}`, { stream, sequence });
      terminal.say('audit.digest', { digest: found.digest });
    });
    return found.faults.length === 0 ? EXIT.ok : EXIT.failed;
  },
};
