import { endHelping, mandatesHeldBy, mandatesOf, mandatesToWitness, offerMandate, revokeMandate, takeMandate, witnessMandate, writeMandate } from '#adapters/store/index.ts';
import type { AccessLog, Database, MandateDoor, Vault } from '#adapters/store/index.ts';
import { hoursAfter } from '#adapters/clock/index.ts';
import type { City } from '#engine/city.ts';
import { addMonths } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { scopeFor } from '#engine/mandate/index.ts';
import type { Family, Ward, WrittenRefusal } from '#engine/mandate/index.ts';
import type { Clock, Random } from '#engine/ports.ts';

/** A code is used within a day or not at all. */
const OFFER_HOURS = 24;
/** What was signed on paper is witnessed within three days or not at all. */
const WITNESS_HOURS = 72;
/** No mandate is for longer; it can be given again. */
const MOST_MONTHS = 12;

export interface FamilyInput {
  readonly database: Database;
  readonly vault: Vault;
  readonly log: AccessLog;
  readonly clock: Clock;
  readonly random: Random;
  readonly city: () => Pick<City, 'subjectsOf' | 'wardsOf' | 'today'>;
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
  const tooLong = (until: CalendarDate): Extract<WrittenRefusal, { kind: 'mandate-too-long' | 'mandate-over' }> | undefined => {
    const latest = addMonths(city().today, MOST_MONTHS);
    if (until > latest) return { kind: 'mandate-too-long', latest };
    return until < city().today ? { kind: 'mandate-over' } : undefined;
  };
  return {
    written: {
      write: async (who, terms) => {
        const refusal = tooLong(terms.until) ?? (city().subjectsOf(terms.subjectKey)[0] === terms.subjectKey ? undefined : { kind: 'person-unknown' });
        if (refusal) return refusal;
        await writeMandate(door(), who.id, { ...terms, witnessBy: hoursAfter(clock.now(), WITNESS_HOURS) });
        return { kind: 'written' };
      },
      waiting: () => mandatesToWitness(database, vault, clock.now()),
      witness: async (who, of) => (await witnessMandate(door(), who.id, of, city().today)) ?? { kind: 'witnessed' },
      end: (who, subjectKey) => endHelping(door(), who.id, subjectKey, city().today),
    },
    of: async (principal) => ({
      wards: await wards(principal.id, 'family'),
      given: await database.read(principal, 'my mandates', (session) => mandatesOf(session, vault, principal.id)),
      held: (await held(principal.id)).filter((mandate) => scopeFor(mandate, principal.id, city().today) !== undefined),
    }),
    offer: async (principal, { giver, scope, until }) => {
      const refusal = tooLong(until);
      if (refusal) return refusal;
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
