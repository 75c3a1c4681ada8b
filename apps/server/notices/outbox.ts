import { timeIn } from '#adapters/clock/index.ts';
import { newestMessages } from '#adapters/store/index.ts';
import type { Database, Vault } from '#adapters/store/index.ts';
import type { City } from '#engine/city.ts';
import { isElectronic, maskedAddress, messageOf } from '#engine/contact/index.ts';
import type { ShownMessage, ShownOutbox } from '#engine/contact/index.ts';
import { letterheadOf } from './letterhead.ts';

const A_PAGE = 20;

export interface ShownOutboxInput {
  readonly database: Database;
  readonly vault: Vault;
  readonly city: () => Pick<City, 'pack'>;
  readonly origin: () => string;
}

/** What a demonstration would have sent, in the words that would have left. */
export function openShownOutbox({ database, vault, city, origin }: ShownOutboxInput): ShownOutbox {
  return {
    page: async (number) => {
      const found = await database.system('show the outbox of a demonstration', (session) => newestMessages(session, vault, { from: (number - 1) * A_PAGE, count: A_PAGE + 1 }));
      const messages = found.slice(0, A_PAGE).flatMap(({ id, channel, told, to, locale, created_at: at, sent_at: sent, dead_at: dead }): readonly ShownMessage[] => {
        if (!isElectronic(channel)) return [];
        return [{ id, channel, to: to === undefined ? undefined : maskedAddress(channel, to), ...messageOf(channel, told, letterheadOf(city(), locale, origin())), ...timeIn(city().pack.plan.calendar.zone, at), state: sent === null ? (dead === null ? 'waiting' : 'dead') : 'sent' }];
      });
      return { messages, more: found.length > A_PAGE };
    },
  };
}
