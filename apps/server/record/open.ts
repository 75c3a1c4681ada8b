import { minutesBetween, timeIn } from '#adapters/clock/index.ts';
import { endSessionsOf, sessionsOf } from '#adapters/store/index.ts';
import type { Database, Vault } from '#adapters/store/index.ts';
import type { City } from '#engine/city.ts';
import type { Clock, Random } from '#engine/ports.ts';
import { PROVED_LATELY_MINUTES } from '#engine/record/index.ts';
import type { OwnRecord } from '#engine/record/index.ts';
import { accessPage } from './accesses.ts';
import type { Correcting } from './correcting.ts';
import { declareFact } from './declare.ts';
import { disputesOf, keepEvidenceFor, stepDispute } from './disputes.ts';
import { ownFacts } from './facts.ts';
import { holdingsOf } from './holdings.ts';

export interface RecordInput {
  readonly database: Database;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
  readonly city: () => City;
  readonly correcting: Correcting;
}

/** What residents can see and do about their data, in a city with a store. */
export function openRecord(input: RecordInput): OwnRecord {
  const { database, clock, city } = input;
  const at = (instant: string): ReturnType<typeof timeIn> => timeIn(city().pack.plan.calendar.zone, instant);
  return {
    accesses: (person, order) => accessPage(input, person, order),
    facts: (person, wanted) => ownFacts(input, person, wanted),
    disputes: (person) => disputesOf(input, person),
    dispute: (person, name, step) => stepDispute(input, person, name, step),
    keepEvidence: (person, name, file) => keepEvidenceFor(input, person, name, file),
    declare: (person, name, value) => declareFact(input, person, name, value),
    holdings: (person) => holdingsOf(input, person),
    sessions: async (person, here) => (await sessionsOf(database, person, here, clock.now())).map(({ openedAt, seenAt, here: isHere }) => {
      const [opened, seen] = [at(openedAt), at(seenAt)];
      return { openedOn: opened.on, openedTime: opened.time, seenOn: seen.on, seenTime: seen.time, here: isHere };
    }),
    endOthers: (person, here) => endSessionsOf(database, { kind: 'person', holder: person.id }, clock.now(), here),
    provedLately: (provenAt) => minutesBetween(provenAt, clock.now()) < PROVED_LATELY_MINUTES,
  };
}
