import type { Database, Vault } from '#adapters/store/index.ts';
import type { City } from '#engine/city.ts';
import type { OwnContact, ShownOutbox } from '#engine/contact/index.ts';
import type { Clock, Random } from '#engine/ports.ts';
import type { Settings } from '../settings.ts';
import { openContacts } from './contacts.ts';
import { openShownOutbox } from './outbox.ts';
import { postsOf } from './posts.ts';
import { noticeRounds } from './rounds.ts';

export interface NoticesInput {
  readonly database: Database;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
  readonly city: () => City;
  /** The address at which residents open the city. */
  readonly origin: () => string;
}

/** How notices leave a city, and how its residents say where to. Nothing is sent before the first `soon`. */
export interface Notices {
  readonly contacts: OwnContact;
  /** What would have been sent; undefined where it is. */
  readonly outbox: ShownOutbox | undefined;
  readonly soon: () => void;
  readonly end: () => Promise<void>;
}

export function openNotices(settings: Pick<Settings, 'mode' | 'smtp' | 'sms'>, input: NoticesInput): Notices {
  const { posts, close } = postsOf(settings);
  const { soon, end } = noticeRounds({ ...input, posts });
  return {
    contacts: openContacts({ ...input, posts, soon }),
    outbox: settings.mode === 'demo' ? openShownOutbox(input) : undefined,
    soon,
    end: async () => {
      await end();
      close();
    },
  };
}
