import { setPriority } from 'node:os';

/*
 * The process that decides everybody: `fork`ed, it takes one task as a message, tells how far it is, and ends with its
 * reply. It steps back for whoever else wants the machine, and ends when the one who started it is gone: the next run
 * for the same goes on where this one was.
 */

const NICE = 10;

// Before anything heavy is loaded: threads that are started later are as nice as this one.
setPriority(NICE);
process.on('disconnect', () => process.exit(1));
process.once('message', (message) => void begin(message));

async function begin(message: unknown): Promise<void> {
  const [{ RUN_TASK }, { workOn }] = await Promise.all([import('./task.ts'), import('./work.ts')]);
  const reply = await workOn(RUN_TASK.parse(message), (news) => process.send?.(news));
  process.send?.(reply, () => process.exit(0));
}
