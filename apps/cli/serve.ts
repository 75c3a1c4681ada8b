import { watchFolders } from '#adapters/folder/index.ts';
import type { Running } from '#apps/server/serve.ts';
import { readSettings } from '#apps/server/settings.ts';
import type { Settings } from '#apps/server/settings.ts';
import { say } from '#engine/kernel/index.ts';
import { printAny } from '#engine/delivery/index.ts';
import type { Call, Command } from './command.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { refuse } from './refusal.ts';
import { isSupervised, supervise, tellSupervisor } from './supervise.ts';
import type { Terminal } from './terminal.ts';

/** Opens the city and answers until it is told to stop. */
export const serveCommand: Command = {
  name: 'serve',
  takes: [],
  options: { port: { type: 'string' }, host: { type: 'string' }, data: { type: 'string' }, pack: { type: 'string' }, today: { type: 'string' }, watch: { type: 'boolean' }, 'first-month': { type: 'boolean' } },
  run: async (call) => {
    const { terminal, env, words, option, flag } = call;
    const settings = readSettings(env, { port: option('port'), host: option('host'), data: option('data'), pack: option('pack'), today: option('today'), watch: flag('watch'), firstMonth: flag('first-month') });
    if ('kind' in settings) return refuse(terminal, settings);
    if (settings.watch && !isSupervised(env)) return supervise({ terminal, env, words, pack: settings.pack });
    try {
      return await run(call, settings);
    } finally {
      // The channel to a supervisor would keep this process.
      if (isSupervised(env) && process.connected) process.disconnect();
    }
  },
};

async function run({ terminal }: Call, settings: Settings): Promise<Exit> {
  // Heard from the beginning, so that one who is told to stop while it starts does.
  const told = stopSignal();
  // Watched from before the pack is read, so that no save falls between.
  let isStale = false;
  let changed = (): void => void (isStale = true);
  const unwatch = settings.watch ? watchFolders([settings.pack], () => changed()) : undefined;
  // Loaded only now: a refused setting and a supervisor need none of it.
  const { serve } = await import('#apps/server/serve.ts');
  const serving = await serve(settings);
  if (serving.kind === 'refused') {
    unwatch?.();
    return refuse(terminal, serving.refusal);
  }
  const { running } = serving;
  changed = () => reload(terminal, running);
  tell(terminal, running);
  tellSupervisor(running.port);
  running.firstMonth.then((lived) => { if (lived) terminal.say('serve.first-month', { ...lived }); }, (error: unknown) => terminal.note(error instanceof Error ? (error.stack ?? error.message) : String(error)));
  if (isStale) changed();
  await told;
  unwatch?.();
  terminal.say('serve.stopping');
  await running.stop();
  terminal.say('serve.stopped');
  return EXIT.ok;
}

function tell(terminal: Terminal, { url, hasPages, city }: Running): void {
  const { pack, today, release, findings } = city();
  const urls = { ...(hasPages ? { portal: `${url}/`, desk: `${url}/desk` } : {}), docs: `${url}/api/docs` };
  terminal.result({ serving: { plan: pack.plan.id, pid: process.pid, url, ...urls, today, release: release.digest, findings: findings.length } }, () => {
    terminal.say('serve.city', { city: say(pack.plan.site, 'zh'), cityEn: say(pack.plan.site, 'en'), today });
    for (const [name, address] of Object.entries(urls)) terminal.say(`serve.at.${name}`, { address });
  });
}

/** Serves the saved pack and says so, and whether it is in force, or shows what is wrong with it; a bug met on the way stops nothing. */
function reload(terminal: Terminal, running: Running): void {
  try {
    const reloading = running.reload();
    switch (reloading.kind) {
      case 'pack': {
        const { digest, activatedAt } = running.city().release;
        return terminal.say(activatedAt === undefined ? 'watch.pack' : 'watch.pack-in-force', { digest: digest.slice(0, 12), findings: reloading.findings.length });
      }
      case 'pack-faulty':
        for (const diagnostic of reloading.load.diagnostics) terminal.note(`${printAny(diagnostic, reloading.load.texts, terminal.locale)}\n`);
        return terminal.say('watch.faulty', { count: reloading.load.diagnostics.filter(({ severity }) => severity === 'error').length });
      case 'pack-missing': case 'other-city': return void refuse(terminal, reloading);
      default: return reloading satisfies never;
    }
  } catch (error) {
    terminal.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

/** Resolves at the first signal to stop, or when the supervisor is gone. More signals change nothing: npm sends one of its own. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.on(signal, () => resolve());
  });
}
