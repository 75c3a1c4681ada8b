import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { watchFolders } from '#adapters/folder/index.ts';
import { ROOT } from '#apps/server/settings.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** What the server is made of; pages are changed in place by their own development server. */
const SOURCES = ['engine', 'adapters', 'apps/server', 'apps/cli'].map((folder) => join(ROOT, folder));
const SUPERVISED = 'MINSHENG_SUPERVISED';

export interface Supervision {
  readonly terminal: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The command line after `serve`. */
  readonly words: readonly string[];
  /** Watched only while no server runs: a running one watches its pack itself. */
  readonly pack: string;
}

/** Whether this process is the server that a supervisor started. */
export function isSupervised(env: Supervision['env']): boolean {
  return env[SUPERVISED] === '1';
}

/** Tells the supervisor the port, so that the next server answers at the same one. */
export function tellSupervisor(port: number): void {
  process.send?.({ port });
}

/**
 * Runs the server as a process of its own and starts it again whenever a source file is saved.
 *
 * One that ends because of a file (a pack with errors, code that does not run) waits for the next save; one that
 * ends because of its settings or the machine ends this too.
 */
export async function supervise({ terminal, env, words, pack }: Supervision): Promise<Exit> {
  let child: ChildProcess | undefined;
  let port: number | undefined;
  let again = false;
  return new Promise((resolve) => {
    const start = (): void => {
      again = false;
      const args = ['serve', ...words, ...(port === undefined ? [] : ['--port', String(port)])];
      const started = fork(join(import.meta.dirname, 'main.ts'), args, { env: { ...env, [SUPERVISED]: '1' } });
      child = started;
      started.on('message', (message) => {
        if (typeof message === 'object' && message !== null && 'port' in message && typeof message.port === 'number') port = message.port;
      });
      started.on('exit', (code) => ended(code ?? EXIT.fault));
    };
    const ended = (code: number): void => {
      child = undefined;
      if (again) start();
      else if (code === EXIT.ok || code === EXIT.usage || code === EXIT.environment) finish(code);
      else terminal.say('watch.waiting');
    };
    const saved = (): void => {
      if (!child) return start();
      again = true;
      child.kill('SIGTERM');
    };
    const stops = [
      watchFolders(SOURCES, saved, (name) => name.endsWith('.test.ts') || !/(?:^[^.]+|\.(?:ts|json|sql))$/.test(name)),
      watchFolders([pack], () => (child ? undefined : start())),
    ];
    const finish = (code: Exit): void => {
      for (const stop of stops) stop();
      resolve(code);
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        again = false;
        if (child) child.kill('SIGTERM');
        else finish(EXIT.ok);
      });
    }
    start();
  });
}
