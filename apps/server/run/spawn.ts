import { fork } from 'node:child_process';
import { join } from 'node:path';
import { RUN_NEWS } from './task.ts';
import type { RunNews, RunReply, RunTask } from './task.ts';

/**
 * Decides everybody in a niced process of its own, while this one goes on serving. It ends with this one; what it has
 * finished by then stays.
 *
 * `signal` ends it. A process that ends without a reply is a fault; what it said stands on standard error.
 */
export function runInChild(task: RunTask, { progress, signal }: { readonly progress?: (news: Extract<RunNews, { kind: 'progress' }>) => void; readonly signal?: AbortSignal } = {}): Promise<RunReply> {
  const child = fork(join(import.meta.dirname, 'child.ts'), [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], ...(signal && { signal }) });
  return new Promise((resolve, reject) => {
    let reply: RunReply | undefined;
    child.on('message', (message) => {
      const news = RUN_NEWS.parse(message);
      if (news.kind === 'progress') progress?.(news);
      else reply = news;
    });
    child.on('error', reject);
    child.on('exit', (code, by) => (reply ? resolve(reply) : reject(new Error(`the process that decides everybody has ended: ${by ?? code}`))));
    child.send(task);
  });
}
