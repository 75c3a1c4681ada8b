import { appendOverlay, listReleases, openOverlay } from '#adapters/columns/index.ts';
import type { Release } from '#adapters/columns/index.ts';
import type { City, CityPopulation } from '#engine/city.ts';
import { withOverlay } from '#engine/population/index.ts';
import type { Correction, Look } from '#engine/population/index.ts';
import { missingIn } from '#engine/record/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import type { Clock } from '#engine/ports.ts';
import { releasesFolder } from '../demo-release.ts';
import type { PopulationPlace } from '../demo-release.ts';
import type { LiveCity } from '../live-city.ts';

/** What is added beside the people of a running city. */
export interface Correcting {
  /** What stands beside the release that holds. */
  readonly added: () => readonly Correction[];
  /** Adds what is not there yet; it is on disk, and the city sees it, when this returns. */
  readonly correct: (corrections: readonly Correction[]) => void;
  /** The city as it would be with these too. */
  readonly imagine: (corrections: readonly Correction[]) => City;
}

/** What is added beside the release of a data folder, and seen at once by the city that runs on it. */
export function correctingOf({ folder, sealing }: Omit<PopulationPlace, 'mode'>, live: () => LiveCity, clock: Clock): Correcting {
  const root = releasesFolder(folder);
  const held = (): { readonly release: Release; readonly corrections: readonly Correction[] } | undefined => {
    const release = listReleases(root, sealing).find(({ current }) => current);
    return release && { release, corrections: openOverlay(root, release).corrections };
  };
  const look = (): Look => ({ factsOn: dayNumber(live().city().today), knownAt: clock.now() });
  return {
    added: () => held()?.corrections ?? [],
    correct: (corrections) => {
      const [at, { population }] = [held(), live().city()];
      const missing = at ? missingIn(at.corrections, corrections) : [];
      if (!at || missing.length === 0) return;
      appendOverlay(root, at.release, missing);
      if (population) live().populate(withCorrections(population, [...at.corrections, ...missing], look()));
    },
    imagine: (corrections) => {
      const { population } = live().city();
      return population ? live().imagine(withCorrections(population, [...(held()?.corrections ?? []), ...corrections], look())) : live().city();
    },
  };
}

/** The people of a release with what was added beside it until a look. */
export function withCorrections(population: CityPopulation, corrections: readonly Correction[], look: Look): CityPopulation {
  const base = population.base ?? population.snapshot;
  return { ...population, base, snapshot: withOverlay(base, corrections, look), overlay: { corrections, look } };
}
