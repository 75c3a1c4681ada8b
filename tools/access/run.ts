import { ask, leaksIn } from './ask.ts';
import type { Asked } from './ask.ts';
import { anyRequest, diceOf } from './fuzz.ts';
import type { SiteRoute } from './routes.ts';
import type { AccessWorld } from './world.ts';

/** What many requests came to. */
export interface Fuzzed {
  readonly requests: number;
  /** Answers that named or quoted somebody who was not theirs to know; at most `MOST_SHOWN` of them are told. */
  readonly leaks: number;
  /** Answers that said that something is broken here. */
  readonly errors: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly shown: readonly string[];
}

const MOST_SHOWN = 20;
const AT_ONCE = 8;

/** Sends requests as everybody by turns, some at once, and looks through every answer. The same seed sends the same. */
export async function fuzz(world: AccessWorld, routes: readonly SiteRoute[], { requests, seed, heard }: { readonly requests: number; readonly seed: number; readonly heard?: (done: number) => void }): Promise<Fuzzed> {
  const dice = diceOf(seed);
  const statuses: Record<string, number> = {};
  const found = { leaks: 0, errors: 0 };
  const shown: string[] = [];
  const tell = (kind: 'leaks' | 'errors', who: string, { method, path, form }: Asked, what: string): void => {
    found[kind] += 1;
    if (shown.length < MOST_SHOWN) shown.push(`${who}: ${method} ${path} ${form ? JSON.stringify(form) : ''} ${what}`);
  };
  let [next, done] = [0, 0];
  const send = async (): Promise<void> => {
    while (next < requests) {
      next += 1;
      const [caller, asked] = [world.callers[dice(world.callers.length)], anyRequest(world, routes, dice)];
      if (!caller) throw new Error('nobody asks');
      // oxlint-disable-next-line no-await-in-loop -- one answer before the next question of this sender
      const reply = await ask(world, caller, asked);
      statuses[reply.status] = (statuses[reply.status] ?? 0) + 1;
      const leaks = leaksIn(reply, caller, asked);
      if (leaks.length > 0) tell('leaks', caller.id, asked, leaks.join(', '));
      if (reply.status >= 500) tell('errors', caller.id, asked, String(reply.status));
      done += 1;
      heard?.(done);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, send));
  return { requests, ...found, statuses, shown };
}
