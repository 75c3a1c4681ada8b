import { tasksAbout } from '#adapters/store/index.ts';
import type { AccessLog, Database, Vault } from '#adapters/store/index.ts';
import type { City } from '#engine/city.ts';
import { passageFor } from '#engine/permission/index.ts';
import type { Doorkeeper } from '#engine/population/index.ts';
import type { Clock, Principal } from '#engine/ports.ts';
import { bearerOf } from './token.ts';
import type { Bearer } from './token.ts';

/** Says on whose behalf a request is made; undefined where it does not say, or not credibly. */
export type SignedIn = (authorization: string | undefined) => Principal | undefined;

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

/** Signing in with test principals; where there is no vault nobody is signed in. */
export function testSignIn(vault: Vault | undefined, clock: Clock, city: () => City): SignedIn {
  return (authorization) => {
    const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
    const bearer = vault && token !== undefined ? bearerOf(vault, token, clock.now()) : undefined;
    return bearer && principalOf(city(), bearer);
  };
}
