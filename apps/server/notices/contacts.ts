import { hoursAfter } from '#adapters/clock/index.ts';
import { askContact, contactOf, proveContact, removeContact, wantPaper } from '#adapters/store/index.ts';
import type { Database, Vault } from '#adapters/store/index.ts';
import { CODE_MINUTES, readAddress } from '#engine/contact/index.ts';
import type { OwnContact, Posts } from '#engine/contact/index.ts';
import type { City } from '#engine/city.ts';
import { CHOOSE_PROVEN_MINUTES } from '#engine/mine/index.ts';
import type { Clock, Random } from '#engine/ports.ts';
import { isProven } from '../proven.ts';

export interface ContactsInput {
  readonly database: Database;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
  readonly posts: Posts;
  readonly city: () => Pick<City, 'pack' | 'today'>;
  /** Sends what waits, soon: somebody looks at their telephone for a code. */
  readonly soon: () => void;
}

/** How residents hear, in a city with a store. Everything is read and written under the rights of the person. */
export function openContacts({ database, vault, clock, random, posts, city, soon }: ContactsInput): OwnContact {
  const door = () => ({ database, vault, by: { at: clock.now(), random } });
  const told = () => ({ on: city().today, phone: city().pack.plan.hotline.phone });
  const mayChange = (provenAt: string): boolean => isProven(clock, provenAt, CHOOSE_PROVEN_MINUTES);
  return {
    offered: [...posts.keys()],
    of: (person) => database.read(person, 'how I hear', (session) => contactOf(session, vault, person.id, clock.now())),
    mayChange,
    ask: async (person, { channel, typed, locale }, provenAt) => {
      if (!mayChange(provenAt)) return { kind: 'prove-again' };
      if (!posts.has(channel)) return { kind: 'channel-closed' };
      const address = readAddress(channel, typed);
      if (address === undefined) return { kind: 'address-wrong' };
      const asked = await askContact(door(), person, { channel, address, until: hoursAfter(clock.now(), CODE_MINUTES / 60), locale });
      if (asked === 'asked') soon();
      return asked;
    },
    prove: async (person, channel, code) => {
      if (!(await proveContact(door(), person, channel, { code: digitsOf(code), told: told() }))) return { kind: 'code-wrong' };
      soon();
      return 'proven';
    },
    remove: async (person, channel, provenAt) => {
      if (!mayChange(provenAt)) return { kind: 'prove-again' };
      await removeContact(door(), person, channel, told());
      soon();
      return undefined;
    },
    wantLetters: (person, wanted, locale) => wantPaper(door(), person, wanted, locale),
  };
}

/** A code as it was sent, however it was typed: full-width digits, spaces in between. */
function digitsOf(typed: string): string {
  return typed.normalize('NFKC').replaceAll(/\s/g, '');
}
