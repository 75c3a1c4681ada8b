import type { EraseAnswer, EraseOrder } from '#apps/server/erase-due.ts';
import { dataFolder } from '#apps/server/settings.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { nameOfDataSet } from '#engine/record/index.ts';
import type { Command } from './command.ts';
import { EXIT } from './exit.ts';
import { giveOrder } from './order.ts';
import { refuse } from './refusal.ts';

/** Removes what is kept no longer than the table of retention says. A running city does so every day. */
export const eraseDueCommand: Command = {
  name: 'erase --due',
  takes: [],
  options: { data: { type: 'string' }, 'as-of': { type: 'string' }, 'dry-run': { type: 'boolean' } },
  run: async ({ terminal, env, option, flag }) => {
    const asOf = option('as-of');
    const on = asOf === undefined ? undefined : parseDate(asOf);
    if (asOf !== undefined && on === undefined) return terminal.refuse(EXIT.usage, 'date-invalid', { option: '--as-of', value: asOf });
    const dryRun = flag('dry-run');
    const order: EraseOrder = { dryRun, ...(on !== undefined && { at: `${on}T00:00:00.000Z` }) };
    const given = await giveOrder({ terminal, env }, dataFolder(env, option('data')), 'erase-due', order);
    if (typeof given === 'number') return given;
    const found = given.answer as EraseAnswer;
    if (found.kind === 'key-missing') return refuse(terminal, found);
    if (found.kind !== 'erased') throw new Error('an order that the city does not know');
    const { sets } = found;
    terminal.result({ dryRun, sets }, () => {
      for (const { data, count } of sets) terminal.print(`${nameOfDataSet(data, terminal.locale)}  ${count}`);
      terminal.say(sets.length === 0 ? 'erase.none' : dryRun ? 'erase.would' : 'erase.done', { count: sets.reduce((sum, { count }) => sum + count, 0) });
    });
    return EXIT.ok;
  },
};
