import { join } from 'node:path';
import { deliveriesOf, isStored, knownShares, listReleases, loadOrigins, loadSnapshot, openKeys, openOverlay, openRelease, writeSyntheticRelease } from '#adapters/columns/index.ts';
import type { Release, Sealing } from '#adapters/columns/index.ts';
import type { CityPopulation } from '#engine/city.ts';
import { toNumber } from '#engine/kernel/index.ts';
import type { Clock } from '#engine/ports.ts';
import { syntheticModel, withOverlay } from '#engine/population/index.ts';
import type { Look, SnapshotRefusal } from '#engine/population/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import type { RuleBook, Schema } from '#engine/rules/index.ts';

/** One hundredth of the city. */
export const DEMO_PEOPLE = 72_000;
export const DEMO_SEED = 1;

/** Where the releases of the population lie in a data folder. */
export const releasesFolder = (folder: string): string => join(folder, 'population');

/** Where people are, and what opens them. */
export interface PopulationPlace {
  readonly folder: string;
  readonly mode: 'demo' | 'production';
  /** Undefined where there is no key: what is sealed does not open. */
  readonly sealing?: Sealing | undefined;
}

/**
 * The release that holds in a data folder; where there is none yet, 72,000 people who do not exist are drawn into it.
 *
 * Undefined where the pack draws no city, and in production, where nobody may be made up. Some seconds the first
 * time, none after that. A release that is there stays, whatever it was made from; beside a drawn one whose facts are
 * no longer those of the pack, or that lies as an earlier version of this code laid it, another is drawn, for it stands for nobody:
 * as many, of the same day and seed, so that what the city has on record stays with whom it was done for.
 */
export function ensureDemoRelease({ folder, mode, sealing }: PopulationPlace, { pack, vocabulary: { schema } }: RuleBook, clock: Clock): Release | undefined {
  const root = releasesFolder(folder);
  const current = (): Release | undefined => listReleases(root, sealing).find((release) => release.current);
  const model = syntheticModel(pack);
  const found = current();
  if (!model || mode === 'production' || (found && !isOutgrown(found, schema))) return found;
  const { people = DEMO_PEOPLE, seed = DEMO_SEED, on = Number(clock.today(pack.plan.calendar.zone).replaceAll('-', '')) } = { ...found?.about.drawn, ...(found && { people: found.about.people }) };
  writeSyntheticRelease(root, { model, schema, sealing, people, seed, on, createdAt: clock.now() });
  return current();
}

const OUTGROWN: ReadonlySet<SnapshotRefusal['kind']> = new Set(['other-vocabulary', 'other-format', 'unsealed']);

function isOutgrown(release: Release, schema: Schema): boolean {
  const opened = openRelease(release, schema, { verify: false });
  return release.about.drawn !== undefined && !isStored(opened) && OUTGROWN.has(opened.kind);
}

/**
 * The people of the release that holds, in memory; undefined where there is none, or where it was made for other facts
 * than the pack has now: the pages then say that nobody is loaded.
 */
export function loadPopulation(place: PopulationPlace, rules: RuleBook, clock: Clock): CityPopulation | undefined {
  const release = ensureDemoRelease(place, rules, clock);
  return release && openPopulation(releasesFolder(place.folder), release, rules, { factsOn: dayNumber(clock.today(rules.pack.plan.calendar.zone)), knownAt: clock.now() });
}

/** The people of one release, in memory, as they were at a look, with where their facts come from. */
export function openPopulation(root: string, release: Release, rules: RuleBook, look: Look): CityPopulation | undefined {
  const { schema } = rules.vocabulary;
  const stored = openRelease(release, schema);
  if (!isStored(stored)) return undefined;
  const { people, synthetic, drawn } = release.about;
  const { plan, population } = rules.pack;
  const residents = population.find((figure) => figure.division === plan.population.division && figure.measure === plan.population.measure);
  const facts = new Set(schema.facts.keys());
  const earlier = listReleases(root, release.sealing).filter(({ id }) => Number(id.slice(1)) < Number(release.id.slice(1))).at(-1);
  const base = loadSnapshot(stored, facts);
  const { corrections } = openOverlay(root, release);
  return {
    snapshot: withOverlay(base, corrections, look), base, keys: openKeys(release, stored), overlay: { corrections, look }, origins: loadOrigins(release, facts), deliveries: deliveriesOf(release), before: earlier && knownShares(earlier, schema),
    residuals: drawn?.residuals, people, kind: synthetic ? 'synthetic' : 'real', standsFor: residents && people > 0 ? Math.round(toNumber(residents.value) / people) : 1,
  };
}
