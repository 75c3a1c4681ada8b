import { databaseUrlOf, keysOf, modeOf } from '#apps/server/settings.ts';
import { askStore } from '#apps/server/store-command.ts';
import type { StoreCommandName } from '#apps/server/store-command.ts';
import type { Call } from './command.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { refuse } from './refusal.ts';

/** Gives an order to the city of a data folder, or to its store where none runs; an exit where it was refused. What it answers is as the command on the other end says: it is this code. */
export async function giveOrder({ terminal, env }: Pick<Call, 'terminal' | 'env'>, folder: string, name: StoreCommandName, order?: unknown): Promise<{ readonly answer: unknown } | Exit> {
  const answer = await askStore({ folder, databaseUrl: databaseUrlOf(env), keys: keysOf(env), mode: modeOf(env) }, name, order);
  if (answer.kind === 'refused') return refuse(terminal, answer.refusal);
  if (answer.kind !== 'json') return terminal.refuse(EXIT.fault, 'server-failed', { problem: answer.kind === 'failed' ? answer.problem : '' });
  return { answer: answer.value };
}
