import { serve } from '#apps/server/serve.ts';
import type { Running } from '#apps/server/serve.ts';
import { readSettings } from '#apps/server/settings.ts';
import { say } from '#engine/kernel/index.ts';
import type { Call, Command } from './command.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { refuse } from './refusal.ts';
import type { Terminal } from './terminal.ts';

/** Opens the city and answers until it is told to stop. */
export const serveCommand: Command = {
  name: 'serve',
  takes: [],
  options: { port: { type: 'string' }, host: { type: 'string' }, data: { type: 'string' }, pack: { type: 'string' }, today: { type: 'string' }, watch: { type: 'boolean' } },
  run: runServe,
};

async function runServe({ terminal, env, option, flag }: Call): Promise<Exit> {
  const settings = readSettings(env, { port: option('port'), host: option('host'), data: option('data'), pack: option('pack'), today: option('today'), watch: flag('watch') });
  if ('kind' in settings) return refuse(terminal, settings);
  const serving = await serve(settings);
  if (serving.kind === 'refused') return refuse(terminal, serving.refusal);
  const { running } = serving;
  tell(terminal, running);
  await stopSignal();
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

/** Resolves at the first signal to stop. More of them change nothing: npm sends a second one of its own. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
}
