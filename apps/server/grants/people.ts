import { isStored, listReleases, loadOrigins, loadSnapshot, openKeys, openOverlay, openRelease } from '#adapters/columns/index.ts';
import type { Release } from '#adapters/columns/index.ts';
import { Places } from '#engine/entitlement/index.ts';
import type { Weighing } from '#engine/entitlement/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import { dutiesOf, NO_ORIGINS, restsOn, standingsOf } from '#engine/population/index.ts';
import type { Keys, Snapshot } from '#engine/population/index.ts';
import type { RuleBook } from '#engine/rules/index.ts';
import { releasesFolder } from '../demo-release.ts';
import type { PopulationPlace } from '../demo-release.ts';

/** The people of the release that holds in a data folder, as acting on a run needs them. */
export interface ActingPeople {
  readonly release: Release;
  readonly snapshot: Snapshot;
  readonly keys: Keys;
  /** Of what kind of thing a service is. */
  readonly subjectOf: (service: string) => string;
  /** How well facts stand on a day, as they were known at an instant. */
  readonly weighing: (asOf: number, knownAt: string) => Weighing;
}

/** Undefined where there is no release, or it cannot be used. */
export function actingPeople({ folder, sealing }: Omit<PopulationPlace, 'mode'>, pack: Pack, book: RuleBook): ActingPeople | undefined {
  const root = releasesFolder(folder);
  const release = listReleases(root, sealing).find(({ current }) => current);
  const { schema } = book.vocabulary;
  const stored = release && openRelease(release, schema, { verify: false });
  if (!release || !stored || !isStored(stored)) return undefined;
  const facts = new Set(schema.facts.keys());
  const snapshot = loadSnapshot(stored, facts);
  const keys = openKeys(release, stored);
  const origins = loadOrigins(release, facts) ?? NO_ORIGINS;
  const places = new Places(book, snapshot);
  const keyOf = (entity: string, row: number): string => {
    const key = keys.keyOf(entity, row);
    if (key === undefined) throw new RangeError(`a row of ${entity} has no key`);
    return key;
  };
  return {
    release, snapshot, keys, subjectOf: (service) => pack.services.get(service)?.subject ?? 'person',
    weighing: (asOf, knownAt) => {
      const program = book.programAt(asOf);
      const standings = standingsOf({ snapshot, origins, duties: dutiesOf(pack, schema), corrections: openOverlay(root, release).corrections, look: { factsOn: asOf, knownAt } });
      return { program, asOf, snapshot, places, keyOf, standings, rests: restsOn(program) };
    },
  };
}
