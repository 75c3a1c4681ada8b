import { mandatesHeldBy, mandatesOf, offerMandate, revokeMandate, takeMandate } from '#adapters/store/index.ts';
import type { AccessLog, Database, MandateDoor, Vault } from '#adapters/store/index.ts';
import { hoursAfter } from '#adapters/clock/index.ts';
import type { City } from '#engine/city.ts';
import { addMonths } from '#engine/kernel/index.ts';
import { scopeFor } from '#engine/mandate/index.ts';
import type { Family, Ward } from '#engine/mandate/index.ts';
import type { Clock, Random } from '#engine/ports.ts';

/** A code is used within a day or not at all. */
const OFFER_HOURS = 24;
/** No mandate is for longer; it can be given again. */
const MOST_MONTHS = 12;

export interface FamilyInput {
  readonly database: Database;
  readonly vault: Vault;
  readonly log: AccessLog;
  readonly clock: Clock;
  readonly random: Random;
  readonly city: () => Pick<City, 'wardsOf' | 'today'>;
}

/** For whom somebody may act, from the store and from what the departments say of children. */
export function openFamily({ database, vault, log, clock, random, city }: FamilyInput): Family {
  const door = (): MandateDoor => ({ database, vault, by: { at: clock.now(), random } });
  /** Whose child somebody is was read of the child: they can see that it was. */
  const wards = async (key: string, purpose: string): Promise<readonly Ward[]> => {
    const { wards: found, columns } = city().wardsOf(key);
    await log.write(found.map((ward) => ({ actor: key, purpose, through: '/my/family', about: { kind: 'subject', subjectKey: ward.key, householdKey: ward.householdKey }, columns })));
    return found;
  };
  const held = (key: string): ReturnType<typeof mandatesHeldBy> => mandatesHeldBy(database, vault, key, city().today);
  return {
    of: async (principal) => ({
      wards: await wards(principal.id, 'family'),
      given: await database.read(principal, 'my mandates', (session) => mandatesOf(session, vault, principal.id)),
      held: (await held(principal.id)).filter((mandate) => scopeFor(mandate, principal.id, city().today) !== undefined),
    }),
    offer: async (principal, { giver, scope, until }) => {
      const latest = addMonths(city().today, MOST_MONTHS);
      if (until > latest) return { kind: 'mandate-too-long', latest };
      if (until < city().today) return { kind: 'mandate-over' };
      const offerEnds = hoursAfter(clock.now(), OFFER_HOURS);
      return { kind: 'offered', code: await offerMandate(door(), principal, { giver, scope, until, offerEnds }), offerEnds };
    },
    take: async (principal, { taker, code }) => {
      const taken = await takeMandate(door(), principal, { taker, code, today: city().today });
      return 'kind' in taken ? taken : { kind: 'taken', subjectKey: taken.subjectKey };
    },
    revoke: async (principal, number) => (await revokeMandate(door(), principal, number)) ?? { kind: 'revoked' },
    mayActFor: async (own, other) => {
      if (city().wardsOf(own).wards.some(({ key }) => key === other)) return { by: 'guardian', scope: 'act', name: undefined };
      const mandates = (await held(own)).filter(({ subjectKey }) => subjectKey === other);
      const scopes = mandates.flatMap((mandate) => scopeFor(mandate, own, city().today) ?? []);
      const [first] = mandates;
      return first && scopes.length > 0 ? { by: 'mandate', scope: scopes.includes('act') ? 'act' : 'look', name: first.giver } : undefined;
    },
  };
}
