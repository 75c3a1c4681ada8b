import { join } from 'node:path';
import { isStored, listReleases, loadSnapshot, openKeys, openRelease, writeSyntheticRelease } from '#adapters/columns/index.ts';
import type { AboutFeed, Release } from '#adapters/columns/index.ts';
import type { CityPopulation } from '#engine/city.ts';
import { toNumber } from '#engine/kernel/index.ts';
import type { Clock } from '#engine/ports.ts';
import { syntheticModel } from '#engine/population/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import type { Provenance, RuleBook } from '#engine/rules/index.ts';

/** One hundredth of the city. */
export const DEMO_PEOPLE = 72_000;
export const DEMO_SEED = 1;

/** Where the releases of the population lie in a data folder. */
export const releasesFolder = (folder: string): string => join(folder, 'population');

/**
 * The release that holds in a data folder; where there is none yet, 72,000 people who do not exist are drawn into it.
 *
 * Undefined where the pack draws no city, and in production, where nobody may be made up. Some seconds the first
 * time, none after that. A release that is there stays, whatever it was made from.
 */
export function ensureDemoRelease({ folder, mode }: { readonly folder: string; readonly mode: 'demo' | 'production' }, { pack, vocabulary: { schema } }: RuleBook, clock: Clock): Release | undefined {
  const root = releasesFolder(folder);
  const current = (): Release | undefined => listReleases(root).find((release) => release.current);
  const model = syntheticModel(pack);
  if (current() || !model || mode === 'production') return current();
  writeSyntheticRelease(root, { model, schema, people: DEMO_PEOPLE, seed: DEMO_SEED, on: Number(clock.today(pack.plan.calendar.zone).replaceAll('-', '')), createdAt: clock.now() });
  return current();
}

/**
 * The people of the release that holds, in memory; undefined where there is none, or where it was made for other facts
 * than the pack has now: the pages then say that nobody is loaded.
 */
export function loadPopulation(settings: Parameters<typeof ensureDemoRelease>[0], rules: RuleBook, clock: Clock): CityPopulation | undefined {
  const release = ensureDemoRelease(settings, rules, clock);
  const { schema } = rules.vocabulary;
  const stored = release && openRelease(release, schema);
  if (!release || !stored || !isStored(stored)) return undefined;
  const { people, synthetic } = release.about;
  const { plan, population } = rules.pack;
  const residents = population.find((figure) => figure.division === plan.population.division && figure.measure === plan.population.measure);
  return { snapshot: loadSnapshot(stored, new Set(schema.facts.keys())), keys: openKeys(release, stored), sources: sourcesOf(rules.pack, release.about.feeds), people, kind: synthetic ? 'synthetic' : 'real', standsFor: residents && people > 0 ? Math.round(toNumber(residents.value) / people) : 1 };
}

/** Of each fact the feed that its values came by: the first in the order of the pack that tells it, as a release joins them. */
function sourcesOf({ feeds, facts }: Pack, taken: readonly AboutFeed[]): ReadonlyMap<string, Provenance> {
  const names = new Map([...facts.values()].map(({ id, name }) => [name, id]));
  return new Map(taken.toReversed().flatMap(({ feed, observedOn, validFrom }) => {
    const from = feeds.get(feed);
    const told = (from?.columns ?? []).flatMap(({ fact }) => (fact === undefined ? [] : (names.get(fact) ?? fact)));
    return told.map((fact) => [fact, { source: feed, holder: from?.department, observedOn: dayNumber(observedOn), validFrom: dayNumber(validFrom) }] as const);
  }));
}
