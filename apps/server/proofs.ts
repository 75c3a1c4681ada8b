import { giveProof, proofOf } from '#adapters/store/index.ts';
import type { Database, Vault } from '#adapters/store/index.ts';
import type { City } from '#engine/city.ts';
import { addMonths } from '#engine/kernel/index.ts';
import type { Proofs } from '#engine/paper/index.ts';
import type { Clock, Random } from '#engine/ports.ts';

/** For so many months a proof may be relied on: within them most facts are renewed. */
const GOOD_MONTHS = 3;

export function openProofs({ database, vault, clock, random, city }: { readonly database: Database; readonly vault: Vault; readonly clock: Clock; readonly random: Random; readonly city: () => Pick<City, 'today'> }): Proofs {
  return {
    give: async (principal, subjectKey, proof) => {
      const until = addMonths(city().today, GOOD_MONTHS);
      return { code: await giveProof({ database, vault, by: { at: clock.now(), random } }, principal, subjectKey, { proof, until }), until };
    },
    check: (code) => proofOf(database, vault, code),
  };
}
