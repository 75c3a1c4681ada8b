import { sql } from 'kysely';
import type { AccessLog, Database, Vault } from '#adapters/store/index.ts';
import type { City } from '#engine/city.ts';
import type { Doorkeeper } from '#engine/population/index.ts';
import type { Clock, Principal } from '#engine/ports.ts';
import { bearerOf } from './token.ts';
import type { Bearer } from './token.ts';

/** Says on whose behalf a request is made; undefined where it does not say, or not credibly. */
export type SignedIn = (authorization: string | undefined) => Principal | undefined;

/** Staff may open whom an open task that they see is about, or whose household; every opening goes to the access log. */
export function doorkeeperOf(database: Database, log: AccessLog): Doorkeeper {
  return {
    may: (principal, purpose, { subjectKey, householdKey }) => database.read(principal, purpose, async (session) => {
      // The policy of the table shows staff the tasks of their department and area only.
      const { rows } = await sql<{ there: boolean }>`
        select exists (select 1 from task where state <> 'done' and (subject_key = ${subjectKey} or household_key = ${householdKey})) as there`.execute(session);
      return rows[0]?.there === true;
    }),
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
