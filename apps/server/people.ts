import { tasksAbout } from '#adapters/store/index.ts';
import type { AccessLog, Database, StaffAccount, Vault } from '#adapters/store/index.ts';
import type { City } from '#engine/city.ts';
import { covers, passageFor } from '#engine/permission/index.ts';
import type { Staff } from '#engine/permission/index.ts';
import type { Doorkeeper } from '#engine/population/index.ts';
import type { Clock, Principal } from '#engine/ports.ts';
import { bearerOf } from './token.ts';
import type { Bearer } from './token.ts';

/** Says on whose behalf a request is made; undefined where it does not say, or not credibly. */
export type SignedIn = (authorization: string | undefined) => Promise<Principal | undefined>;

/** The account that a member of staff has or had; undefined where there never was one. */
export type AccountEver = (id: string) => Promise<StaffAccount | undefined>;

/** Staff may open what the work on an open task that they see needs of whom it is about, or of the household; every opening goes to the access log. */
export function doorkeeperOf(database: Database, log: AccessLog): Doorkeeper {
  return {
    // The policy of the table shows staff the tasks of their department and area only.
    passage: (principal, purpose, subject) => database.read(principal, purpose, async (session) => passageFor(principal, purpose, (await tasksAbout(session, subject)).flatMap(({ department, area, kind, service }) => (service === null ? [] : [{ department, area, kind, service, open: true }])))),
    write: (openings) => log.write(openings),
  };
}

/** The principal that a bearer is in a city: a person is known by their key and those of their groups. */
export function principalOf(city: Pick<City, 'subjectsOf'>, bearer: Bearer): Principal {
  return bearer.kind === 'staff' ? bearer : { kind: 'person', id: bearer.key, subjects: city.subjectsOf(bearer.key) };
}

/**
 * A member of staff with no more than their account has at this moment: undefined where it is closed, or is of another department or
 * of fewer areas than they say. So closing an account, or taking a role back, holds for the tokens that are out already.
 */
export function withinAccount(staff: Staff, { disabledAt, department, areas, roles }: Pick<StaffAccount, 'disabledAt' | 'department' | 'areas' | 'roles'>): Staff | undefined {
  const isWithin = staff.areas.length === 0 ? areas.length === 0 : staff.areas.every((area) => covers(areas, area));
  return disabledAt === null && department === staff.department && isWithin ? { ...staff, roles: staff.roles.filter((role) => roles.includes(role)) } : undefined;
}

/** Signing in with test principals; where there is no vault nobody is signed in. Staff without an account are believed as they are. */
export function testSignIn(vault: Vault | undefined, clock: Clock, city: () => City, accountEver: AccountEver): SignedIn {
  return async (authorization) => {
    const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
    const bearer = vault && token !== undefined ? bearerOf(vault, token, clock.now()) : undefined;
    if (bearer?.kind !== 'staff') return bearer && principalOf(city(), bearer);
    const account = await accountEver(bearer.id);
    return account ? withinAccount(bearer, account) : bearer;
  };
}
