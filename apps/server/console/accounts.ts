import { hoursAfter } from '#adapters/clock/index.ts';
import { accountEvents, addAccount, disableAccount, listAccounts, resetAccount } from '#adapters/store/index.ts';
import type { AccountDoor, AccountRefusal, Enrolment } from '#adapters/store/index.ts';
import type { City } from '#engine/city.ts';
import type { AccountCommand, AccountDone, AccountProblem, Accounts, NewMember } from '#engine/console/index.ts';
import { may } from '#engine/permission/index.ts';
import { ACCOUNT_ID, ACCOUNT_NAME, ENROL_HOURS, wrongIn } from '../staff/member.ts';
import type { RoomInput } from './console.ts';
import { isProven } from '../proven.ts';

/** So many of the last things done with accounts are told. */
const EVENTS = 50;
const CITY = { of: 'city' } as const;

/** The accounts of a city with a store. Names are sealed, so they are read by the system, after the table of permissions was asked. */
export function openAccounts({ database, vault, clock, random, city }: RoomInput): Accounts {
  return {
    list: async (who) => {
      if (!may(who, 'account.read', CITY)) return undefined;
      const [accounts, events] = [await listAccounts(database, vault), await accountEvents(database, EVENTS)];
      const names = new Map(accounts.map(({ id, name }) => [id, name]));
      return { accounts, events: events.map(({ actor, ...event }) => ({ ...event, by: names.get(actor) ?? actor })), mayManage: may(who, 'account.manage', CITY) };
    },
    act: async (who, command, provenAt) => {
      if (!may(who, 'account.manage', CITY)) return { kind: 'not-allowed' };
      // Whoever closes their own account, or takes their own password back, may leave nobody who could open it again.
      if (command.id === who.id) return { kind: 'own-account' };
      const wrong = command.do === 'add' ? wrongMember(city(), command) : undefined;
      if (wrong) return wrong;
      if (!isProven(clock, provenAt)) return { kind: 'prove-again' };
      const now = clock.now();
      return done({ database, vault, by: { at: now, actor: who.id, random } }, command, hoursAfter(now, ENROL_HOURS));
    },
  };
}

async function done(door: AccountDoor, command: AccountCommand, until: string): Promise<AccountDone | AccountProblem> {
  const enrol = (made: Enrolment | AccountRefusal): AccountDone | AccountProblem => ('kind' in made ? made : { kind: 'enrol', id: command.id, ...made });
  switch (command.do) {
    case 'add': return enrol(await addAccount(door, { ...command, name: command.name.trim() }, until));
    case 'reset': return enrol(await resetAccount(door, command.id, until));
    case 'disable': return (await disableAccount(door, command.id)) ?? { kind: 'disabled' };
    default: return command satisfies never;
  }
}

function wrongMember({ pack }: City, member: NewMember): AccountProblem | undefined {
  if (!ACCOUNT_ID.safeParse(member.id).success) return { kind: 'id-wrong' };
  if (!ACCOUNT_NAME.safeParse(member.name).success) return { kind: 'name-wrong' };
  return member.roles.length === 0 ? { kind: 'roles-missing' } : wrongIn(pack, member);
}
