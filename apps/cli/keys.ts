import { systemRandom } from '#adapters/clock/index.ts';
import { openVault } from '#adapters/store/index.ts';
import type { KeysAnswer, KeysOrder } from '#apps/server/keys.ts';
import { dataFolder, keysOf, modeOf } from '#apps/server/settings.ts';
import type { Call, Command } from './command.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { giveOrder } from './order.ts';
import { refuse } from './refusal.ts';

type Step = Extract<KeysAnswer, { kind: 'step' }>;

/**
 * Seals everything with the first key of MINSHENG_KEY: data keys of releases, and the store row by row. Beside a running
 * city it does so through the city. Stopped at any moment it is run again; when it has ended, the older keys can be dropped.
 */
export const keysRotateCommand: Command = {
  name: 'keys rotate',
  takes: [],
  options: { data: { type: 'string' } },
  run: async ({ terminal, env, option }) => {
    const folder = dataFolder(env, option('data'));
    const vault = openVault({ folder, keys: keysOf(env), file: modeOf(env) === 'demo' ? 'read' : 'none' }, systemRandom);
    if (vault.kind === 'refused' && vault.refusal.kind !== 'key-missing') return refuse(terminal, vault.refusal);
    const order: KeysOrder = { folder, ...(vault.kind === 'vault' && { mark: Buffer.from(vault.vault.mark).toString('hex') }) };
    const first = await ask({ terminal, env }, folder, order);
    if (typeof first === 'number') return first;
    const all = first.left ?? 0;
    let [resealed, at]: [number, Step] = [0, first];
    while (at.next) {
      terminal.note(terminal.word('keys.progress', { done: resealed, all }));
      // oxlint-disable-next-line no-await-in-loop -- each goes on where the one before has ended
      const step = await ask({ terminal, env }, folder, { ...order, from: { at: at.next.at, after: [...at.next.after] } });
      if (typeof step === 'number') return step;
      resealed += step.resealed;
      at = step;
    }
    const left = at.left ?? 0;
    terminal.result({ resealed, releases: first.releases, left }, () => terminal.say(left === 0 ? 'keys.done' : 'keys.left', { resealed, releases: first.releases, left }));
    return left === 0 ? EXIT.ok : EXIT.failed;
  },
};

async function ask(call: Pick<Call, 'terminal' | 'env'>, folder: string, order: KeysOrder): Promise<Step | Exit> {
  const { terminal } = call;
  const given = await giveOrder(call, folder, 'keys', order);
  if (typeof given === 'number') return given;
  const found = given.answer as KeysAnswer;
  switch (found.kind) {
    case 'step': return found;
    case 'key-missing': return refuse(terminal, found);
    case 'key-behind': return terminal.refuse(EXIT.environment, 'key-behind');
    case 'order-wrong': throw new Error('an order that the city does not know');
    default: return found satisfies never;
  }
}
