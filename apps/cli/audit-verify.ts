import type { Verification } from '#adapters/store/index.ts';
import { dataFolder } from '#apps/server/settings.ts';
import type { Command } from './command.ts';
import { EXIT } from './exit.ts';
import { giveOrder } from './order.ts';

/** Verifies every chain of the log, and the payloads where there is a key. */
export const auditVerifyCommand: Command = {
  name: 'audit verify',
  takes: [],
  options: { data: { type: 'string' } },
  run: async ({ terminal, env, option }) => {
    const given = await giveOrder({ terminal, env }, dataFolder(env, option('data')), 'audit-verify');
    if (typeof given === 'number') return given;
    const found = given.answer as Verification & { readonly opened: boolean };
    terminal.result({ verification: found }, () => {
      terminal.say(found.faults.length === 0 ? 'audit.whole' : 'audit.broken', { streams: found.streams, entries: found.entries, payloads: found.payloads, erased: found.erased, faults: found.faults.length });
      if (!found.opened) terminal.say('audit.unopened');
      for (const { kind, stream, sequence } of found.faults) terminal.say(`audit.fault.${kind}`, { stream, sequence });
      terminal.say('audit.digest', { digest: found.digest });
    });
    return found.faults.length === 0 ? EXIT.ok : EXIT.failed;
  },
};
