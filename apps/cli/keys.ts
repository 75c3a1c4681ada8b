import { systemRandom } from '#adapters/clock/index.ts';
import { openVault } from '#adapters/store/index.ts';
import type { KeysAnswer, KeysOrder } from '#apps/server/keys.ts';
import { dataFolder, databaseUrlOf, keysOf, modeOf } from '#apps/server/settings.ts';
import { askStore } from '#apps/server/store-command.ts';
import type { StorePlace } from '#apps/server/store-command.ts';
import type { Command } from './command.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { refuse } from './refusal.ts';
import type { Terminal } from './terminal.ts';

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
    const place: StorePlace = { folder: dataFolder(env, option('data')), databaseUrl: databaseUrlOf(env), keys: keysOf(env), mode: modeOf(env) };
    const vault = openVault({ ...place, file: place.mode === 'demo' ? 'read' : 'none' }, systemRandom);
    if (vault.kind === 'refused' && vault.refusal.kind !== 'key-missing') return refuse(terminal, vault.refusal);
    const order: KeysOrder = { folder: place.folder, ...(vault.kind === 'vault' && { mark: Buffer.from(vault.vault.mark).toString('hex') }) };
    const first = await ask(terminal, place, order);
    if (typeof first === 'number') return first;
    const all = first.left ?? 0;
    let [resealed, at]: [number, Step] = [0, first];
    while (at.next) {
      terminal.note(terminal.word('keys.progress', { done: resealed, all }));
      // oxlint-disable-next-line no-await-in-loop -- each goes on where the one before has ended
      const step = await ask(terminal, place, { ...order, from: { at: at.next.at, after: [...at.next.after] } });
      if (typeof step === 'number') return step;
      resealed += step.resealed;
      at = step;
    }
    const left = at.left ?? 0;
    terminal.result({ resealed, releases: first.releases, left }, () => terminal.say(left === 0 ? 'keys.done' : 'keys.left', { resealed, releases: first.releases, left }));
    return left === 0 ? EXIT.ok : EXIT.failed;
  },
};

async function ask(terminal: Terminal, place: StorePlace, order: KeysOrder): Promise<Step | Exit> {
  const answer = await askStore(place, 'keys', order);
  if (answer.kind === 'refused') return refuse(terminal, answer.refusal);
  if (answer.kind !== 'json') return terminal.refuse(EXIT.fault, 'server-failed', { problem: answer.kind === 'failed' ? answer.problem : '' });
  // The other end is this code.
  const found = answer.value as KeysAnswer;
  switch (found.kind) {
    case 'step': return found;
    case 'key-missing': return refuse(terminal, found);
    case 'key-behind': return terminal.refuse(EXIT.environment, 'key-behind');
    case 'order-wrong': throw new Error('an order that the city does not know');
    default: return found satisfies never;
  }
}
