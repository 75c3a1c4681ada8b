import { ask, leaksIn } from './ask.ts';
import type { Asked } from './ask.ts';
import { anyRequest, diceOf } from './fuzz.ts';
import type { SiteRoute } from './routes.ts';
import type { AccessWorld, Caller } from './world.ts';

/** What many requests came to. */
export interface Fuzzed {
  readonly requests: number;
  /** Answers that named or quoted somebody who was not theirs to know; at most `MOST_SHOWN` of them are told. */
  readonly leaks: number;
  /** Answers that said that something is broken here. */
  readonly errors: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** How many of each were sent: by who asks, by method, and by what they hold that is broken or another's. */
  readonly sent: Readonly<Record<string, number>>;
  readonly shown: readonly string[];
}

/** What of a world requests are made from. */
export type FuzzedWorld = Pick<AccessWorld, 'callers' | 'bearers' | 'ids' | 'people'> & { readonly city: Pick<AccessWorld['city'], 'url'> };

const MOST_SHOWN = 20;
const AT_ONCE = 8;

/** Sends requests as everybody by turns, some at once, and looks through every answer. The same seed sends the same. */
export async function fuzz(world: FuzzedWorld, routes: readonly SiteRoute[], { requests, seed, heard }: { readonly requests: number; readonly seed: number; readonly heard?: (done: number) => void }): Promise<Fuzzed> {
  const dice = diceOf(seed);
  const [statuses, sent]: [Record<string, number>, Record<string, number>] = [{}, {}];
  // Those with a token by far too few roads: asked as often as each of the others all the same.
  const everybody = [...world.callers, ...world.bearers];
  const count = (of: Record<string, number>, ...names: readonly string[]): void => { for (const name of names) of[name] = (of[name] ?? 0) + 1; };
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
      const caller = everybody[dice(everybody.length)];
      if (!caller) throw new Error('nobody asks');
      const asked = anyRequest(world, routes, dice, [...caller.mayName]);
      // oxlint-disable-next-line no-await-in-loop -- one answer before the next question of this sender
      const reply = await ask(world, caller, asked);
      count(statuses, String(reply.status));
      count(sent, asked.method, ...partsOf(caller, asked));
      const leaks = leaksIn(reply, caller, asked);
      if (leaks.length > 0) tell('leaks', caller.id, asked, leaks.join(', '));
      if (reply.status >= 500) tell('errors', caller.id, asked, String(reply.status));
      done += 1;
      heard?.(done);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, send));
  return { requests, ...found, statuses, sent, shown };
}

/** What of a request is counted, besides its method. */
function partsOf({ kind, token, cookie, mayName }: Caller, { path, form, json, headers }: Asked): readonly string[] {
  const by = token !== undefined ? 'by token' : kind === 'nobody' && cookie !== '' ? 'by broken cookie' : kind === 'nobody' ? 'by nobody' : `by ${kind}`;
  const people = [...`${path} ${Object.values(form ?? {}).join(' ')} ${json ?? ''}`.matchAll(/person-\d+/g)].map(([key]) => key);
  const ids = people.length === 0 ? [] : [people.some((key) => !mayName.has(key)) ? 'with the id of another' : 'with their own id'];
  const what = [['/console/tasks/', 'task'], ['/console/batches/', 'batch'], ['/console/letters/', 'bundle of letters'], ['/my/reconsideration/', 'file of a reconsideration'], ['/my/voice/', 'matter'], ['/my/notices/', 'notice'], ['/proof', 'proof']] as const;
  return [by, ...ids, ...what.flatMap(([start, name]) => (path.startsWith(start) ? [`of a ${name}`] : [])), ...(form ? ['with a form'] : []), ...(json === undefined ? [] : ['with JSON']), ...(headers ? ['with odd headers'] : [])];
}
