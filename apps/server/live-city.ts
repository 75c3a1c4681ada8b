import { openCity } from '#engine/city.ts';
import type { City, CityInput, CityPopulation } from '#engine/city.ts';
import type { LinkedPack } from '#engine/entitlement/index.ts';
import type { Diagnostic } from '#engine/kernel/index.ts';
import type { Finding, Pack } from '#engine/pack/index.ts';
import type { Clock } from '#engine/ports.ts';

/** A pack that may be served, and under which release. */
export interface Served {
  readonly pack: Pack;
  readonly linked: LinkedPack;
  readonly findings: readonly Finding[];
  readonly release: CityInput['release'];
}

/** The city now in force. It changes with the day, and while a pack is being written with each save. */
export interface LiveCity {
  readonly city: () => City;
  /** Puts another pack in force. */
  readonly replace: (served: Served) => void;
  /** Keeps the last good pack in force and says what is wrong with the saved one. */
  readonly fault: (diagnostics: readonly Diagnostic[]) => void;
  /** Brings in the people that questions about everybody are asked of. */
  readonly populate: (population: CityPopulation) => void;
  /** The city as it would be with other people; the one in force stays. */
  readonly imagine: (population: CityPopulation) => City;
}

export function liveCity(first: Served, clock: Clock, mode: City['mode'], ports: Pick<CityInput, 'books' | 'console' | 'contacts' | 'doorkeeper' | 'family' | 'mine' | 'outbox' | 'print' | 'proofs' | 'record' | 'remedies' | 'voice'> = {}): LiveCity {
  let served = first;
  let population: CityPopulation | undefined;
  const open = (diagnostics: readonly Diagnostic[], people = population): City => openCity({ ...served, ...served.linked, ...ports, diagnostics, mode, population: people, today: clock.today(served.pack.plan.calendar.zone) });
  let current = open([]);
  return {
    city: () => {
      if (clock.today(served.pack.plan.calendar.zone) !== current.today) current = open(current.diagnostics);
      return current;
    },
    replace: (next) => {
      served = next;
      current = open([]);
    },
    fault: (diagnostics) => {
      current = open(diagnostics);
    },
    imagine: (people) => open(current.diagnostics, people),
    populate: (people) => {
      population = people;
      current = open(current.diagnostics);
    },
  };
}
