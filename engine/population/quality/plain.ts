import type { LocalName } from '#engine/kernel/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import { dayText } from '#engine/rules/index.ts';
import type { FactQuality, FeedQuality, HolderQuality, Quality, QualitySum } from './quality.ts';

/** Shares in percent; null where there is nothing to have a share of. */
function sharesOf({ cells, told, stale, foreign, conflicts }: QualitySum) {
  return { values: cells, told, stale, foreign, conflicts, toldPercent: percent(told, cells), stalePercent: percent(stale, told), foreignPercent: percent(foreign, told) };
}

/** To two places. */
function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 100;
}

/**
 * The quality of a release as plain data for programs and pages: ids with their names, days as YYYY-MM-DD, null where
 * there is nothing. `shown` takes the counts of one fact: counts of few real people are not for everybody's eyes.
 */
export function plainQuality(pack: Pack, { on, holders, sum }: Quality, shown: (count: number) => number | null = (count) => count) {
  const label = (fact: string): LocalName => pack.facts.get(fact)?.label ?? pack.services.get(fact.replace(/^receives\./, ''))?.name ?? { zh: fact, en: fact };
  const factOf = ({ fact, rows, known, none, stale, foreign, conflicts, drift }: FactQuality) => ({
    fact, name: label(fact), received: fact.startsWith('receives.'), rows, known: shown(known), none: shown(none), stale: shown(stale), foreign: shown(foreign), conflicts: shown(conflicts),
    toldPercent: percent(known + none, rows), stalePercent: percent(stale, known + none), drift: drift === undefined ? null : Math.round(drift * 100) / 100,
  });
  const feedOf = ({ feed, entity, spoken, rows, newestOn, oldestOn, delivery, facts }: FeedQuality) => ({
    feed, name: pack.feeds.get(feed)?.label ?? { zh: feed, en: feed }, entity, spoken, rows, newestOn: dayOrNull(newestOn), oldestOn: dayOrNull(oldestOn),
    delivery: delivery ? { on: delivery.on, rows: delivery.rows, taken: delivery.taken, quarantined: delivery.quarantined, faults: delivery.faults.map((fault) => ({ ...fault })) } : null,
    facts: facts.map(factOf),
  });
  const holderOf = ({ department, feeds, held, unsent, sum: own }: HolderQuality) => ({
    department, name: pack.departments.get(department)?.name ?? { zh: department, en: department }, held, unsent: unsent.map((fact) => ({ fact, name: label(fact) })),
    ...sharesOf(own), quarantined: feeds.some(({ delivery }) => delivery) ? feeds.reduce((all, { delivery }) => all + (delivery?.quarantined ?? 0), 0) : null,
    newestOn: dayOrNull(Math.max(0, ...feeds.map(({ newestOn = 0 }) => newestOn)) || undefined), feeds: feeds.map(feedOf),
  });
  return { on: dayText(on), ...sharesOf(sum), holders: holders.map(holderOf) };
}

export type PlainQuality = ReturnType<typeof plainQuality>;

const dayOrNull = (day: number | undefined): string | null => (day === undefined ? null : dayText(day));
