import { deliver } from '#adapters/store/index.ts';
import type { Database, Outgoing, Vault } from '#adapters/store/index.ts';
import type { City } from '#engine/city.ts';
import { isElectronic, messageOf } from '#engine/contact/index.ts';
import type { Posts, Sending } from '#engine/contact/index.ts';
import type { Clock } from '#engine/ports.ts';
import { letterheadOf } from './letterhead.ts';
import { letterPlacing } from './placing.ts';

export interface RoundsInput {
  readonly database: Database;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly posts: Posts;
  readonly city: () => City;
  /** The address at which residents open the city. */
  readonly origin: () => string;
}

const A_MINUTE = 60_000;

export interface NoticeRounds {
  /** Begins a round now, or after the one that runs. */
  readonly soon: () => void;
  readonly end: () => Promise<void>;
}

/** Sends what waits in the outbox, every minute and when it is told to. A round that fails is told and made again; nothing is lost by it. */
export function noticeRounds({ database, vault, clock, posts, city, origin }: RoundsInput): NoticeRounds {
  const door = { database, vault, channels: [...posts.keys()], now: () => clock.now() };
  const place = letterPlacing(database, city);
  let [round, waiting] = [Promise.resolve(), false];
  const soon = (): void => {
    if (waiting || posts.size === 0) return;
    waiting = true;
    round = round.then(async () => {
      waiting = false;
      await place();
      await deliver(door, (message) => send(message, posts, city(), origin()));
    }).catch((error: unknown) => console.error('notices were not sent', error instanceof Error ? error.name : ''));
  };
  const timer = setInterval(soon, A_MINUTE);
  timer.unref();
  return {
    soon,
    end: async () => {
      clearInterval(timer);
      await round;
    },
  };
}

/** Puts a message into words and sends it. One whose address was taken away meanwhile is for paper. */
async function send({ id, channel, told, to, locale }: Outgoing, posts: Posts, city: Pick<City, 'pack'>, origin: string): Promise<Sending> {
  const post = isElectronic(channel) ? posts.get(channel) : undefined;
  if (!isElectronic(channel) || post === undefined) return { kind: 'impossible', problem: 'no such way' };
  if (to === undefined || (told.kind === 'code' && told.code === null)) return { kind: 'impossible', problem: 'no address' };
  return post({ id, to, ...messageOf(channel, told, letterheadOf(city, locale, origin)) });
}
